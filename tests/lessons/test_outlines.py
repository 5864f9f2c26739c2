"""``SUMMARY.md`` and ``book.toml``: order, menu titles, grouping; identity stays by file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.lessons.outlines import menu, modules, pages, read


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
