"""``SUMMARY.md``, ``book.toml``, ``_toctree.yml``: order, menu titles, grouping; identity stays by file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lessons.files import list_files
from lessons.reader import read_tree
from lessons.source import ContentTree, ModuleSource
from tests.trees import write_tree


def read(root: Path, files: dict[str, str]) -> ContentTree:
    return read_tree(list_files(write_tree(root, files), "book/"), single_track="book")


def modules(tree: ContentTree) -> list[tuple[str, str, list[str]]]:
    """Return title, address below the track and lessons (by address) of every module."""
    return [
        (module.title, _below(module.url_path), [_below(page.url_path) for page in module.lessons])
        for module in tree.tracks[0].modules
    ]


def menu(module: ModuleSource) -> list[tuple[str, str]]:
    return [(page.group, page.label or page.title) for page in module.lessons if not page.unlisted]


def _below(address: str) -> str:
    return address.removeprefix("book").removeprefix("/")


def pages(*names: str) -> dict[str, str]:
    return {name: f"# Title of {name.rpartition('/')[2].partition('.')[0]}\n\ntext\n" for name in names}


class TestSummary:
    """``SUMMARY.md`` as mdBook has it."""

    def test_orders_chapters_and_keeps_identity_and_titles(self, tmp_path: Path) -> None:
        summary = """# Summary

[Preface](preface.md)

- [Begin](begin.md)
    - [Second `code`](deep/02-second.md)
    - [First](deep/01-first.md)
        - [Below first](deep/below.md)
- [Draft chapter]()
- [Alone](alone.md)

---

[Afterword](afterword.md)
"""
        files = pages(
            "preface.md",
            "begin.md",
            "deep/01-first.md",
            "deep/02-second.md",
            "deep/below.md",
            "alone.md",
            "afterword.md",
        )
        tree = read(tmp_path, {"SUMMARY.md": summary, **files})

        assert not tree.problems
        assert modules(tree) == [
            ("Book", "", ["preface", "alone", "afterword"]),
            ("Begin", "begin", ["deep/second", "deep/first", "deep/below"]),
        ]
        begin = tree.tracks[0].modules[1]
        assert begin.index is not None
        assert begin.index.title == "Title of begin"
        assert menu(begin) == [("", "Second code"), ("First", "First"), ("First", "Below first")]
        assert [page.key for page in begin.lessons] == ["deep/second", "deep/first", "deep/below"]
        assert begin.lessons[0].title == "Title of 02-second"
        assert "book/SUMMARY.md" in tree.texts

    def test_makes_a_module_of_each_part(self, tmp_path: Path) -> None:
        summary = """# Book title

- [Zero](zero.md)

# User guide

1. [One](one.md)
   * [Two](two.md)

<!-- # No part

- [Nothing](nothing.md)
-->

# Reference

- [Three](reference/three.md)
- [Four](reference/four.md)

# One

- [Five](five.md)
"""
        names = ("zero", "one", "two", "reference/three", "reference/four", "five")
        tree = read(tmp_path, {"src/SUMMARY.md": summary, **pages(*(f"src/{name}.md" for name in names))})

        assert not tree.problems
        assert modules(tree) == [
            ("Book", "", ["zero"]),
            ("User guide", "user-guide", ["one", "two"]),
            ("Reference", "reference", ["reference/three", "reference/four"]),
            ("One", "one-2", ["five"]),
        ]
        assert menu(tree.tracks[0].modules[1]) == [("One", "One"), ("One", "Two")]

    def test_says_at_its_line_what_it_names_in_vain_or_twice(self, tmp_path: Path) -> None:
        summary = "- [A](chapters/a.md)\n- [B](chapters/bee.md)\n- [A again](./chapters/a.md)\n"
        summary += "- [A too](chapters/a.md#x)\n"
        tree = read(tmp_path, {"SUMMARY.md": summary, **pages("chapters/a.md", "chapters/beee.md", "x/y.md")})

        assert [(each.path, each.line, each.column, each.code) for each in tree.problems] == [
            ("book/SUMMARY.md", 2, 3, "missing-page"),
            ("book/SUMMARY.md", 3, 3, "named-twice"),
            ("book/chapters/beee.md", 1, 1, "left-out"),
            ("book/x/y.md", 1, 1, "left-out"),
        ]
        assert not any(each.is_error for each in tree.problems)
        assert "'chapters/beee.md'" in tree.problems[0].remedy
        assert "line 1" in tree.problems[1].remedy
        assert [(page.path, page.unlisted) for page in tree.pages()] == [
            ("book/chapters/a.md", False),
            ("book/chapters/beee.md", True),
            ("book/x/y.md", True),
        ]

    def test_that_lists_no_page_is_a_page(self, tmp_path: Path) -> None:
        tree = read(tmp_path, {"SUMMARY.md": "# In short\n\n- this\n- that\n", **pages("a.md")})

        assert modules(tree) == [("Book", "", ["a", "summary"])]

    def test_reads_spaces_angle_brackets_and_folders(self, tmp_path: Path) -> None:
        summary = "- [A](<with space.md>)\n- [B](more%20space.md)\n- [C](c/)\n- [D \\[x\\]](d(1).md)\n"
        files = pages("with space.md", "more space.md", "c/README.md", "d(1).md")
        tree = read(tmp_path, {"SUMMARY.md": summary, **files})

        assert not tree.problems
        assert [label for _group, label in menu(tree.tracks[0].modules[0])] == ["A", "B", "C", "D [x]"]

    def test_however_long_or_deep_is_read_at_once(self, tmp_path: Path) -> None:
        deep = "".join(f"{' ' * each}- [x](x.md)\n" for each in range(1900))
        wide = "- " + "[" * 50_000 + "\n" + "- [a](" + "(" * 50_000 + "\n"
        start = time.process_time()

        tree = read(tmp_path, {"SUMMARY.md": deep + wide, **pages("x.md")})

        assert time.process_time() - start < 2
        assert [page.path for page in tree.pages()] == ["book/x.md"]


class TestBook:
    """``book.toml``."""

    def test_names_the_book_and_the_folder_of_its_pages(self, tmp_path: Path) -> None:
        tree = read(
            tmp_path,
            {
                "book.toml": '[book]\ntitle = "A good book"\nsrc = "text"\n',
                "text/SUMMARY.md": "- [A](a.md)\n",
                **pages("text/a.md", "text/README.md", "README.md", "notes/x.md"),
            },
        )

        assert tree.tracks[0].title == "A good book"
        assert [page.path for page in tree.pages()] == ["book/text/README.md", "book/text/a.md"]
        assert [page.url_path for page in tree.pages()] == ["book", "book/a"]
        assert [(each.path, each.code, each.is_error) for each in tree.problems] == [
            ("book/book.toml", "outside-book", False)
        ]
        assert "2 pages outside 'text/'" in tree.problems[0].message

    def test_without_a_summary_names_the_book_only(self, tmp_path: Path) -> None:
        tree = read(tmp_path, {"book.toml": '[book]\ntitle = "T"\n', **pages("m/a.md", "n/b.md")})

        assert not tree.problems
        assert (tree.tracks[0].title, len(tree.tracks[0].modules)) == ("T", 2)

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ('[book]\ntitle = "T\n', "2:11"),
            ("[book\n", "1:6"),
            ("[book]\nsrc = ", "2:1"),
            ("a = " + "[" * 50_000, "1:1"),
        ],
    )
    def test_that_is_broken_is_a_warning_at_its_line(self, tmp_path: Path, text: str, place: str) -> None:
        tree = read(tmp_path, {"book.toml": text, **pages("m/a.md")})

        assert [problem.is_error for problem in tree.problems] == [False]
        assert str(tree.problems[0]).startswith(f"book/book.toml:{place}: broken TOML")

    @pytest.mark.parametrize(
        "text", ["", "book = 3\n", "[book]\ntitle = 3\nsrc = [1]\n", '[book]\nsrc = "../.."\n']
    )
    def test_that_says_something_else_is_passed_over(self, tmp_path: Path, text: str) -> None:
        tree = read(tmp_path, {"book.toml": text, **pages("m/a.md")})

        assert not tree.problems
        assert tree.tracks[0].title == "Book"


class TestToctree:
    """``_toctree.yml`` as Hugging Face's doc-builder has it."""

    def test_makes_modules_of_sections_and_keeps_addresses_by_file(self, tmp_path: Path) -> None:
        toctree = """- title: 0. Setup
  sections:
  - local: chapter0/1
    title: Introduction

- title: 1. Models
  isExpanded: true
  sections:
  - local: chapter1/1
    title: Begin
  - local: chapter1/10
    title: End
    quiz: 1
  - title: In depth
    sections:
    - local: chapter1/2
      title: Two

- title: Events
  sections:
  - local: events/1
    title: First event
"""
        names = ("chapter0/1", "chapter1/1", "chapter1/2", "chapter1/10", "chapter1/2_tf", "events/1")
        tree = read(tmp_path, {"_toctree.yml": toctree, **pages(*(f"{name}.mdx" for name in names))})

        assert modules(tree) == [
            ("0. Setup", "chapter0", ["chapter0/1"]),
            ("1. Models", "chapter1", ["chapter1/1", "chapter1/10", "chapter1/2", "chapter1/tf"]),
            ("Events", "events", ["events/1"]),
        ]
        assert [module.key for module in tree.tracks[0].modules] == ["chapter0", "chapter1", "events"]
        assert menu(tree.tracks[0].modules[1]) == [("", "Begin"), ("", "End"), ("In depth", "Two")]
        assert [(each.path, each.code) for each in tree.problems] == [("book/chapter1/2_tf.mdx", "left-out")]

    def test_reads_leaves_mixed_folders_and_sections_with_a_page(self, tmp_path: Path) -> None:
        toctree = """- local: index
  title: Home
- sections:
  - {local: guides/a, title: A}
  - {local: b, title: B}
  title: Guides
- local: api/index
  title: API
  sections:
  - {local: api/c, title: C}
"""
        names = ("index.md", "guides/a.md", "b.md", "api/index.md", "api/c.md")
        tree = read(tmp_path, {"_toctree.yml": toctree, **pages(*names)})

        assert not tree.problems
        assert modules(tree) == [
            ("Book", "", []),
            ("Guides", "guides", ["guides/a", "b"]),
            ("API", "api", ["api/c"]),
        ]
        assert [bool(module.index) for module in tree.tracks[0].modules] == [True, False, True]

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("- title: [a]\n  local: m/a\n", "1:10"),
            ("- just text\n", "1:3"),
            ("title: A\n", "1:1"),
            ("- title: A\n  sections: x\n", "2:13"),
            ("- local: m/a\n  title: 'open\n", "2:10"),
        ],
    )
    def test_is_refused_at_the_place_of_a_mistake(self, tmp_path: Path, text: str, place: str) -> None:
        tree = read(tmp_path, {"_toctree.yml": text, **pages("m/a.md")})

        assert [problem.is_error for problem in tree.problems] == [True]
        assert str(tree.problems[0]).startswith(f"book/_toctree.yml:{place}: ")

    def test_too_large_or_too_wrong_to_be_one_is_told_soon(self, tmp_path: Path) -> None:
        def told(text: str) -> list[str]:
            return [each.code for each in read(tmp_path, {"_toctree.yml": text, **pages("m/a.md")}).problems]

        assert told("- {local: m/a}\n" + " " * (512 * 1024 - 15)) == []
        assert told("- {local: m/a}\n" + " " * (512 * 1024 - 14)) == ["too-large"]
        assert told("- x\n" * 1000) == ["outline"] * 100

    def test_suggests_the_page_that_was_meant(self, tmp_path: Path) -> None:
        toctree = "- title: M\n  sections:\n  - local: m/frist\n    title: F\n  - local: m/b\n    title: B\n"
        tree = read(tmp_path, {"_toctree.yml": toctree, **pages("m/first.mdx", "m/b.mdx")})

        missing = next(each for each in tree.problems if each.code == "missing-page")
        assert (missing.line, missing.column) == (3, 12)
        assert "'m/first'" in missing.remedy


def test_a_left_out_page_lies_in_the_module_nearest_to_it(tmp_path: Path) -> None:
    summary = "# S\n\n# One\n\n- [A](x/a.md)\n\n# Two\n\n- [B](y/b.md)\n- [C](y/deep/c.md)\n"
    tree = read(
        tmp_path,
        {
            "SUMMARY.md": summary,
            **pages("x/a.md", "y/b.md", "y/deep/c.md", "y/deep/d.md", "y/far/e.md", "z.md"),
        },
    )

    assert modules(tree) == [
        ("One", "x", ["x/a", "z"]),
        ("Two", "y", ["y/b", "y/deep/c", "y/deep/d", "y/far/e"]),
    ]
