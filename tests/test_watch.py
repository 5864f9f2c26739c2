"""``loadlessons --watch``: what an author saves is on the site a moment later, mistakes or not."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from engineersofai.watch import look, wait_for_change
from lessons.models import Lesson
from tests.loads import Load
from tests.trees import NUMBERS_URL, write_tree

PATIENCE = 30


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it never came to pass"
        time.sleep(0.1)


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new))


@pytest.mark.django_db(transaction=True)
def test_saved_files_are_loaded_until_the_author_ends_it(tmp_path: Path):
    page = write_tree(tmp_path) / "course/01-first/01-numbers.md"
    watching = Load("loadlessons", tmp_path, "--watch")
    try:
        wait_until(lambda: Lesson.objects.filter(html__contains="A byte has eight bits.").exists())
        edit(page, "A byte has eight bits.", "A byte has 8 bits.")
        wait_until(lambda: "A byte has 8 bits." in Client().get(NUMBERS_URL).content.decode())

        edit(page, "id: numbers", "idd: numbers")
        time.sleep(2)
        assert watching.process.poll() is None
        edit(page, "idd: numbers", "id: numbers")
        edit(page, "A byte has 8 bits.", "A byte is eight bits.")
        wait_until(lambda: Lesson.objects.filter(html__contains="A byte is eight bits.").exists())
    finally:
        watching.process.send_signal(signal.SIGINT)
    said = watching.said()

    assert watching.process.returncode == 0, said
    assert "Did you mean 'id'?" in said
    assert "Traceback" not in said
    assert watching.leaves_nobody()


@pytest.mark.django_db(transaction=True)
def test_a_folder_that_is_gone_for_a_moment_ends_nothing(tmp_path: Path):
    root = write_tree(tmp_path / "content")
    watching = Load("loadlessons", root, "--watch")
    try:
        wait_until(lambda: Lesson.objects.count() == 2)
        root.rename(tmp_path / "elsewhere")
        time.sleep(2)
        shutil.copytree(tmp_path / "elsewhere", root)
        edit(root / "course/01-first/02-words.md", "A word", "One word")
        wait_until(lambda: Lesson.objects.filter(html__contains="One word").exists())
    finally:
        watching.process.send_signal(signal.SIGINT)

    said = watching.said()
    assert watching.process.returncode == 0, said
    assert "is no folder" in said


def test_looking_sees_what_is_edited_added_moved_and_removed(tmp_path: Path):
    root = write_tree(tmp_path)
    words = root / "course/01-first/02-words.md"
    seen = look([root])
    assert look([root]) == seen

    def changed(act: Callable[[], object]) -> bool:
        nonlocal seen
        act()
        before, seen = seen, look([root])
        return before != seen

    assert changed(lambda: edit(words, "A word", "No word"))
    assert changed(lambda: os.utime(words, (1, 1)))
    assert changed(lambda: (root / "new.md").write_text("new"))
    assert changed(lambda: (root / "new.md").rename(root / "other.md"))
    assert changed(lambda: (root / "other.md").unlink())
    assert changed(lambda: shutil.rmtree(root / "course"))
    assert not changed(lambda: (root / ".git").mkdir())
    assert not changed(lambda: (root / ".git" / "index").write_text("x"))


def test_a_change_is_told_when_it_is_over(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text("")
    seen = look([tmp_path])
    steps = iter("abc")

    def write_a_step(_seconds: float) -> None:
        with page.open("a") as file:
            file.write(next(steps, ""))

    found = wait_for_change([tmp_path], seen, write_a_step)

    assert page.read_text() == "abc"
    assert found == look([tmp_path])
