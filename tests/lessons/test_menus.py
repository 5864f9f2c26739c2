"""Menus and lists: labels and groups as the author's outline gives them, titles on pages, one number each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from lessons.ordering import has_own_number
from tests.trees import load, write_tree

BOOK = {
    "SUMMARY.md": """# Summary

# Basics

- [Bits](bits.md)
- [Numbers]()
  - [Whole](whole.md)
  - [Broken](broken.md)
- [End](end.md)
""",
    "bits.md": "# All about bits\n\nText.\n",
    "whole.md": "# Whole numbers\n\nText.\n",
    "broken.md": "# Broken numbers\n\nText.\n",
    "end.md": "# 4. The end\n\nText.\n",
}


def found(pattern: str, html: str) -> str:
    match = re.search(pattern, html, re.DOTALL)
    assert match is not None
    return match[0]


@pytest.fixture
def book(tmp_path: Path, db: None) -> Client:
    """A browser, and the book loaded as a course."""
    load(write_tree(tmp_path / "book", BOOK))
    return Client()


def words_of(html: str, tag: str) -> list[str]:
    inner = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in inner]


def main_of(client: Client, url: str) -> str:
    html = client.get(url).content.decode()
    return found(r"<main.*?</main>", html)


def test_the_page_of_a_course_shows_labels_in_their_groups(book: Client) -> None:
    items = words_of(main_of(book, "/learn/book/"), "li")

    html = main_of(book, "/learn/book/")
    assert 'class="tree__gap"' in html.partition("Broken")[2]  # what follows a group and is no part of it
    assert items[1:] == ["1 Bits 1 min", "Numbers", "2 Whole 1 min", "3 Broken 1 min", "4 End 1 min"]


def test_the_page_of_a_module_shows_labels_in_their_groups(book: Client) -> None:
    html = main_of(book, "/learn/book/basics/")

    bodies = [words_of(body, "th") for body in re.findall(r"<tbody>.*?</tbody>", html, re.DOTALL)]
    assert bodies == [["Bits"], ["Numbers", "Whole", "Broken"], ["End"]]
    assert 'scope="rowgroup"' in html


def test_a_page_has_its_title_and_its_neighbors_their_labels(book: Client) -> None:
    html = main_of(book, "/learn/book/whole/")

    assert words_of(html, "h1") == ["Whole numbers"]
    around = found(r'<nav class="next".*?</nav>', html)
    assert words_of(around, "b") == ["Bits", "Broken"]


def test_a_title_with_a_number_of_its_own_gets_no_second_one(tmp_path: Path, db: None) -> None:
    tree = {
        "01-m/01-one.md": "# 1.1 Bits\n",
        "01-m/02-two.md": "# 2. Bytes\n",
        "01-m/03-three.md": "# Words\n",
    }
    load(write_tree(tmp_path / "c", tree))

    course, page = main_of(Client(), "/learn/c/"), Client().get("/learn/c/m/three/").content.decode()

    assert words_of(course, "li")[1:] == ["1.1 Bits 1 min", "2. Bytes 1 min", "3 Words 1 min"]
    tree_of = found(r'<ol class="tree__list">.*?</ol>', page)
    assert [each.split(" ,")[0] for each in words_of(tree_of, "a")] == ["1.1 Bits", "2. Bytes", "3. Words"]


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        ("3. Agents", 2, True),
        ("1.2 Chunks", 5, True),
        ("3) Agents", 2, True),
        ("3 agents", 3, True),
        ("3 agents", 2, False),
        ("3.5", 3, False),
        ("2024-11 notes", 1, False),
        ("Agents", 1, False),
    ],
)
def test_what_a_number_of_its_own_is(title: str, number: int, expected: bool) -> None:
    assert has_own_number(title, number) is expected
