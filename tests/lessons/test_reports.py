"""What a load says it changed, exactly; and that learners keep what is theirs, whatever moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.models import Lesson, Module
from quizzes.models import Question
from tests.lessons.learned import loaded, records, rename
from tests.trees import LESSON, NUMBERS_URL, QUIZ, TREE, load, write_tree

pytestmark = pytest.mark.django_db

DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='10'></svg>"


def test_the_same_again_and_a_touch_are_no_change(course: Path) -> None:
    before = records()

    assert loaded(course) == (0, {}, [])
    for path in course.rglob("*.md"):
        path.touch()
    assert loaded(course) == (0, {}, [])

    assert records() == before


def test_one_edit_is_one_change(course: Path) -> None:
    before = records()
    page = course / "course/01-first/beta.md"
    page.write_text(page.read_text() + "\nMore.\n")

    changes, counts, pages = loaded(course)

    assert (changes, counts) == (1, {"lesson": {"updated": 1}, "file": {"updated": 1}})
    assert [(each["file"], each["status"]) for each in pages] == [("course/01-first/beta.md", "updated")]
    assert records() == before


def test_a_rename_with_the_same_id_is_one_change_and_a_redirect(course: Path, client: Client) -> None:
    before = records()
    rename(course, "01-first/01-numbers", "01-first/counting")

    changes, counts, _pages = loaded(course)

    assert (changes, counts["lesson"]) == (1, {"updated": 1, "moved": 2})
    response = client.get(NUMBERS_URL)
    assert (response.status_code, response["Location"]) == (301, "/learn/course/first/counting/")
    assert records() == before


def test_a_page_that_leaves_is_one_change_though_those_after_it_move_up(course: Path, client: Client) -> None:
    """Their place and the numbers of their headings change, which is no edit of theirs."""
    before = records()
    address = "/learn/course/second/beta/"
    assert "2.1" in client.get(address).content.decode()
    (course / "course/02-second/alpha.md").unlink()

    changes, counts, pages = loaded(course)

    assert (changes, counts["lesson"]) == (1, {"retired": 1, "moved": 4})
    (page,) = pages
    assert (page["file"], page["status"]) == ("course/02-second/alpha.md", "retired")
    assert (page["url"], page["title"]) == ("/learn/course/second/alpha/", "Alpha of 02-second")
    assert (page["track"], page["module"]) == ("course", "second")
    assert records() == before
    assert "1.1" in client.get(address).content.decode()
    assert "2.1" not in client.get(address).content.decode()
    assert loaded(course)[0] == 0


def test_a_page_that_left_and_returns_is_the_same(course: Path, client: Client) -> None:
    before = records()
    page, quiz = (course / f"course/01-first/01-numbers{ending}" for ending in (".md", ".quiz.yml"))
    texts = page.read_text(), quiz.read_text()
    page.unlink()
    quiz.unlink()
    load(course)
    assert client.get(NUMBERS_URL).status_code == 410

    page.write_text(texts[0])
    quiz.write_text(texts[1])
    load(course)

    assert client.get(NUMBERS_URL).status_code == 200
    assert records() == before
    assert Question.objects.filter(retired_at=None).count() == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01-first/01-numbers", "01-first/09-numbers"),
        ("01-first/01-numbers", "02-second/01-numbers"),
        ("01-first/01-numbers", "03-third/deeper/07-counting"),
    ],
    ids=["another prefix", "another module", "another name in a new module"],
)
def test_a_lesson_takes_its_learners_along(course: Path, old: str, new: str) -> None:
    before = records()
    (course / f"course/{new}").parent.mkdir(parents=True, exist_ok=True)
    rename(course, old, new)

    changes, counts, _pages = loaded(course, "--prune")

    assert records() == before
    assert changes >= 1
    assert "retired" not in counts.get("lesson", {})
    assert Lesson.objects.get(key="numbers").retired_at is None
    assert loaded(course)[0] == 0


def test_a_page_that_others_link_to_is_renamed_in_one_change(course: Path) -> None:
    """Their links lead elsewhere or nowhere now, which the counts say, and nobody edited them."""
    links = "# Linking\n\nTo [numbers](01-numbers.md).\n"
    write_tree(course, {"course/01-first/linking.md": links, "course/01-first/too.md": links})
    load(course)
    rename(course, "01-first/01-numbers", "01-first/counting")

    changes, counts, _pages = loaded(course)

    assert changes == 1
    assert counts["lesson"]["updated"] == 3


def test_a_page_renamed_and_edited_at_once_is_one_change(course: Path) -> None:
    before = records()
    rename(course, "01-first/01-numbers", "01-first/counting")
    for ending, text in ((".md", LESSON + "\nMore.\n"), (".quiz.yml", QUIZ.replace("Ten", "Twelve"))):
        (course / f"course/01-first/counting{ending}").write_text(text)

    assert loaded(course)[0] == 1

    after = records()
    assert (after["attempts"], after["progress"]) == (before["attempts"], before["progress"])


def test_a_lesson_and_its_questions_edited_at_once_are_one_change(course: Path) -> None:
    (course / "course/01-first/01-numbers.md").write_text(LESSON + "\nMore.\n")
    (course / "course/01-first/01-numbers.quiz.yml").write_text(QUIZ.replace(" has ", " holds "))

    changes, counts, _pages = loaded(course)

    assert (changes, counts["question"]) == (1, {"updated": 2})


def test_a_lesson_that_leaves_with_its_questions_is_one_change(course: Path) -> None:
    for ending in (".md", ".quiz.yml"):
        (course / f"course/01-first/01-numbers{ending}").unlink()

    changes, counts, _pages = loaded(course)

    assert (changes, counts["lesson"]["retired"], counts["question"]) == (1, 1, {"retired": 2})


def test_another_image_under_one_name_is_one_change(course: Path) -> None:
    shows = "# Drawn\n\n![A](a.svg)\n"
    write_tree(course, {"course/01-first/drawn.md": shows, "course/01-first/a.svg": DRAWING.format(1)})
    load(course)
    write_tree(course, {"course/01-first/a.svg": DRAWING.format(2)})

    assert loaded(course)[0] == 1


def test_modules_keep_their_pages_when_their_folder_gets_another_prefix(course: Path, client: Client) -> None:
    before = records(), set(Module.objects.values_list("pk", "key", "retired_at"))
    (course / "course/01-first").rename(course / "course/07-first")

    changes, counts, pages = loaded(course)

    assert (changes, counts) == (6, {"file": {"updated": 7}, "module": {"moved": 2}})
    assert pages == []
    assert (records(), set(Module.objects.values_list("pk", "key", "retired_at"))) == before
    text = client.get("/learn/course/").content.decode()
    assert text.index("/learn/course/second/") < text.index("/learn/course/first/")


def test_a_module_that_is_given_an_id_stays_the_same_module(course: Path) -> None:
    before = set(Module.objects.values_list("pk", "retired_at"))
    write_tree(course, {"course/01-first/index.md": "---\nid: beginnings\n---\n\n# Beginnings\n"})

    load(course)

    assert set(Module.objects.values_list("pk", "retired_at")) == before
    assert Module.objects.get(key="beginnings").path == "course/first"


def test_another_title_is_one_change(course: Path, client: Client) -> None:
    before = records()
    page = course / "course/01-first/01-numbers.md"
    page.write_text(LESSON.replace("title: Numbers", "title: Figures"))

    changes, counts, _pages = loaded(course)

    assert (changes, counts["lesson"]) == (1, {"updated": 1})
    assert records() == before
    assert "Figures" in client.get("/learn/course/first/").content.decode()


def test_an_id_taken_away_keeps_the_lesson_of_its_file(course: Path) -> None:
    before = records()
    (course / "course/01-first/01-numbers.md").write_text(LESSON.replace("id: numbers\n", ""))

    load(course)

    assert records() == before
    assert Lesson.objects.get(title="Numbers").key == "first/numbers"


def test_another_id_is_another_lesson(course: Path) -> None:
    before = Lesson.objects.get(key="numbers").pk
    page = course / "course/01-first/01-numbers.md"
    page.write_text(LESSON.replace("id: numbers", "id: figures"))

    load(course)

    assert Lesson.objects.get(key="figures").pk != before
    assert Lesson.objects.get(pk=before).retired_at is not None


# -- what a load costs the database ------------------------------------------------------------------


def test_the_number_of_statements_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    """Not of a first load, and not of one that changes a single page."""
    found: dict[int, tuple[int, int]] = {}
    for count in (20, 120):
        root = tmp_path / f"of-{count}"
        page = f"# Page\n\n[A byte](term:byte).\n\n## Part\n\n{'Text. ' * 20}\n"
        files = {f"{root.name}/m/page-{number}.md": page for number in range(count)}
        write_tree(root, {"glossary.yml": TREE["glossary.yml"], **files})
        with CaptureQueriesContext(connection) as first:
            load(root, "--format", "json")
        (root / root.name / "m/page-7.md").write_text(page + "More.\n")
        with CaptureQueriesContext(connection) as second:
            load(root, "--format", "json")
        found[count] = len(first), len(second)

    assert found[120][0] <= found[20][0] + 12  # batches of rows, as many as a statement takes
    assert found[120][1] <= found[20][1] + 1
