"""What ``loadlessons`` tells people: every problem once, no flood of one kind, and what changed."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from catalog.problems import Problem, Severity
from engineersofai.progress_bar import ProgressBar
from engineersofai.reporting import Fold, fold, tally
from tests.trees import LESSON, TREE, load, refusal, write_tree

PROJECT = Path(__file__).resolve().parent.parent


def warning(code: str, message: str, line: int = 1, path: str = "a.md") -> Problem:
    return Problem(path, line, 1, code, message, severity=Severity.WARNING)


def test_warnings_come_first_and_errors_last_each_in_reading_order() -> None:
    error = Problem("a.md", 1, 1, "e", "wrong")
    problems = [error, warning("w", "odd", 2), warning("w", "odder", 3)]

    assert list(fold(problems)) == [problems[1], problems[2], error]


def test_of_one_kind_of_warning_ten_are_listed_and_the_rest_counted() -> None:
    many = [warning("component", "unknown component <X>", path=f"{name:03}.md") for name in range(1, 134)]
    other = warning("link", "broken link")

    listed = list(fold([*many, other]))

    assert listed[:10] == many[:10]
    assert listed[10] == other
    assert listed[11:] == [Fold("… 123 more: unknown component <X> (--verbosity 2 lists them)")]
    assert len(list(fold([*many, other], listed=None))) == 134


def test_counted_warnings_of_several_messages_name_the_most_frequent() -> None:
    many = [warning("link", f"broken link {min(name, 15)}", path=f"{name:03}.md") for name in range(1, 21)]

    (folded,) = [each for each in fold(many) if isinstance(each, Fold)]

    assert folded.text.startswith("… 10 more: broken link 15 (×6); broken link 11; broken link 12; …")


def test_what_a_file_gives_again_and_again_is_listed_once_with_its_lines() -> None:
    remote = [warning("remote", "a remote image", line) for line in range(3, 20)]
    twice = [warning("remote", "a remote image", line, path="b.md") for line in (4, 9)]
    other = warning("remote", "another image", 5)

    assert list(fold([*remote, other, *twice])) == [
        remote[0],
        Fold("      … and the same 16 times more: lines 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …"),
        other,
        twice[0],
        Fold("      … and the same on line 9"),
    ]
    assert tally([*remote, other, *twice]) == "20 warnings in 2 files"


def test_errors_are_never_folded() -> None:
    errors = [Problem("a.md", line, 1, "e", "wrong") for line in range(1, 100)]

    assert list(fold(errors)) == errors


def test_notes_are_counted_and_listed_on_request() -> None:
    notes = [Problem("a.md", 1, 1, "item-longest", "long", severity=Severity.NOTE)] * 2

    assert [each.text for each in fold(notes) if isinstance(each, Fold)] == [
        "2 notes on questions in other formats (--verbosity 2 lists them)"
    ]
    assert list(fold(notes, listed=None)) == notes
    assert tally(notes) == ""


def test_errors_and_warnings_are_counted_with_their_files() -> None:
    error = Problem("a.md", 1, 1, "e", "wrong")

    assert (
        tally([error, warning("w", "odd"), warning("w", "odd", path="b.md")])
        == "1 error, 2 warnings in 2 files"
    )
    assert tally([error, error]) == "2 errors in 1 file"
    deep = warning("skipped", "too deep", path="a/b/")
    assert tally([deep]) == "1 warning in 1 folder"
    assert tally([error, deep]) == "1 error, 1 warning in 1 file and in 1 folder"
    assert tally([]) == ""


@pytest.mark.django_db
def test_a_refusal_shows_place_excerpt_caret_and_remedy_and_counts(tmp_path: Path) -> None:
    write_tree(tmp_path)
    write_tree(tmp_path, {"course/01-first/01-numbers.md": LESSON.replace("eight", "[eight](8.md)")})
    write_tree(tmp_path, {"course/01-first/02-words.md": "---\nminuts: 3\n---\n\n# Words\n\n[gone](no.md)\n"})

    said = refusal(tmp_path)

    assert f"warning: {tmp_path}/course/01-first/02-words.md:7:8: broken link" in said
    assert (
        f"error: {tmp_path}/course/01-first/02-words.md:2:1: unknown key 'minuts'. Did you mean 'minutes'?\n"
        "    2 | minuts: 3\n"
        "      | ^\n"
    ) in said
    assert said.endswith("1 error, 2 warnings in 2 files: nothing was written.")
    assert said.index("warning: ") < said.index("error: ")


@pytest.mark.django_db
def test_a_load_says_what_it_read_and_what_it_did(tmp_path: Path) -> None:
    said = load(write_tree(tmp_path))

    assert re.search(r"^  course: 2 lessons, 2 questions, cue score 0 % \(chance 25 %\)$", said, re.MULTILINE)
    assert re.search(r"^  lesson: 2 created$", said, re.MULTILINE)
    assert re.search(rf"^{re.escape(str(tmp_path))}: \d+ changes in [\d.]+ s$", said, re.MULTILINE)


@pytest.mark.django_db
def test_what_retires_is_named_and_with_more_words_all_that_changes(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    (tmp_path / "course/01-first/02-words.md").unlink()
    write_tree(tmp_path, {"course/01-first/01-numbers.md": LESSON.replace("eight bits.", "8 bits.")})

    assert f"retired: Words ({tmp_path}/course/01-first/02-words.md)" in load(
        tmp_path, "--dry-run", "--prune"
    )
    said = load(tmp_path, "--prune", "--verbosity", "2")

    assert "retired: Words" in said
    assert re.search(r"^  lesson updated: .*numbers$", said, re.MULTILINE)
    assert "course/01-first/01-numbers.md: cue score 0 % (chance 25 %)" in said


def test_the_course_that_comes_along_gives_no_problem_at_all() -> None:
    said = load(PROJECT / "content", "--check", "--verbosity", "2")

    assert re.search(r"(?m)^(error|warning|note):", said) is None
    assert said.endswith("no errors.\n")


@pytest.mark.django_db
def test_silence_is_kept_with_verbosity_0(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, "course/01-first/02-words.md": "# Words\n\n[gone](03-no.md)\n"})

    assert load(tmp_path, "--verbosity", "0") == ""


@pytest.mark.django_db
def test_warnings_are_listed_again_on_request_though_nothing_changed(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, "course/01-first/02-words.md": "# Words\n\n[gone](03-no.md)\n"})
    assert "1 warning in 1 file" in load(tmp_path)

    assert "broken link" in load(tmp_path, "--verbosity", "2")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "loadlessons", *arguments],
        cwd=PROJECT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_an_ascii_terminal_is_no_reason_to_crash(tmp_path: Path) -> None:
    write_tree(tmp_path, {"01-a.md": "# A\n\n語 [gone](b.md)\n"})

    done = run(str(tmp_path), "--check", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert done.returncode == 0
    assert b"\\u8a9e [gone]" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    write_tree(tmp_path, {f"{number:03}-a{number}.md": "# A\n\n[gone](b.md)\n" for number in range(1, 30)})
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "manage.py", "loadlessons", str(tmp_path), "--check"],
        cwd=PROJECT,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )
    os.close(writing)

    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr
    assert done.returncode == 0


def test_colors_are_for_terminals_only_and_can_be_declined(tmp_path: Path) -> None:
    write_tree(tmp_path, {"01-a.md": "# A\n\n[gone](b.md)\n"})

    assert "\x1b[" not in on_a_terminal(tmp_path, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(tmp_path, "--no-color")
    assert "\x1b[" in on_a_terminal(tmp_path)
    assert b"\x1b[" not in run(str(tmp_path), "--check").stderr


def on_a_terminal(root: Path, *options: str, **environment: str) -> str:
    """Run a check whose output goes to a terminal, and return what it shows."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "loadlessons", str(root), "--check", *options],
        cwd=PROJECT,
        env={
            **{key: value for key, value in os.environ.items() if key != "NO_COLOR"},
            "TERM": "xterm",
            **environment,
        },
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while some := os.read(ours, 4096):
            shown += some
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert process.wait(timeout=120) == 0
    return shown.decode()


def test_a_progress_bar_is_drawn_over_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([1.0, 1.05, 2.0])
    # In that module only: whatever else looks at a clock meanwhile keeps the real one.
    monkeypatch.setattr("engineersofai.progress_bar.time", SimpleNamespace(monotonic=lambda: next(clock)))
    stream = io.StringIO()
    bar = ProgressBar(stream)

    bar(1, 4)
    bar(2, 4)  # too soon
    bar(3, 4)
    bar(4, 4)

    first, second, wiped, end = stream.getvalue().split("\r")[1:]
    assert first.endswith("] 1 of 4")
    assert second.count("=") == 22
    assert set(wiped) == {" "}
    assert end == ""


def test_a_progress_bar_that_never_showed_wipes_nothing() -> None:
    stream = io.StringIO()

    ProgressBar(stream)(4, 4)

    assert stream.getvalue() == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "is_of_catalog"),
    [
        (":::tip\nNobody closes this.", False),
        ("## About {{ model:heron-1-7b.context }}", True),
        ("Of {{ model:heron }}.", False),
        ("Of {{ model:heron-1-7b.context }}.", True),
        ("::: families\nheron\n:::", True),
        ("::: models\nfamily=heron\n:::", True),
    ],
)
def test_a_missing_catalog_is_told_where_something_is_missed_of_it(
    tmp_path: Path, text: str, is_of_catalog: bool
) -> None:
    said = refusal(write_tree(tmp_path / "course", {"a.md": f"# A\n\n{text}\n"}))

    assert ("the site has no catalog" in said) is is_of_catalog
    assert said.count("error: ") == (2 if is_of_catalog else 1) + ("## About" in text)
