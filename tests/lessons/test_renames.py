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
    text = WITHOUT_ID + "\nA float is kept as a sign, an exponent and a mantissa.\n"
    (plain / "course/01-first/01-numbers.md").write_text(text)
    load(plain)
    rename(plain, "01-first/01-numbers", "02-second/sums")
    page = plain / "course/02-second/sums.md"
    page.write_text(text.replace("title: Numbers", "title: Sums\nsidebar_position: 7"))

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


def stub(title: str, body: str = "Coming soon.") -> str:
    return f"---\ntitle: {title}\n---\n\n{body}\n"


def test_of_a_few_words_the_title_is_asked_too(plain: Path) -> None:
    write_tree(plain, {"course/01-first/loss.md": stub("Loss"), "course/01-first/tools.md": stub("Tools")})
    load(plain)
    loss, tools = page_of("Loss").pk, page_of("Tools").pk
    (plain / "course/01-first/loss.md").unlink()
    rename(plain, "01-first/tools", "02-second/utensils")
    write_tree(plain, {"course/02-second/agents.md": stub("Agents")})

    load(plain)

    assert page_of("Agents").pk != loss
    assert Lesson.objects.get(pk=loss).retired_at is not None
    assert page_of("Tools").pk == tools


@pytest.mark.parametrize("body", ["To be written.", "To be written, as soon as there is time. " * 4])
def test_a_folder_of_pages_that_read_alike_keeps_them_by_their_names(plain: Path, body: str) -> None:
    write_tree(plain, {f"course/ch1/{number}.md": body for number in (1, 2, 3)})
    write_tree(plain, {f"course/ch2/{number}.md": body for number in (1, 2, 3)})
    load(plain)
    module = Module.objects.get(key="ch1").pk
    pages = dict(Lesson.objects.filter(module=module).values_list("title", "pk"))
    (plain / "course/ch1").rename(plain / "course/chx")

    load(plain)

    assert Module.objects.get(key="chx").pk == module
    assert dict(Lesson.objects.filter(module=module, retired_at=None).values_list("title", "pk")) == pages


def test_pages_that_read_alike_go_where_the_others_of_their_module_go(plain: Path) -> None:
    for name in ("ch1", "ch2"):
        lessons = {f"course/{name}/{number}.md": "To be written." for number in (1, 2)}
        write_tree(plain, {**lessons, f"course/{name}/what.md": f"# What {name} is about\n\nA lot.\n"})
    load(plain)
    before = {name: set(Lesson.objects.filter(module__key=name).values_list("pk")) for name in ("ch1", "ch2")}
    (plain / "course/ch1").rename(plain / "course/b")
    (plain / "course/ch2").rename(plain / "course/a")

    _changes, counts, _pages = loaded(plain)

    assert "retired" not in counts["lesson"]
    assert before == {
        old: set(Lesson.objects.filter(module__key=new).values_list("pk"))
        for old, new in (("ch1", "b"), ("ch2", "a"))
    }


def test_a_file_that_was_away_for_a_load_comes_back_under_another_name(plain: Path, client: Client) -> None:
    before = records()
    text = (plain / "course/01-first/01-numbers.md").read_text()
    quiz = (plain / "course/01-first/01-numbers.quiz.yml").read_text()
    for path in (plain / "course/01-first").glob("01-numbers.*"):
        path.unlink()
    load(plain)
    write_tree(plain, {"course/02-second/sums.md": text, "course/02-second/sums.quiz.yml": quiz})

    load(plain)

    assert records() == before
    assert client.get("/learn/course/first/numbers/")["Location"] == "/learn/course/second/sums/"
    assert loaded(plain)[0] == 0


def test_a_copy_of_a_page_that_is_there_is_not_one_that_left_before(plain: Path) -> None:
    gone = page_of("Beta of 01-first").pk
    text = (plain / BETA).read_text()
    (plain / BETA).unlink()
    load(plain)
    write_tree(plain, {"course/01-first/one.md": text, "course/02-second/two.md": text})

    load(plain)

    assert Lesson.objects.get(pk=gone).retired_at is not None


def test_what_left_is_not_known_by_a_text_that_took_its_file(plain: Path) -> None:
    """A removed page's file was written anew as another page's; the text in it tells of that one."""
    gone = page_of("Beta of 01-first").pk
    (plain / BETA).unlink()
    load(plain)
    rename(plain, "01-first/gamma", "01-first/beta")
    load(plain)
    stays = page_of("Gamma of 01-first").pk
    (plain / BETA).unlink()
    load(plain)
    write_tree(plain, {"course/02-second/away.md": "# Gamma of 01-first\n\n## A part\n\nText.\n"})

    load(plain)

    assert page_of("Gamma of 01-first").pk == stays != gone
