"""Earlier ids and addresses that a page names: its learners come along, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from lessons.models import Lesson
from tests.lessons.learned import rename
from tests.trees import LESSON, load, write_tree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("alias", ["first/beta", "/first/beta/", "course/first/beta"])
def test_an_alias_is_an_earlier_path_with_the_track_or_without(
    course: Path, client: Client, alias: str
) -> None:
    before = Lesson.objects.get(title="Beta of 01-first").pk
    (course / "course/01-first/beta.md").unlink()
    write_tree(course, {"course/01-first/zeta.md": f"---\naliases: [{alias}]\n---\n\n# Zeta\n\nText.\n"})

    load(course)

    assert Lesson.objects.get(title="Zeta").pk == before
    assert client.get("/learn/course/first/beta/")["Location"] == "/learn/course/first/zeta/"


def test_an_alias_may_be_an_address_that_was_left_before(course: Path) -> None:
    before = Lesson.objects.get(key="numbers").pk
    rename(course, "01-first/01-numbers", "01-first/counting")
    load(course)

    rename(course, "01-first/counting", "01-first/sums")
    page = course / "course/01-first/sums.md"
    page.write_text(LESSON.replace("id: numbers", "aliases: [first/numbers]"))
    load(course)

    assert Lesson.objects.get(title="Numbers").pk == before


def test_an_alias_leads_from_the_address_of_a_page_that_is_gone(course: Path, client: Client) -> None:
    (course / "course/01-first/beta.md").unlink()
    load(course)
    assert client.get("/learn/course/first/beta/").status_code == 410

    page = course / "course/01-first/gamma.md"
    page.write_text(f"---\naliases: [first/beta]\n---\n\n{page.read_text()}")
    load(course)

    assert client.get("/learn/course/first/beta/")["Location"] == "/learn/course/first/gamma/"


@pytest.mark.parametrize("alias", ["first/beta", "numbers", "first"])
def test_an_alias_takes_nothing_from_another_page_and_is_told_so(
    course: Path, client: Client, alias: str
) -> None:
    page = course / "course/01-first/gamma.md"
    page.write_text(f"---\naliases:\n  - {alias}\n---\n\n{page.read_text()}")

    said = load(course)

    assert f"course/01-first/gamma.md:3:5: the alias '{alias}' has no effect" in said.replace("warning: ", "")
    for address in ("first/beta", "first/numbers", "first"):
        assert client.get(f"/learn/course/{address}/").status_code == 200
