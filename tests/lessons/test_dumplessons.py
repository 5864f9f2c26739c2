"""``dumplessons``: the site's texts as a tree that loads again without a change."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from catalog.models import Checkpoint, Family, Release
from engineersofai.content import load as write
from engineersofai.content import prepare_edit
from engineersofai.edits import Choices
from lessons.models import AssetPath, Lesson, SourceFile
from tests.catalog.files import write_catalog
from tests.trees import LESSON, QUIZ, TREE, load, refusal, write_tree

pytestmark = pytest.mark.django_db

PAGE = "course/01-first/01-numbers.md"
EDITED = LESSON.replace("eight bits", "8 bits")
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'></svg>"

BOOK = {
    "SUMMARY.md": "# Summary\n\n- [Counting](counting.md)\n- [Letters](letters.md)\n",
    "counting.md": "# Counting\n\nOne, two.\n\n{{#quiz counting.toml}}\n",
    "counting.toml": """[[questions]]
type = "TrueFalse"
prompt.prompt = "Two follows one."
answer.answer = true
context = "It does."
""",
    "letters.md": "# Letters\n\n![An A](img/a.svg)\n\nA, b.\n",
    "img/a.svg": DRAWING,
}
FOLDERS = {
    "intro.md": "---\nsidebar_position: 1\n---\n\n# Intro\n\nWelcome.\n",
    "basics/_category_.json": '{"label": "The basics", "position": 2}',
    "basics/first.md": "---\nsidebar_position: 2\n---\n\n# First\n\nA start.\n",
    "basics/second.mdx": "import Note from './_note.mdx'\n\n# Second\n\n<Note />\n",
    "basics/_note.mdx": "A note.\n",
}


def dump(folder: Path, *options: str) -> str:
    out = StringIO()
    call_command("dumplessons", str(folder), *options, stdout=out, stderr=out, no_color=True)
    return out.getvalue()


def is_unchanged(report: str) -> bool:
    return re.search(r": 0 changes", report) is not None


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edit(path: str, text: str) -> None:
    write(prepare_edit(path, text), Choices())


def test_a_dump_loads_again_without_a_change(tmp_path: Path) -> None:
    tree = {**TREE, "course/01-first/02-words.md": "# Words\n\n![A drawing](img/a.svg)\n"}
    load(write_tree(tmp_path / "in", {**tree, "course/01-first/img/a.svg": DRAWING}))

    said = dump(tmp_path / "out")

    assert files_of(tmp_path / "out") == files_of(tmp_path / "in")
    assert f"loadlessons {tmp_path / 'out'}" in said
    assert is_unchanged(load(tmp_path / "out"))


def test_an_edit_made_on_the_site_comes_along_and_is_settled(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    edit(PAGE, EDITED)

    dump(tmp_path, "--force")

    assert (tmp_path / PAGE).read_text() == EDITED
    assert is_unchanged(load(tmp_path))
    assert not SourceFile.objects.get(path=PAGE).is_edited_here


def test_only_what_differs_is_written_and_in_the_form_it_has(tmp_path: Path) -> None:
    """In a working copy, version control then shows the edits and nothing else."""
    write_tree(tmp_path)
    for name in ("01-numbers.md", "02-words.md"):
        page = tmp_path / "course/01-first" / name
        page.write_bytes(b"\xef\xbb\xbf" + page.read_bytes().replace(b"\n", b"\r\n"))
        page.chmod(0o640)
    load(tmp_path)
    edit(PAGE, EDITED)
    before = files_of(tmp_path)

    dump(tmp_path, "--force")

    after = files_of(tmp_path)
    assert {path for path in after if after[path] != before.get(path)} == {PAGE}
    assert after[PAGE] == b"\xef\xbb\xbf" + EDITED.replace("\n", "\r\n").encode()
    assert (tmp_path / PAGE).stat().st_mode & 0o777 == 0o640


def test_the_text_that_ours_kept_comes_to_the_folder(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    edit(PAGE, EDITED)
    (tmp_path / PAGE).write_text(LESSON + "\nMore.\n")
    load(tmp_path, "--ours")

    dump(tmp_path, "--force")

    assert (tmp_path / PAGE).read_text() == EDITED
    assert is_unchanged(load(tmp_path))


@pytest.mark.parametrize("tree", [BOOK, FOLDERS], ids=["book", "folders"])
def test_a_track_of_another_tool_comes_back_as_it_was(tmp_path: Path, tree: Mapping[str, str]) -> None:
    root = write_tree(tmp_path / "notes", tree)
    load(root)
    assert Lesson.objects.count() >= 2

    dump(tmp_path / "whole")
    dump(tmp_path / "elsewhere", "--track", "notes")

    assert is_unchanged(load(tmp_path / "whole"))
    assert is_unchanged(load(tmp_path / "elsewhere", "--track", "notes"))
    assert files_of(tmp_path / "elsewhere") == files_of(root)


def test_a_dump_leaves_the_catalog_alone_when_it_is_loaded(tmp_path: Path) -> None:
    write_catalog(tmp_path / "in")
    load(write_tree(tmp_path / "in"))

    dump(tmp_path / "out")
    said = load(tmp_path / "out")

    assert is_unchanged(said)
    assert not (tmp_path / "out/catalog").exists()
    assert Family.objects.count() == 1


def test_a_catalog_that_does_not_come_along_is_told_with_what_to_do(tmp_path: Path) -> None:
    words = {"course/01-first/02-words.md": "# Words\n\nOf {{ model:heron-1-7b.context }}.\n"}
    write_catalog(tmp_path / "in")
    load(write_tree(tmp_path / "in", {**TREE, **words}))

    assert f"Copy them to {tmp_path / 'out/catalog'} before you load it" in dump(tmp_path / "out")
    assert "The catalog is not written" not in dump(tmp_path / "one", "--track", "course")
    for model in (Checkpoint, Release, Family):
        model.objects.all().delete()
    said = refusal(tmp_path / "out")
    assert f"error: {tmp_path}/out/catalog/:1:1: the site has no catalog, and this folder brings none" in said
    assert "Load the content root that holds the catalog first." in refusal(tmp_path / "out/course")

    shutil.copytree(tmp_path / "in/catalog", tmp_path / "out/catalog")
    load(tmp_path / "out")
    assert "The catalog is not written" not in dump(tmp_path / "out", "--force")


def test_the_shipped_course_comes_back_as_it_was(tmp_path: Path) -> None:
    load(settings.CONTENT_DIR)
    page = SourceFile.objects.filter(path__endswith=".md").exclude(path__contains="index").order_by("path")[0]
    edit(page.path, page.text + "\nOne more line.\n")

    dump(tmp_path / "out")

    assert is_unchanged(load(tmp_path / "out"))
    written = files_of(tmp_path / "out")
    for path, data in written.items():
        if path != page.path:
            assert data == (settings.CONTENT_DIR / path).read_bytes(), path
    assert written.keys() >= set(AssetPath.objects.values_list("path", flat=True))


def test_a_folder_that_holds_anything_is_refused_and_force_deletes_nothing(tmp_path: Path) -> None:
    load(write_tree(tmp_path / "in"))
    other = write_tree(tmp_path / "out", {"notes.md": "# Mine\n"})

    with pytest.raises(CommandError, match="is not empty"):
        dump(other)
    assert files_of(other) == {"notes.md": b"# Mine\n"}

    said = dump(other, "--force")
    assert (other / "notes.md").read_bytes() == b"# Mine\n"
    assert "1 file in the folder is not of the site and stays: notes.md" in said


def test_nothing_is_written_outside_the_folder(tmp_path: Path) -> None:
    load(write_tree(tmp_path / "in"))
    out = tmp_path / "out"
    (tmp_path / "aside").mkdir()
    out.mkdir()
    (out / "course").symlink_to(tmp_path / "aside", target_is_directory=True)

    with pytest.raises(CommandError, match="symbolic link"):
        dump(out, "--force")
    assert files_of(tmp_path / "aside") == {}


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("course/../../numbers.md", "leads out of the folder"),
        ("C:/numbers.md", "leads out of the folder"),
        ("course/C:numbers.md", "leads out of the folder"),
        ("course\\numbers.md", "leads out of the folder"),
        (".git/hooks/pre-commit.md", "a hidden file is no content"),
        ("course/.vscode/tasks.md", "a hidden file is no content"),
    ],
)
def test_a_path_that_no_file_of_content_has_is_refused(tmp_path: Path, path: str, why: str) -> None:
    load(write_tree(tmp_path / "in"))
    before = files_of(tmp_path)
    SourceFile.objects.filter(path=PAGE).update(path=path)

    with pytest.raises(CommandError, match=why):
        dump(tmp_path / "out")

    assert files_of(tmp_path) == before


def test_a_name_that_the_disk_does_not_take_is_told_in_one_line(tmp_path: Path) -> None:
    load(write_tree(tmp_path / "in"))
    SourceFile.objects.filter(path=PAGE).update(path=f"course/{'x' * 300}.md")

    with pytest.raises(CommandError, match="name too long"):
        dump(tmp_path / "out")


def test_a_retired_text_is_not_written(tmp_path: Path) -> None:
    load(write_tree(tmp_path / "in"))
    (tmp_path / "in/course/01-first/02-words.md").unlink()
    load(tmp_path / "in")

    dump(tmp_path / "out")

    assert not (tmp_path / "out/course/01-first/02-words.md").exists()


def test_a_track_that_is_not_there_and_an_empty_site_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no texts"):
        dump(tmp_path / "out")
    load(write_tree(tmp_path / "in"))
    with pytest.raises(CommandError, match="no texts of a track 'other'"):
        dump(tmp_path / "out", "--track", "other")
    assert not (tmp_path / "out").exists()


def test_question_files_come_along(tmp_path: Path) -> None:
    load(write_tree(tmp_path / "in"))

    dump(tmp_path / "out")

    assert (tmp_path / "out/course/01-first/01-numbers.quiz.yml").read_text() == QUIZ
