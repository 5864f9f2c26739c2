"""How files become tracks, modules and lessons: order, titles, addresses, ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.files import list_files
from lessons.ordering import prettify, slugify_part, split_prefix
from lessons.reader import read_tree
from lessons.source import ContentTree
from tests.trees import write_tree


def read(root: Path, files: dict[str, str]) -> ContentTree:
    return read_tree(list_files(write_tree(root, files), "docs/"), single_track="docs")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("01-intro", (1, "intro")),
        ("3_mixtral", (3, "mixtral")),
        ("10. routing", (10, "routing")),
        ("2021-11-notes", (None, "2021-11-notes")),
        ("7.0-foo", (None, "7.0-foo")),
        ("01-02-intro", (None, "01-02-intro")),
        ("intro", (None, "intro")),
        ("01", (None, "01")),
    ],
)
def test_a_numeric_prefix_gives_the_order_and_nothing_else(
    name: str, expected: tuple[int | None, str]
) -> None:
    assert split_prefix(name) == expected


def test_names_become_addresses_and_titles() -> None:
    assert slugify_part("Größe & Maß") == "größe-maß"
    assert slugify_part("llama-3.1") == "llama-3.1"
    assert prettify("moe-routing_basics") == "Moe routing basics"


def test_positions_come_first_then_prefixes_then_names(tmp_path: Path) -> None:
    tree = read(
        tmp_path,
        {
            "m/zeta.md": "# Zeta",
            "m/02-two.md": "# Two",
            "m/01-one.md": "# One",
            "m/alpha.md": "# Alpha",
            "m/first.md": "---\nsidebar_position: -1\n---\n# First",
            "m/half.md": "---\nsidebar_position: 1.5\n---\n# Half",
        },
    )

    assert [page.title for page in tree.tracks[0].modules[0].lessons] == [
        "First",
        "One",
        "Half",
        "Two",
        "Alpha",
        "Zeta",
    ]


def test_titles_come_from_front_matter_then_headings_then_names(tmp_path: Path) -> None:
    tree = read(
        tmp_path,
        {
            "m/1-a.md": "---\ntitle: Given\n---\n# Heading",
            "m/2-b.md": "```\n# no heading\n```\n\n## Second\n\n# First `code`",
            "m/3-c.md": "text\n\n## Only second",
            "m/4-some-words.md": "text",
        },
    )

    assert [page.title for page in tree.tracks[0].modules[0].lessons] == [
        "Given",
        "First code",
        "Only second",
        "Some words",
    ]


def test_prefixes_leave_the_address_and_the_id(tmp_path: Path) -> None:
    tree = read(tmp_path, {"01-Basics/02-deep/03-Page One.md": "# Page", "01-Basics/04-more/x.md": "# X"})

    page = tree.tracks[0].modules[0].lessons[0]
    assert page.url_path == "docs/basics/deep/page-one"
    assert page.key == "Basics/deep/Page One"
    assert page.group == "Deep"


@pytest.mark.parametrize(
    ("slug", "address"),
    [
        ("/elsewhere", "docs/elsewhere"),
        ("/far/away/", "docs/far/away"),
        ("other", "docs/m/deep/other"),
        ("other/place", "docs/m/deep/other/place"),
        ("./here", "docs/m/deep/here"),
        ("../up", "docs/m/up"),
        ("../../../../top", "docs/top"),
    ],
)
def test_a_slug_replaces_the_path_or_its_last_part(tmp_path: Path, slug: str, address: str) -> None:
    files = {"1-m/2-deep/3-page.md": f"---\nslug: {slug}\n---\n# Page", "1-m/4-other/y.md": "# Y"}
    tree = read(tmp_path, files)

    assert tree.tracks[0].modules[0].lessons[0].url_path == address


def test_the_relative_slug_of_an_index_page_lies_in_its_folder(tmp_path: Path) -> None:
    """``m/index.md`` lies in ``m`` as every other page of it does."""
    tree = read(tmp_path, {"m/index.md": "---\nslug: start\n---\n# M", "m/x.md": "# X"})

    assert tree.tracks[0].modules[0].url_path == "docs/m/start"
    assert "docs/m" in tree.tracks[0].modules[0].redirects


@pytest.mark.parametrize("slug", ["/", "..", "../..", "/."])
def test_no_lesson_takes_the_address_of_the_course(tmp_path: Path, slug: str) -> None:
    tree = read(tmp_path, {"m/page.md": f"---\ntitle: Page\nslug: {slug}\n---\n"})

    assert tree.tracks[0].modules[0].lessons[0].url_path == "docs/m/page"
    assert [(problem.code, problem.line, str(problem.severity)) for problem in tree.problems] == [
        ("slug", 3, "warning")
    ]
    assert "/learn/docs/m/page/" in tree.problems[0].remedy


def test_the_page_at_the_top_stands_on_the_page_of_the_course(tmp_path: Path) -> None:
    tree = read(tmp_path, {"README.md": "---\nslug: /\n---\n# Welcome", "m/x.md": "# X"})

    assert not tree.problems
    assert [(module.url_path, module.title) for module in tree.tracks[0].modules] == [
        ("docs", "Welcome"),
        ("docs/m", "M"),
    ]
    assert tree.tracks[0].modules[0].index is not None


def test_index_readme_or_a_file_named_as_its_folder_is_the_module_page(tmp_path: Path) -> None:
    tree = read(
        tmp_path,
        {
            "1-a/index.md": "# A",
            "1-a/x.md": "# X",
            "2-b/README.md": "# B",
            "2-b/x.md": "# X",
            "3-c/c.md": "# C",
            "3-c/x.md": "# X",
        },
    )

    assert [module.index.title for module in tree.tracks[0].modules if module.index] == ["A", "B", "C"]
    assert [len(module.lessons) for module in tree.tracks[0].modules] == [1, 1, 1]


def test_unknown_keys_are_kept_and_misspelled_ones_are_errors(tmp_path: Path) -> None:
    tree = read(tmp_path, {"m/a.md": "---\nlayout: wide\nsidebar_positon: 2\n---\n# A"})

    found = {(problem.line, problem.code, str(problem.severity)) for problem in tree.problems}
    assert found == {(2, "unknown-key", "warning"), (3, "unknown-key", "error")}
    assert any("sidebar_position" in problem.remedy for problem in tree.problems)
