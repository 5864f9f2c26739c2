"""What a stranger, or bad luck, puts into a course: it loads, or is refused at its line."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from lessons.models import Generation, Lesson
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt
from tests.loads import Load, fingerprint, row_counts
from tests.progress.builders import browser_of, mark
from tests.quizzes.builders import make_learner, options_in, text_of, token_in
from tests.trees import LESSON, NUMBERS_URL, TREE, load, refusal, write_tree

pytestmark = pytest.mark.django_db

PAGE = "course/01-first/01-numbers.md"
QUESTIONS = "course/01-first/01-numbers.quiz.yml"
CATEGORY = "course/_category_.yml"
GLOSSARY = "glossary.yml"
TEXTS = [PAGE, QUESTIONS, CATEGORY, GLOSSARY]


def changes(said: str) -> int:
    found = re.search(r": (\d+) changes?\b", said)
    assert found, said
    return int(found[1])


def refused_at(root: Path, name: str, content: str | bytes, line: int) -> str:
    """Load the small course, spoil one file, and hold the refusal to one place; return what was said."""
    load(write_tree(root))
    before = fingerprint()
    write_tree(root, {name: content})
    said = refusal(root)
    assert f"{name}:{line}:" in said, said
    assert "Traceback" not in said
    assert fingerprint() == before
    return said


# --- Bytes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + b"\n# caf\xe9\n",
        lambda text: text + b"\n# \xed\xa0\x80\n",  # half of a surrogate pair, as bytes
        lambda text: text + b"\n# \x00\n",
        lambda text: text + b"\n# \xc0\x80\n",  # a NUL spelled long
    ],
    ids=["latin-1", "surrogate", "nul", "overlong"],
)
def test_what_is_no_text_is_refused_at_its_line(
    tmp_path: Path, name: str, spoil: Callable[[bytes], bytes]
) -> None:
    text = TREE[name].encode()

    refused_at(tmp_path, name, spoil(text), text.count(b"\n") + 2)


@pytest.mark.parametrize(
    "write",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.encode("utf-16"),  # with its mark
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    ],
    ids=["byte order mark", "CRLF", "CR", "UTF-16", "UTF-16 big-endian"],
)
def test_a_file_saved_in_another_way_is_the_same_file(tmp_path: Path, write: Callable[[str], bytes]) -> None:
    load(write_tree(tmp_path))

    write_tree(tmp_path, {name: write(text) for name, text in TREE.items()})

    assert changes(load(tmp_path)) == 0


# --- YAML -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "value",
    [
        '!!python/object/apply:os.system ["true"]',
        "!!python/name:os.system",
        "!mine {a: b}",
        "&anchor text",
        "*alias",
        "{<<: {a: b}}",
    ],
)
def test_yaml_that_is_more_than_data_is_refused_at_its_line(tmp_path: Path, name: str, value: str) -> None:
    text = TREE[name]
    spoiled = f"---\nkeywords: {value}\n---\n\nText\n" if name == PAGE else f"{text}spoiled: {value}\n"

    refused_at(tmp_path, name, spoiled, 2 if name == PAGE else text.count("\n") + 1)


# --- Questions ------------------------------------------------------------------------------------


def choice(options: str, prompt: str = "Which?") -> str:
    head = "questions:\n  - id: q\n    type: choice\n    kind: recall\n"
    return f"{head}    prompt: {prompt}\n    options:\n{options}"


def option(text: str, *, correct: bool = False) -> str:
    mark = "        correct: true\n" if correct else ""
    return f"      - text: {text}\n{mark}        reason: Because.\n"


@pytest.mark.parametrize(
    ("quiz", "line"),
    [
        (choice(option("a") + option("b")), 7),
        (choice(option("a", correct=True) + option("b", correct=True)), 7),
        (choice(option("same", correct=True) + option("same")), 10),
        (choice(option("a", correct=True) + option("b"), prompt='""'), 5),
        (choice(option("a", correct=True) + "".join(option(f"o{n}") for n in range(10_000))), 7),
        (choice(option("a", correct=True)), 7),
        (choice(option('""', correct=True) + option("b")), 7),
        ("questions:\n  - id: q\n    prompt: [unclosed\n", 3),
        ('questions:\n  - id: q\n    prompt: "unclosed\n', 3),
    ],
    ids=["none right", "all right", "twins", "no prompt", "10,000", "one", "empty", "bracket", "quote"],
)
def test_a_question_that_cannot_be_asked_is_refused_at_its_line(tmp_path: Path, quiz: str, line: int) -> None:
    load(write_tree(tmp_path))
    before = fingerprint()
    write_tree(tmp_path, {QUESTIONS: quiz})

    said = refusal(tmp_path)

    lines = [int(found) for found in re.findall(rf"error: \S*{QUESTIONS}:(\d+):", said)]
    assert line in lines, said
    assert "Traceback" not in said
    assert fingerprint() == before


def test_markup_in_options_is_shown_and_runs_nowhere(tmp_path: Path, client: Client) -> None:
    hostile = "'<img src=x onerror=alert(1)> <b>bold</b> </label><script>alert(1)</script>'"
    options = option(hostile, correct=True) + option("'<https://example.org> & *stars*'")
    load(write_tree(tmp_path, {**TREE, QUESTIONS: choice(options, prompt="'Is </form> `</form>` code?'")}))

    page = text_of(client.get("/quizzes/course/first/numbers/?q=q"))

    form = page.partition("<form")[2].partition("</form>")[0]
    assert "<script" not in form
    assert "onerror" not in re.sub(r"&lt;.*?&gt;", "", form)
    assert "<b>bold</b>" in form
    assert "<em>stars</em>" in form
    assert "<code>&lt;/form&gt;</code>" in form


def test_a_fence_of_questions_that_never_ends_is_refused_at_its_line(tmp_path: Path) -> None:
    text = LESSON + "\n```quiz\nquestions: []\n\nText that was meant to follow.\n"

    refused_at(tmp_path, PAGE, text, LESSON.count("\n") + 2)


# --- Loading again --------------------------------------------------------------------------------


def test_whatever_happens_to_a_file_progress_and_answers_stay(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    learner = make_learner()
    browser = browser_of(learner)
    address = "/quizzes/course/first/numbers/?q=bits-in-a-byte"
    form = text_of(browser.get(address))
    browser.post(address, {"token": token_in(form), "answer": options_in(form)["Eight"]})
    lesson = Lesson.objects.get(key="numbers")
    mark(browser, lesson, owner=learner)

    def kept() -> list[list[dict[str, object]]]:
        # How many answers count today, and how well they went, follows the questions of today.
        progress = LessonProgress.objects.values("pk", "lesson", "learner", "marked", "completed_at")
        return [[*map(dict, rows)] for rows in (Answer.objects.values(), Attempt.objects.values(), progress)]

    held, whole = kept(), list(LessonProgress.objects.values())
    assert [len(rows) for rows in held] == [1, 1, 1]

    def write(name: str, content: str) -> None:
        (tmp_path / name).write_text(content)

    def rename() -> None:
        for suffix in (".md", ".quiz.yml"):
            old = tmp_path / f"course/01-first/01-numbers{suffix}"
            old.rename(tmp_path / f"course/01-first/07-figures{suffix}")

    def delete() -> None:
        for suffix in (".md", ".quiz.yml"):
            (tmp_path / f"course/01-first/07-figures{suffix}").rename(tmp_path / f"kept{suffix}")

    steps: list[tuple[str, Callable[[], object], int | None]] = [
        ("again", lambda: None, 0),
        ("touched", lambda: os.utime(tmp_path / PAGE), 0),
        ("edited", lambda: write(PAGE, LESSON.replace("eight bits", "8 bits")), 1),
        ("renamed", rename, 1),
        ("deleted", delete, None),  # the lesson and each of its questions retire
    ]
    for name, act, expected in steps:
        act()
        said = load(tmp_path, "--prune")
        if expected is not None:
            assert changes(said) == expected, f"{name}: {said}"
        assert kept() == held, name
    assert Lesson.objects.get(pk=lesson.pk).retired_at is not None
    assert browser.get(NUMBERS_URL).status_code in {404, 410}

    for suffix in (".md", ".quiz.yml"):
        (tmp_path / f"kept{suffix}").rename(tmp_path / f"course/01-first/01-numbers{suffix}")
    load(tmp_path)
    assert list(LessonProgress.objects.values()) == whole
    assert browser.get(NUMBERS_URL).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("option", ["--dry-run", "--check"])
def test_a_trial_writes_nothing_and_says_what_a_load_says(tmp_path: Path, option: str) -> None:
    root = write_tree(tmp_path / "content")
    load(root)
    write_tree(
        root, {PAGE: LESSON.replace("eight", "8"), "course/01-first/03-new.md": "# New\n\n[a](gone.md)\n"}
    )
    counts, state, files = row_counts(), fingerprint(), database_files()

    trial = Load("loadlessons", root, option).said()

    assert (row_counts(), fingerprint()) == (counts, state)
    assert database_files() == files
    assert Generation.objects.get().number == 1
    if option == "--dry-run":
        real = Load("loadlessons", root).said()
        assert plain(trial) == plain(real)
        assert "(dry run" in trial


def database_files() -> dict[str, object]:
    """Return the state of SQLite's own files; empty on a server."""
    if connection.vendor != "sqlite":
        return {}
    path = Path(connection.settings_dict["NAME"])
    journal = path.with_name(f"{path.name}-wal")
    state: dict[str, object] = {"changed": path.stat().st_mtime_ns}
    if journal.exists():
        state["journal"] = hashlib.sha256(journal.read_bytes()).hexdigest()
    return state


def plain(said: str) -> list[str]:
    """Return a report without what differs between a trial and a load: the time, the mark, the audit line."""
    lines = [line for line in said.splitlines() if " audit: " not in line]
    return [re.sub(r"(?: in [\d.]+ s)|\s*\(dry run[^)]*\)", "", line) for line in lines]
