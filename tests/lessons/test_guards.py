"""What keeps a content tree safe to read: front matter, bytes, names, links, devices."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from catalog.problems import ContentError
from lessons.files import MAX_ASSET_BYTES, list_files
from lessons.frontmatter import read_front_matter
from lessons.reader import read_tree
from lessons.source import ContentTree
from tests.trees import write_tree

PAGE = "# A\n\ntext\n"


def read(root: Path, files: dict[str, str | bytes]) -> ContentTree:
    return read_tree(list_files(write_tree(root, files), "docs/"), single_track="docs")


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule first.\n",
        "---\n\nA rule first.\n\n---\n\nAnd one more.\n",
        "---\njust text\n---\n\nmore\n",
        "---\n\nA rule, and then\n\n...\n\nan ellipsis.\n",
        "text\n\n---\na: b\n---\n",
        "\n---\ntitle: after a blank line\n---\n",
        "----\ntitle: a longer rule\n----\n",
        " ---\ntitle: indented\n---\n",
    ],
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    matter = read_front_matter(text, "m/page.md")

    assert (matter.body, matter.first_line, matter.problems) == (text, 1, ())
    assert matter.meta.title is None


@pytest.mark.parametrize("end", ["", "\n\nText.\n", "\n----\n"])
def test_front_matter_that_nothing_closes_is_text_and_the_author_is_told(end: str) -> None:
    text = f"---\ntitle: A{end}"

    matter = read_front_matter(text, "m/page.md")

    assert (matter.body, matter.meta.title) == (text, None)
    assert [(each.line, str(each.severity)) for each in matter.problems] == [(1, "warning")]


@pytest.mark.parametrize("rest", ["# Text\n", "# Text\n\n---\n\nBelow a rule.\n"])
def test_front_matter_that_ends_with_dots_is_refused_at_them(rest: str) -> None:
    """Read as YAML alone, the text up to the next rule would be a comment and lost."""
    matter = read_front_matter(f"---\ntitle: A\n...\n\n{rest}", "m/page.md")

    assert [(each.line, each.is_error) for each in matter.problems] == [(3, True)]
    assert matter.body.endswith(rest)


@pytest.mark.parametrize(
    ("block", "code", "line"),
    [
        ("title: &a A", "anchor", 2),
        ("title: A\nslug: *a", "alias", 3),
        ("title: A\ntitle: B", "duplicate-key", 3),
        ("title: !!python/object:os.system A", "tag", 2),
        ("<<: {title: A}", "merge-key", 2),
        ("tags: " + "[" * 9 + "]" * 9, "too-deep", 2),
        ("title: [A", "broken-yaml", 2),
        ('title: "\\ud800"', "broken-yaml surrogate", 2),
        ("minutes: many", "wrong-type", 2),
        ("title: 2026", "wrong-type", 2),
    ],
)
def test_what_front_matter_may_not_hold_is_refused_at_its_line(block: str, code: str, line: int) -> None:
    matter = read_front_matter(f"---\n{block}\n---\ntext\n", "m/page.md")

    errors = [each for each in matter.problems if each.is_error]
    assert [each.line for each in errors] == [line]
    assert errors[0].code in code.split()  # the two YAML parsers name one fault differently
    assert matter.body == "text\n"


def test_front_matter_has_room_for_16_kib() -> None:
    block = f"title: A\ndescription: {'x' * (16 * 1024 - 22)}"

    def codes(text: str) -> list[str]:
        return [problem.code for problem in read_front_matter(f"---\n{text}\n---\n", "a.md").problems]

    assert len(block) == 16 * 1024
    assert codes(block) == []
    assert codes(block + "x") == ["front-matter"]
    assert codes(block[:-1] + "é") == ["front-matter"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf# A\n\ntext\n",
        b"# A\r\n\r\ntext\r\n",
        b"# A\r\rtext\r",
        PAGE.encode("utf-16"),
        b"\xfe\xff" + PAGE.encode("utf-16-be"),
    ],
    ids=["byte order mark", "CRLF", "CR", "UTF-16", "UTF-16 big-endian"],
)
def test_byte_order_marks_and_line_ends_make_no_difference(tmp_path: Path, data: bytes) -> None:
    tree = read(tmp_path, {"m/a.md": data})

    assert not tree.problems
    assert tree.texts["docs/m/a.md"] == PAGE


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"# A\n\ncaf\xe9\n", "docs/m/a.md:3:4"),
        (b"# A\r\n\r\nnul \x00 here\r\n", "docs/m/a.md:3:5"),
        (b"# A\rone\rtwo \xff\r", "docs/m/a.md:3:5"),
        (b"\xff\xfe#\x00 \x00\x00\xd8", "docs/m/a.md:1:3"),
    ],
    ids=["8-bit", "NUL", "after CR", "half of a pair in UTF-16"],
)
def test_what_is_no_text_is_refused_at_its_place(tmp_path: Path, data: bytes, place: str) -> None:
    tree = read(tmp_path, {"m/a.md": data, "m/b.md": "# B\n"})

    assert [str(problem).startswith(place + ":") for problem in tree.problems if problem.is_error] == [True]
    assert [page.title for page in tree.pages()] == ["B"]


def test_links_fifos_and_loops_are_skipped_with_a_warning(tmp_path: Path) -> None:
    outside = write_tree(tmp_path / "outside", {"secret.md": "# Secret\n"})
    root = write_tree(tmp_path / "docs", {"m/a.md": PAGE})
    (root / "m/link.md").symlink_to(outside / "secret.md")
    (root / "m/loop").symlink_to(root)
    (root / "away").symlink_to(outside)
    os.mkfifo(root / "m/pipe.md")

    files = list_files(root)

    assert files.paths == ["m/a.md"]
    assert [(each.path, each.code, each.is_error) for each in files.problems] == [
        (path, "skipped", False) for path in ("away", "m/link.md", "m/loop", "m/pipe.md")
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_skipped_with_a_warning(tmp_path: Path) -> None:
    write_tree(tmp_path, {"m/a.md": PAGE})
    try:
        os.mknod(tmp_path / "m/null.md", 0o020666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("devices cannot be made here")

    files = list_files(tmp_path)

    assert files.paths == ["m/a.md"]
    assert [each.path for each in files.problems] == ["m/null.md"]


def test_hidden_partial_and_foreign_names_are_not_listed(tmp_path: Path) -> None:
    kept = {"m/a.md": PAGE, "m/_category_.json": "{}", "_toctree.yml": "", "m/a.quiz.toml": ""}
    left = {".git/c.md": PAGE, "_drafts/b.md": PAGE, "m/_partial.md": PAGE, "node_modules/x/README.md": PAGE}

    files = list_files(write_tree(tmp_path, {**kept, **left}))

    assert files.paths == sorted(kept)
    assert not files.problems


def test_names_that_are_no_text_are_skipped_with_a_warning(tmp_path: Path) -> None:
    write_tree(tmp_path, {"m/a.md": PAGE, "m/line\nbreak.md": PAGE})
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/m/caf\xe9.md"))).write_text(PAGE)

    files = list_files(tmp_path)

    assert files.paths == ["m/a.md"]
    assert [each.code for each in files.problems] == ["skipped", "skipped"]
    assert all("\n" not in str(each) and str(each).isascii() for each in files.problems)


def test_folders_nested_too_deep_and_paths_too_long_are_skipped(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {"m/a.md": PAGE, "/".join(["d"] * 22) + "/x.md": PAGE, f"{'n' * 250}/{'m' * 250}/x.md": PAGE},
    )

    files = list_files(tmp_path)

    assert files.paths == ["m/a.md"]
    assert [each.path[-5:] for each in files.problems] == ["/d/d/", "mmmmm"]


def test_a_file_that_vanishes_or_turns_into_a_link_after_listing_is_a_problem(tmp_path: Path) -> None:
    outside = write_tree(tmp_path / "outside", {"secret.md": "# Secret\n"})
    root = write_tree(
        tmp_path / "docs", dict.fromkeys(("m/a.md", "m/b.md", "m/c.md", "m/d.md", "m/e.md"), PAGE)
    )
    files = list_files(root, "docs/")
    for name in ("a", "b", "c", "d"):
        (root / f"m/{name}.md").unlink()
    (root / "m/b.md").symlink_to(outside / "secret.md")
    os.mkfifo(root / "m/c.md")
    (root / "m/d.md").mkdir()

    tree = read_tree(files, single_track="docs")

    assert [(each.path, each.code) for each in tree.problems] == [
        ("docs/m/a.md", "unreadable"),
        ("docs/m/b.md", "not-a-file"),
        ("docs/m/c.md", "not-a-file"),
        ("docs/m/d.md", "not-a-file"),
    ]
    assert [page.path for page in tree.pages()] == ["docs/m/e.md"]


def test_a_folder_that_cannot_be_read_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, {"m/a.md": PAGE, "n/b.md": PAGE})
    scandir = os.scandir

    def refuse(folder: str) -> object:
        if folder.endswith("/n"):
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    files = list_files(tmp_path)

    assert files.paths == ["m/a.md"]
    assert [each.path for each in files.problems] == ["n/"]


def test_no_more_of_an_asset_is_read_than_may_be(tmp_path: Path) -> None:
    write_tree(tmp_path, {"m/fits.png": b"x" * MAX_ASSET_BYTES, "m/large.png": b"x" * (MAX_ASSET_BYTES + 1)})
    files = list_files(tmp_path)

    assert len(files.data("m/fits.png")) == MAX_ASSET_BYTES
    with pytest.raises(ContentError, match=r"m/large\.png:1:1: larger than 4096 KiB"):
        files.data("m/large.png")
