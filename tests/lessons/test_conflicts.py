"""An edit made on the site against what became of its file: nothing is lost, nothing is decided unasked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from engineersofai.content import load as write
from engineersofai.content import prepare_edit
from engineersofai.edits import Choices, keep_edits
from lessons.files import ContentFiles, list_files
from lessons.models import Lesson, ReplacedText, SourceFile
from quizzes.models import Question
from tests.trees import LESSON, NUMBERS_URL, QUIZ, TREE, load, write_tree

pytestmark = pytest.mark.django_db

FOLDER = "course/01-first"
PAGE = f"{FOLDER}/01-numbers.md"
QUIZ_FILE = f"{FOLDER}/01-numbers.quiz.yml"
OURS = LESSON.replace("eight bits", "8 bits")
THEIRS = LESSON.replace("eight bits", "VIII bits")
QUIZ_OURS = QUIZ.replace("How many bits has a byte?", "How many bits are in a byte?")


def edit(path: str, text: str) -> None:
    """Save a text as the admin does."""
    write(prepare_edit(path, text), Choices())
    user = User.objects.get_or_create(username="ines")[0]
    SourceFile.objects.filter(path=path).update(edited_by=user, edited_at=timezone.now())


def put(root: Path, path: str, text: str) -> None:
    write_tree(root, {path: text})


def text_of(path: str) -> str:
    return SourceFile.objects.get(path=path, retired_at=None).text


def move(root: Path, new: str = "05-counting", *endings: str) -> None:
    for ending in endings or (".md", ".quiz.yml"):
        (root / f"{FOLDER}/01-numbers{ending}").rename(root / f"{FOLDER}/{new}{ending}")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    load(write_tree(tmp_path, {**TREE, f"{FOLDER}/02-words.md": "# Words\n\nA word.\n"}))
    return tmp_path


def test_an_edit_stands_while_its_file_stays_as_it_was(course: Path) -> None:
    edit(PAGE, OURS)

    said = load(course)

    assert "conflict" not in said
    assert ": 0 changes" in said
    assert text_of(PAGE) == OURS


def test_a_change_on_both_sides_is_told_at_every_load_until_it_is_decided(course: Path) -> None:
    edit(PAGE, OURS)
    put(course, PAGE, THEIRS)

    for _load in range(2):
        said = load(course)
        assert f"{PAGE}:1:1: conflict: edited on the site by ines and changed in the file" in said
        assert text_of(PAGE) == OURS


def test_ours_keeps_the_sites_text_and_the_next_load_is_quiet(course: Path) -> None:
    edit(PAGE, OURS)
    put(course, PAGE, THEIRS)

    load(course, "--ours")

    said = load(course)
    assert "conflict" not in said
    assert ": 0 changes" in said
    row = SourceFile.objects.get(path=PAGE)
    assert (row.text, row.is_edited_here, str(row.edited_by)) == (OURS, True, "ines")
    put(course, PAGE, THEIRS + "\nMore.\n")
    assert "conflict" in load(course)


def test_theirs_takes_the_file_and_what_it_replaced_can_be_had_back(course: Path) -> None:
    edit(PAGE, OURS)
    put(course, PAGE, THEIRS)

    load(course, "--theirs")

    row = SourceFile.objects.get(path=PAGE)
    assert (row.text, row.is_edited_here, row.edited_by, row.edited_at) == (THEIRS, False, None, None)
    replaced = ReplacedText.objects.get()
    assert (replaced.source, replaced.text, str(replaced.edited_by)) == (row, OURS, "ines")
    assert replaced.edited_at is not None
    assert ": 0 changes" in load(course)


def test_when_both_sides_say_the_same_the_edit_is_settled(course: Path) -> None:
    edit(PAGE, OURS)
    put(course, PAGE, OURS)

    said = load(course)

    assert "conflict" not in said
    assert ": 0 changes" in said
    row = SourceFile.objects.get(path=PAGE)
    assert (row.is_edited_here, row.edited_by) == (False, None)
    put(course, PAGE, THEIRS)
    assert "conflict" not in load(course)
    assert text_of(PAGE) == THEIRS
    assert not ReplacedText.objects.exists()


@pytest.mark.parametrize("option", ["--ours", "--theirs"])
def test_a_decision_for_one_file_leaves_the_others_undecided(course: Path, option: str) -> None:
    words = f"{FOLDER}/02-words.md"
    edit(PAGE, OURS)
    edit(words, "# Words\n\nOur words.\n")
    put(course, PAGE, THEIRS)
    put(course, words, "# Words\n\nTheir words.\n")

    load(course, "--only", PAGE, option)

    assert text_of(PAGE) == (OURS if option == "--ours" else THEIRS)
    said = load(course)
    assert f"{words}:1:1: conflict" in said
    assert f"{PAGE}:1:1" not in said


def test_an_edit_follows_its_file_to_a_new_name(course: Path, client: Client) -> None:
    edit(PAGE, OURS)
    before = SourceFile.objects.get(path=PAGE).pk
    move(course)

    said = load(course)

    assert "conflict" not in said
    row = SourceFile.objects.get(path=f"{FOLDER}/05-counting.md")
    assert (row.pk, row.text, row.is_edited_here, str(row.edited_by)) == (before, OURS, True, "ines")
    assert client.get(NUMBERS_URL)["Location"] == "/learn/course/first/counting/"
    assert "8 bits" in client.get("/learn/course/first/counting/").content.decode()
    assert ": 0 changes" in load(course)


def test_an_edit_and_a_file_that_was_renamed_and_changed_are_a_conflict_there(course: Path) -> None:
    edit(PAGE, OURS)
    move(course)
    new = f"{FOLDER}/05-counting.md"
    put(course, new, THEIRS)

    assert f"{new}:1:1: conflict: edited on the site by ines and changed in the file" in load(course)
    assert text_of(new) == OURS
    load(course, "--theirs")

    assert text_of(new) == THEIRS
    assert Lesson.objects.get(key="numbers").retired_at is None


def test_an_edited_quiz_goes_along_with_its_renamed_lesson(course: Path) -> None:
    edit(QUIZ_FILE, QUIZ_OURS)
    move(course)
    new = f"{FOLDER}/05-counting.quiz.yml"
    put(course, new, QUIZ.replace("byte has eight bits", "byte has VIII bits"))

    said = load(course)

    assert f"{new}:1:1: conflict" in said
    assert text_of(new) == QUIZ_OURS
    questions = Question.objects.filter(retired_at=None)
    assert {question.quiz.lesson.key for question in questions} == {"numbers"}


def test_an_edited_quiz_without_its_file_stays_with_its_renamed_lesson(course: Path) -> None:
    edit(QUIZ_FILE, QUIZ_OURS)
    move(course, "05-counting", ".md")
    (course / QUIZ_FILE).unlink()

    said = load(course)

    assert f"{FOLDER}/05-counting.quiz.yml:1:1: conflict" in said
    assert Question.objects.filter(retired_at=None).count() == 2


def test_an_edited_quiz_keeps_its_lesson_when_both_files_were_removed(course: Path, client: Client) -> None:
    edit(QUIZ_FILE, QUIZ_OURS)
    for path in (PAGE, QUIZ_FILE):
        (course / path).unlink()

    assert "was removed" in load(course)
    assert client.get(NUMBERS_URL).status_code == 200
    load(course, "--ours")
    assert "conflict" not in load(course)

    load(course, "--theirs")
    assert client.get(NUMBERS_URL).status_code == 410
    assert QUIZ_OURS in ReplacedText.objects.values_list("text", flat=True)


def test_ours_keeps_a_text_without_its_file_and_the_next_load_is_quiet(course: Path) -> None:
    edit(PAGE, OURS)
    for path in (PAGE, QUIZ_FILE):
        (course / path).unlink()

    assert "was removed" in load(course)
    load(course, "--ours")

    said = load(course)
    assert "conflict" not in said
    assert ": 0 changes" in said
    assert text_of(PAGE) == OURS
    put(course, PAGE, THEIRS)
    assert "changed in the file" in load(course)


def test_an_edited_glossary_is_not_lost_with_its_file(course: Path) -> None:
    (course / "catalog").mkdir()
    edited = TREE["glossary.yml"].replace("Eight bits.", "8 bits.")
    edit("glossary.yml", edited)
    (course / "glossary.yml").unlink()

    assert "glossary.yml:1:1: conflict" in load(course)
    assert text_of("glossary.yml") == edited


def test_a_second_edit_keeps_what_the_first_one_wrote(course: Path) -> None:
    edit(PAGE, OURS)
    edit(PAGE, THEIRS)

    assert [replaced.text for replaced in ReplacedText.objects.all()] == [OURS]


def test_new_files_are_read_once_however_many_edits_are_looked_for(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {f"{FOLDER}/page-{number}.md": f"# Page {number}\n\nText.\n" for number in range(10, 16)}
    load(write_tree(course, pages))
    for path, text in pages.items():
        edit(path, text + "Edited.\n")
        (course / path).rename(course / path.replace("page-", "renamed-"))
    read: Counter[str] = Counter()
    plain = ContentFiles.text

    def counted(files: ContentFiles, path: str) -> str:
        read[path] += path not in files.overrides
        return plain(files, path)

    monkeypatch.setattr(ContentFiles, "text", counted)
    keep_edits(list_files(course), Choices())

    # Once to be told apart, and once to be compared with what it was loaded with.
    assert {read[path.replace("page-", "renamed-")] for path in pages} == {2}
