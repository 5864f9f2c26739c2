"""Courses written for other tools, loaded as they are, as a learner meets them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from django.test import Client

from lessons.models import Lesson, Module
from tests.trees import load, write_tree

pytestmark = pytest.mark.django_db


def titles(module: str) -> list[str]:
    return [entry["label"] for entry in Module.objects.get(path=module).menu]


def test_a_repository_of_numbered_markdown_loads_with_its_readmes(tmp_path: Path, client: Client) -> None:
    """Lessons lie in ``lessons``, a readme beside each, notes and homework wherever they fell."""
    root = write_tree(
        tmp_path / "zoo",
        {
            "README.md": "# The zoo\n\nWelcome to it. Begin with [cats](01-cats/).\n",
            "project.md": "# Project\n",
            "01-cats/README.md": "# Module 1: Cats\n\nStart with [lions](lessons/01-lions.md).\n",
            "01-cats/lessons/01-lions.md": "# Lions\n\n"
            "See [tigers](02-tigers.md), [dogs](../../02-dogs/README.md).\n",
            "01-cats/lessons/02-tigers.md": "# Tigers\n",
            "01-cats/code/run.py": "print()\n",
            "02-dogs/README.md": "# Module 2: Dogs\n",
            "02-dogs/summary.md": "# Summary\n",
            "02-dogs/lessons/01-wolves.md": "# Wolves\n",
            "cohorts/2026/homework.md": "# Homework\n",
            "cohorts/2026/homework/README.md": "# About homework\n",
        },
    )

    said = load(root)

    assert "warning" not in said
    assert titles("zoo/cats") == ["Lions", "Tigers"]
    assert titles("zoo/dogs") == ["Wolves", "Summary"]
    lions = client.get("/learn/zoo/cats/lions/").content.decode()
    assert 'href="/learn/zoo/cats/tigers/"' in lions
    assert 'href="/learn/zoo/dogs/"' in lions
    assert 'href="/learn/zoo/cats/lions/"' in client.get("/learn/zoo/cats/").content.decode()
    course = client.get("/learn/zoo/").content.decode()
    assert "Welcome to it." in course
    assert 'href="/learn/zoo/cats/"' in course
    assert "0 changes" in load(root)


def test_the_address_of_a_group_leads_to_its_first_page(tmp_path: Path, client: Client) -> None:
    files = {"m/own.md": "# Own\n", "m/g/1-x.md": "# X\n", "m/g/2-y.md": "# Y\n", "m/h/z.md": "# Z\n"}
    load(write_tree(tmp_path / "course", files))

    answer = client.get("/learn/course/m/g/")

    assert (answer.status_code, answer["Location"]) == (301, "/learn/course/m/g/x/")


def test_names_of_any_kind_have_addresses_and_links_that_work(tmp_path: Path, client: Client) -> None:
    names = ["with some spaces", "what? why#no", "50% off", "🎉", "Füße", "x" * 200]
    links = "".join(f"[{index}]({quote(name)}.md)\n\n" for index, name in enumerate(names))
    files = {f"m/{name}.md": "text\n" for name in names}

    said = load(write_tree(tmp_path / "course", {**files, "m/links.md": f"# Links\n\n{links}"}))

    assert "broken link" not in said
    page = client.get("/learn/course/m/links/").content.decode()
    for lesson in Lesson.objects.exclude(title="Links"):
        assert f'href="/learn/{lesson.path}/"' in unquote(page)
        assert client.get(lesson.get_absolute_url()).status_code == 200
    assert Lesson.objects.count() == len(names) + 1


def test_a_book_follows_its_summary_and_hides_what_that_leaves_out(tmp_path: Path, client: Client) -> None:
    root = write_tree(
        tmp_path / "book",
        {
            "book.toml": '[book]\ntitle = "Rows and columns"\n',
            "src/SUMMARY.md": "- [Rows](rows.md)\n  - [Wide rows](wide.md)\n- [Columns](columns.md)\n",
            "src/rows.md": "# All about rows\n",
            "src/wide.md": "# Rows that are wide\n",
            "src/columns.md": "# Columns\n",
            "src/notes.md": "# Notes\n",
        },
    )

    said = load(root)

    assert "src/notes.md:1:1: SUMMARY.md does not name this page" in said
    assert titles("book/rows") == ["Wide rows"]
    assert Lesson.objects.get(path="book/wide").title == "Rows that are wide"
    assert Module.objects.get(path="book/rows").title == "Rows"
    assert client.get("/learn/book/notes/").status_code == 200
    assert "/learn/book/notes/" not in client.get("/learn/book/").content.decode()
    assert "0 changes" in load(root)


def test_a_lesson_keeps_its_row_when_an_outline_comes_and_goes(tmp_path: Path) -> None:
    root = write_tree(tmp_path / "course", {f"m/{name}.md": f"# {name}\n" for name in "abcdef"})
    load(root)
    rows = set(Lesson.objects.values_list("pk", "key", "path"))

    toctree = "- title: Backwards\n  sections:\n" + "".join(f"  - local: m/{name}\n" for name in "fedcba")
    write_tree(root, {"_toctree.yml": toctree})
    load(root)
    assert titles("course/m") == list("fedcba")
    assert Module.objects.get(path="course/m").title == "Backwards"

    (root / "_toctree.yml").unlink()
    load(root)
    assert titles("course/m") == list("abcdef")
    assert set(Lesson.objects.values_list("pk", "key", "path")) == rows
    assert not Lesson.objects.exclude(retired_at=None).exists()
