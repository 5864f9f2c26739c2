"""What a lesson is known by when its file, id or address changes, and what stands at addresses it left."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from lessons.models import Lesson, Track
from tests.trees import LESSON, NUMBERS_URL, QUIZ, TREE, WORDS_URL, load, write_tree

pytestmark = pytest.mark.django_db

FOLDER = "course/01-first"
PLAIN = "# Words\n\nA word.\n"


def put(root: Path, name: str, text: str) -> None:
    write_tree(root, {f"{FOLDER}/{name}": text})


def rename(root: Path, old: str, new: str) -> None:
    for path in (root / FOLDER).glob(f"{old}.*"):
        path.rename(path.with_name(path.name.replace(old, new)))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    load(write_tree(tmp_path, {**TREE, f"{FOLDER}/02-words.md": PLAIN}))
    return tmp_path


def test_a_page_that_is_given_an_id_stays_the_same_lesson(course: Path, client: Client) -> None:
    before = Lesson.objects.get(title="Words")

    put(course, "02-words.md", f"---\nid: words\n---\n\n{PLAIN}")
    load(course)
    rename(course, "02-words", "02-terms")
    load(course)

    lesson = Lesson.objects.get(title="Words")
    assert (lesson.pk, lesson.key, lesson.retired_at) == (before.pk, "words", None)
    assert client.get(WORDS_URL)["Location"] == "/learn/course/first/terms/"


def test_an_id_that_another_page_has_taken_over_is_not_found_by_place(course: Path) -> None:
    before = Lesson.objects.get(title="Words").pk

    put(course, "02-words.md", "---\nid: fresh\ntitle: Fresh\n---\n\nNew.\n")
    put(course, "03-moved.md", f"---\nid: first/words\n---\n\n{PLAIN}")
    load(course)

    assert Lesson.objects.get(title="Words").pk == before
    assert Lesson.objects.get(title="Fresh").pk != before


def test_every_address_that_a_lesson_ever_had_leads_to_the_one_of_today(course: Path, client: Client) -> None:
    for old, new in (
        ("01-numbers", "01-b"),
        ("01-b", "01-c"),
        ("01-c", "01-numbers"),
        ("01-numbers", "01-d"),
    ):
        rename(course, old, new)
        load(course)

    for old in ("numbers", "b", "c"):
        response = client.get(f"/learn/course/first/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/learn/course/first/d/")
    assert ": 0 changes" in load(course)


def test_an_address_comes_back_to_the_lesson_that_had_it_before(course: Path, client: Client) -> None:
    for old, new in (("01-numbers", "01-b"), ("01-b", "01-numbers")):
        rename(course, old, new)
        load(course)

    assert client.get(NUMBERS_URL).status_code == 200
    assert client.get("/learn/course/first/b/")["Location"] == NUMBERS_URL


def test_two_lessons_that_swap_addresses_stay_who_they_are(course: Path, client: Client) -> None:
    before = set(Lesson.objects.values_list("pk", "title"))

    put(course, "01-numbers.md", LESSON.replace("id: numbers", "id: numbers\nslug: words"))
    put(course, "02-words.md", f"---\nslug: numbers\n---\n\n{PLAIN}")
    load(course)

    assert set(Lesson.objects.values_list("pk", "title")) == before
    assert "A byte has" in client.get(WORDS_URL).content.decode()
    assert "A word." in client.get(NUMBERS_URL).content.decode()
    assert ": 0 changes" in load(course)


def test_a_page_may_stand_where_another_stood_before(course: Path, client: Client) -> None:
    rename(course, "01-numbers", "03-counting")
    load(course)

    put(course, "04-numbers.md", "---\nid: other\n---\n\n# Other\n\nOther text.\n")
    load(course)

    assert "Other text." in client.get(NUMBERS_URL).content.decode()
    assert "A byte has" in client.get("/learn/course/first/counting/").content.decode()


def test_a_question_keeps_its_answers_when_it_moves_to_another_lesson(course: Path) -> None:
    from quizzes.models import Question

    before = Question.objects.get(key="byte-is-eight")
    first, second = QUIZ.split("  - id: byte-is-eight")

    put(course, "01-numbers.quiz.yml", first)
    moved = second.replace('    section: "#floats"\n', "")
    put(course, "02-words.quiz.yml", f"questions:\n  - id: byte-is-eight{moved}")
    load(course)

    after = Question.objects.get(key="byte-is-eight")
    assert (after.pk, after.revision_id, after.retired_at) == (before.pk, before.revision_id, None)
    assert after.quiz.lesson.title == "Words"


def test_tracks_stand_by_position_then_by_prefix_and_without_either_at_the_end(tmp_path: Path) -> None:
    files = {f"{name}/m/page.md": "# Page\n" for name in ("loose", "10-tenth", "2-second", "zero", "fifth")}
    places = {"zero/_category_.yml": "position: 0\n", "fifth/_category_.yml": "position: 5\n"}

    load(write_tree(tmp_path, {"glossary.yml": TREE["glossary.yml"], **files, **places}))

    assert list(Track.objects.values_list("slug", flat=True)) == [
        "zero",
        "second",
        "fifth",
        "tenth",
        "loose",
    ]
