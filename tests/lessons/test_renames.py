"""A page whose file was renamed or moved, and that says nothing of it, is known by its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from lessons.models import Lesson, Module
from tests.lessons.learned import loaded, records, rename
from tests.trees import LESSON, QUIZ, load, refusal, write_tree

pytestmark = pytest.mark.django_db

WITHOUT_ID = LESSON.replace("id: numbers\n", "")
BETA = "course/01-first/beta.md"


def page_of(title: str) -> Lesson:
    return Lesson.objects.get(title=title, retired_at=None)


@pytest.fixture
def plain(course: Path) -> Path:
    """Return the course that was learned from; its lesson has no id any more."""
    (course / "course/01-first/01-numbers.md").write_text(WITHOUT_ID)
    load(course)
    return course


@pytest.mark.parametrize("new", ["01-first/counting", "02-second/01-counting", "03-third/deep/numbers"])
def test_learners_come_along_and_the_old_address_redirects(plain: Path, client: Client, new: str) -> None:
    before = records()
    (plain / f"course/{new}").parent.mkdir(parents=True, exist_ok=True)
    rename(plain, "01-first/01-numbers", new)

    changes, counts, _pages = loaded(plain)

    lesson = page_of("Numbers")
    assert (changes, "retired" in counts["lesson"], "created" in counts["lesson"]) == (1, False, False)
    assert records() == before
    response = client.get("/learn/course/first/numbers/")
    assert (response.status_code, response["Location"]) == (301, f"/learn/{lesson.path}/")
    assert loaded(plain)[0] == 0


def test_other_front_matter_is_the_same_text(plain: Path) -> None:
    before = page_of("Numbers").pk
    rename(plain, "01-first/01-numbers", "02-second/sums")
    page = plain / "course/02-second/sums.md"
    page.write_text(WITHOUT_ID.replace("title: Numbers", "title: Sums\nsidebar_position: 7"))

    assert loaded(plain)[0] == 1

    assert page_of("Sums").pk == before


def test_a_folder_with_another_name_keeps_its_pages_and_its_address(plain: Path, client: Client) -> None:
    before = records(), set(Lesson.objects.values_list("pk", "title", "retired_at"))
    module = Module.objects.get(key="first").pk
    (plain / "course/01-first").rename(plain / "course/01-beginnings")

    _changes, counts, _pages = loaded(plain)

    assert "retired" not in counts["lesson"]
    assert "retired" not in counts["module"]
    assert (records(), set(Lesson.objects.values_list("pk", "title", "retired_at"))) == before
    assert Module.objects.get(key="beginnings").pk == module
    assert client.get("/learn/course/first/")["Location"] == "/learn/course/beginnings/"
    assert client.get("/learn/course/first/beta/")["Location"] == "/learn/course/beginnings/beta/"
    assert loaded(plain)[0] == 0


def test_a_module_split_in_two_is_neither_of_them(plain: Path) -> None:
    for name in ("alpha", "beta"):
        rename(plain, f"02-second/{name}", f"03-third/{name}")
    for name in ("gamma", "delta", "epsilon"):
        rename(plain, f"02-second/{name}", f"04-fourth/{name}")

    _changes, counts, _pages = loaded(plain)

    assert counts["module"] == {"created": 2, "retired": 1}
    assert "retired" not in counts["lesson"]


def test_the_report_names_both_addresses(plain: Path) -> None:
    rename(plain, "01-first/beta", "01-first/better")

    said = load(plain)

    assert (
        "  moved: Beta of 01-first, from /learn/course/first/beta/ to /learn/course/first/better/\n" in said
    )
    assert "retired" not in said


def test_of_two_with_one_text_none_is_taken_for_the_other(plain: Path) -> None:
    write_tree(plain, {BETA: "# Same\n\nSame.\n", "course/01-first/gamma.md": "# Same\n\nSame.\n"})
    load(plain)
    rename(plain, "01-first/beta", "01-first/better")
    rename(plain, "01-first/gamma", "01-first/gammer")

    _changes, counts, _pages = loaded(plain)

    assert (counts["lesson"]["created"], counts["lesson"]["retired"]) == (2, 2)


def test_a_page_without_words_is_not_known_by_them(plain: Path) -> None:
    (plain / BETA).write_text("---\ntitle: Stub\n---\n")
    load(plain)
    rename(plain, "01-first/beta", "01-first/better")

    _changes, counts, _pages = loaded(plain)

    assert (counts["lesson"]["created"], counts["lesson"]["retired"]) == (1, 1)


def test_a_page_with_an_id_says_itself_who_it_is(plain: Path) -> None:
    before = page_of("Beta of 01-first").pk
    text = (plain / BETA).read_text()
    (plain / BETA).unlink()
    write_tree(plain, {"course/01-first/better.md": f"---\nid: better\n---\n{text}"})

    load(plain)

    assert page_of("Beta of 01-first").pk != before


def test_a_page_renamed_and_edited_is_told_with_what_brings_its_learners_along(
    plain: Path, client: Client
) -> None:
    before = records()
    rename(plain, "01-first/01-numbers", "01-first/counting")
    page = plain / "course/01-first/counting.md"
    page.write_text(WITHOUT_ID + "\nMore.\n")
    (plain / "course/01-first/counting.quiz.yml").write_text(QUIZ)

    said = load(plain)

    old = f"{plain}/course/01-first/01-numbers.md"
    assert (
        f"  retired: Numbers ({old}). If it was renamed, give the new file 'id: first/numbers': "
        "its learners come along.\n"
    ) in said

    page.write_text(page.read_text().replace("---\n", "---\nid: first/numbers\n", 1))
    load(plain)

    assert records()["progress"] == before["progress"]
    assert page_of("Numbers").path == "course/first/counting"
    assert client.get("/learn/course/first/numbers/")["Location"] == "/learn/course/first/counting/"
    assert client.get("/learn/course/first/counting/").status_code == 200
    assert loaded(plain)[0] == 0


def test_a_page_that_only_left_is_named_by_its_own_file(plain: Path) -> None:
    """Its text may lie elsewhere by now: as the page of a module, which is no lesson."""
    rename(plain, "01-first/beta", "03-third/index")
    write_tree(plain, {"course/03-third/one.md": "# One\n\nNew.\n"})

    assert f"retired: Beta of 01-first ({plain}/{BETA})" in load(plain)


def test_pages_that_moved_do_not_count_as_leaving(plain: Path) -> None:
    for name in ("alpha", "beta", "gamma", "delta"):
        rename(plain, f"02-second/{name}", f"03-third/{name}")
    assert "lesson" in loaded(plain)[1]

    for name in ("alpha", "beta", "gamma", "delta"):
        page = plain / f"course/03-third/{name}.md"
        page.with_name(f"{name}-new.md").write_text("# Other\n\nOther.\n" + name)
        page.unlink()
    assert "this load would retire 4 of 11 lessons" in refusal(plain)
