"""``--fix-ids`` writes the ids that questions lack into their files, and changes nothing else."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from engineersofai.edits import Choices
from engineersofai.fix_ids import fix_ids
from quizzes.models import Question
from tests.trees import LESSON, QUIZ, TREE, load, refusal, write_tree

PAGE = "course/01-first/01-numbers.md"
QUIZ_FILE = "course/01-first/01-numbers.quiz.yml"
WORDS = "course/01-first/02-words.md"

BARE = QUIZ.replace("  - id: bits-in-a-byte\n    type", "  # which one?\n  - type").replace(
    "prompt: A byte has eight bits.", "prompt: 'A byte has eight bits.'   # quoted"
)
FENCED = """# Words

- In a list:

  ```quiz
  questions:
    - type: truefalse
      kind: recall
      prompt: A word has letters.
      answer: true
      reason_true: It has.
      reason_false: It has.
  ```
"""


def fix(root: Path, *, write: bool = True, only: str = "") -> list[tuple[str, int, str]]:
    found = fix_ids(root, Choices(only=only), write=write)
    return [(each.path, each.line, each.id) for each in found]


def test_a_question_file_gets_the_ids_it_lacks_and_nothing_else(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, QUIZ_FILE: BARE})

    assert fix(tmp_path) == [(QUIZ_FILE, 3, "how-many-bits-has-a-byte")]

    text = (tmp_path / QUIZ_FILE).read_text()
    assert text == BARE.replace("  - type: choice", "  - id: how-many-bits-has-a-byte\n    type: choice", 1)
    assert fix(tmp_path) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_line_ends_marks_and_modes_stay(tmp_path: Path, encoding: str) -> None:
    write_tree(tmp_path)
    place = tmp_path / QUIZ_FILE
    place.write_bytes(BARE.replace("\n", "\r\n").encode(encoding))
    place.chmod(0o604)
    before = place.read_bytes()

    fix(tmp_path)

    codec = "utf-16-le" if encoding == "utf-16" else "utf-8"
    inserted = "id: how-many-bits-has-a-byte\r\n    ".encode(codec)
    assert place.read_bytes().replace(inserted, b"", 1) == before
    assert place.read_bytes() != before
    assert place.stat().st_mode & 0o777 == 0o604
    assert [path.name for path in place.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.django_db
def test_a_fence_in_a_page_gets_its_id_and_the_course_loads(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, WORDS: FENCED})

    assert fix(tmp_path) == [(WORDS, 7, "a-word-has-letters")]
    load(tmp_path)

    assert Question.objects.get(key="a-word-has-letters").quiz.lesson.title == "Words"


def test_an_id_is_unique_in_its_track(tmp_path: Path) -> None:
    write_tree(
        tmp_path, {**TREE, WORDS: FENCED, QUIZ_FILE: QUIZ.replace("bits-in-a-byte", "a-word-has-letters")}
    )

    assert fix(tmp_path) == [(WORDS, 7, "a-word-has-letters-2")]


def test_listing_writes_nothing_and_a_part_can_be_fixed_by_itself(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, WORDS: FENCED, QUIZ_FILE: BARE})

    assert len(fix(tmp_path, write=False)) == 2
    assert (tmp_path / QUIZ_FILE).read_text() == BARE

    assert fix(tmp_path, only="course/01-first/02-words") == [(WORDS, 7, "a-word-has-letters")]
    assert (tmp_path / QUIZ_FILE).read_text() == BARE


def test_broken_files_are_left_to_the_reader(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, QUIZ_FILE: "questions: [\n", PAGE: LESSON})

    assert fix(tmp_path) == []
    assert (tmp_path / QUIZ_FILE).read_text() == "questions: [\n"


@pytest.mark.django_db
def test_the_command_writes_ids_and_loads_the_questions_that_have_them_now(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, QUIZ_FILE: BARE})
    assert "--fix-ids" in refusal(tmp_path)

    said = load(tmp_path, "--fix-ids")

    assert f"{QUIZ_FILE}:3:5: got id: how-many-bits-has-a-byte" in said
    assert Question.objects.filter(key="how-many-bits-has-a-byte").exists()
    assert ": 0 changes" in load(tmp_path, "--fix-ids")


@pytest.mark.parametrize("option", ["--check", "--dry-run"])
@pytest.mark.django_db
def test_the_command_only_lists_what_it_would_write(tmp_path: Path, option: str) -> None:
    write_tree(tmp_path, {**TREE, QUIZ_FILE: BARE})

    said = refusal(tmp_path, "--fix-ids", option)

    assert f"{QUIZ_FILE}:3:5: would get id: how-many-bits-has-a-byte" in said
    assert (tmp_path / QUIZ_FILE).read_text() == BARE


@pytest.mark.django_db
def test_a_file_that_cannot_be_written_is_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, QUIZ_FILE: BARE})

    with mock.patch("engineersofai.writing.os.replace", side_effect=PermissionError(13, "Permission denied")):
        said = refusal(tmp_path, "--fix-ids")

    assert "01-numbers.quiz.yml: Permission denied" in said
    assert (tmp_path / QUIZ_FILE).read_text() == BARE
    assert "nothing was loaded" in said
    assert "written into" not in said
    assert [path.name for path in (tmp_path / QUIZ_FILE).parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.django_db
def test_ids_that_were_written_before_a_file_refused_are_told(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, QUIZ_FILE: BARE, WORDS: FENCED})
    move = os.replace

    def refuse_pages(source: str, place: Path) -> None:
        if place.suffix == ".md":
            raise PermissionError(13, "Permission denied")
        move(source, place)

    with mock.patch("engineersofai.writing.os.replace", side_effect=refuse_pages):
        said = refusal(tmp_path, "--fix-ids")

    assert "02-words.md: Permission denied" in said
    assert f"{QUIZ_FILE}:3:5: got id: how-many-bits-has-a-byte" in said
    assert "The ids told above are written into 1 file." in said
    assert "id: how-many-bits-has-a-byte" in (tmp_path / QUIZ_FILE).read_text()


@pytest.mark.django_db
def test_a_refused_load_tells_which_ids_it_wrote_all_the_same(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, QUIZ_FILE: BARE, WORDS: "---\ntitel: Words\n---\n"})

    said = refusal(tmp_path, "--fix-ids")

    assert "nothing was written" not in said
    assert f"1 error in 1 file: nothing of {tmp_path} was loaded." in said
    assert said.rstrip().endswith("The ids told above are written into 1 file.")
    assert "id: how-many-bits-has-a-byte" in (tmp_path / QUIZ_FILE).read_text()
    assert "1 error in 1 file: nothing was written." in refusal(tmp_path, "--fix-ids")


@pytest.mark.django_db
def test_a_folder_loaded_before_the_one_refused_is_named(tmp_path: Path) -> None:
    good, bad = write_tree(tmp_path / "good"), tmp_path / "bad"
    write_tree(bad, {"page.md": "---\ntitel: Words\n---\n"})

    with pytest.raises(CommandError) as refused:
        call_command("loadlessons", str(good), str(bad), stdout=StringIO(), stderr=StringIO())

    assert str(refused.value) == (
        f"1 error in 1 file: nothing of {bad} was loaded. Loaded before it: {good}."
    )
