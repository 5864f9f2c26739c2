"""Loading a part of a tree leaves the rest of the site as it is, edits made there included."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from catalog.models import Family
from engineersofai.content import load as write
from engineersofai.content import prepare_edit
from engineersofai.edits import Choices
from lessons.models import Lesson, SourceFile
from tests.catalog.files import write_catalog
from tests.trees import LESSON, NUMBERS_URL, TREE, load, refusal, write_tree

pytestmark = pytest.mark.django_db

PAGE = "course/01-first/01-numbers.md"
QUIZ_FILE = "course/01-first/01-numbers.quiz.yml"
WORDS = "course/01-first/02-words.md"
EDITED = LESSON.replace("eight bits", "8 bits")


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """Return a tree that is loaded, with one lesson edited on the site since."""
    load(write_tree(tmp_path, {**TREE, WORDS: "# Words\n\nA [byte](term:byte).\n"}))
    write(prepare_edit(PAGE, EDITED), Choices())
    return tmp_path


@pytest.mark.parametrize("option", ["--theirs", "--ours", None])
def test_loading_one_file_leaves_an_edit_of_another_an_edit(edited: Path, option: str | None) -> None:
    (edited / WORDS).write_text("# Words\n\nNew words.\n")

    load(edited, "--only", WORDS, *([option] if option else []))
    assert SourceFile.objects.get(path=PAGE).is_edited_here

    load(edited)
    assert SourceFile.objects.get(path=PAGE).text == EDITED
    assert "New words." in Lesson.objects.get(title="Words").html


def test_a_file_that_was_removed_while_it_was_edited_here_is_a_conflict(edited: Path, client: Client) -> None:
    (edited / PAGE).unlink()
    (edited / QUIZ_FILE).unlink()

    said = load(edited)

    assert f"{PAGE}:1:1: conflict" in said
    assert "was removed" in said
    assert "8 bits" in client.get(NUMBERS_URL).content.decode()
    load(edited, "--theirs")
    assert client.get(NUMBERS_URL).status_code == 410


def test_the_place_to_load_may_be_written_as_a_shell_completes_it(edited: Path) -> None:
    (edited / WORDS).write_text("# Words\n\nNew words.\n")

    load(edited, "--only", "./course/01-first//02-words.md")

    assert "New words." in Lesson.objects.get(title="Words").html


def test_a_place_where_nothing_lies_is_refused(edited: Path) -> None:
    assert "course/01-first/09-no.md:1:1: nothing lies at this place" in refusal(
        edited, "--only", "course/01-first/09-no.md"
    )


def test_a_removed_file_can_be_loaded_by_itself(edited: Path) -> None:
    (edited / WORDS).unlink()

    load(edited, "--only", WORDS)

    assert Lesson.objects.get(title="Words").retired_at is not None


def test_a_track_by_itself_keeps_its_glossary_terms(edited: Path) -> None:
    before = Lesson.objects.get(title="Words").html
    assert "Eight bits." in before

    said = load(edited / "course")

    assert ": 0 changes" in said
    assert Lesson.objects.get(title="Words").html == before
    assert SourceFile.objects.get(path=PAGE).is_edited_here


def test_the_catalog_can_be_loaded_by_itself_and_lessons_cite_what_is_stored(tmp_path: Path) -> None:
    write_catalog(tmp_path)
    load(write_tree(tmp_path))
    write_catalog(tmp_path, family=("name: Heron\n", "name: Egret\n"))
    (tmp_path / WORDS).write_text("# Words\n\nOf {{ model:heron-1-7b.family }}.\n")

    load(tmp_path, "--only", WORDS)
    assert "Heron" in Lesson.objects.get(title="Words").html

    load(tmp_path, "--only", "catalog")
    assert Family.objects.get().name == "Egret"
    assert "Egret" in Lesson.objects.get(title="Words").html


@pytest.mark.parametrize("only", ["course/01-first/05-counting.md", "course/01-first/05-counting"])
@pytest.mark.parametrize("text", [LESSON, LESSON.replace("id: numbers\n", "")])
def test_a_renamed_file_loaded_by_itself_is_the_page_it_was(tmp_path: Path, only: str, text: str) -> None:
    load(write_tree(tmp_path, {**TREE, PAGE: text, WORDS: "# Words\n\nNo links.\n"}))
    before = Lesson.objects.get(title="Numbers").pk
    for path in (PAGE, QUIZ_FILE):
        (tmp_path / path).rename(tmp_path / path.replace("01-numbers", "05-counting"))

    load(tmp_path, "--only", only)

    lesson = Lesson.objects.get(title="Numbers", retired_at=None)
    assert (lesson.pk, lesson.path) == (before, "course/first/counting")
    assert lesson.quiz.questions.filter(retired_at=None).count() == 2
    assert ": 0 changes" in load(tmp_path)


def test_an_edit_made_here_follows_a_renamed_file_loaded_by_itself(edited: Path) -> None:
    before = Lesson.objects.get(title="Numbers").pk
    write_tree(edited, {WORDS: "# Words\n\nNo links.\n"})
    load(edited, "--only", WORDS)
    for path in (PAGE, QUIZ_FILE):
        (edited / path).rename(edited / path.replace("01-numbers", "05-counting"))

    load(edited, "--only", "course/01-first/05-counting.md")

    lesson = Lesson.objects.get(title="Numbers", retired_at=None)
    assert (lesson.pk, lesson.path) == (before, "course/first/counting")
    assert SourceFile.objects.get(path=PAGE.replace("01-numbers", "05-counting")).text == EDITED


def test_a_copy_loaded_by_itself_leaves_the_page_it_was_made_of(edited: Path) -> None:
    before = Lesson.objects.get(title="Words").pk
    copy = "course/01-first/09-terms.md"
    write_tree(edited, {copy: (edited / WORDS).read_text()})

    load(edited, "--only", copy)

    assert set(Lesson.objects.filter(title="Words", retired_at=None).values_list("key", flat=True)) == {
        "first/words",
        "first/terms",
    }
    assert Lesson.objects.get(key="first/words").pk == before
