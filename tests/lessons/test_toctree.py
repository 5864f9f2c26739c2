"""``_toctree.yml``: order, menu titles, grouping; identity stays by file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lessons.outlines import menu, modules, pages, read


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
