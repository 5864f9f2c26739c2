"""What a load says it changed, exactly; and that learners keep what is theirs, whatever moves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.models import Asset, AssetPath, FactUse, GlossaryTerm, Lesson, Module
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt, Question
from tests.catalog.files import write_catalog
from tests.quizzes.builders import send
from tests.trees import LESSON, NUMBERS_URL, QUIZ, TREE, load, write_tree

pytestmark = pytest.mark.django_db

DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='10'></svg>"
PLAIN: Mapping[str, str] = {
    "glossary.yml": TREE["glossary.yml"],
    **{
        f"course/{module}/{name}.md": f"# {name.title()} of {module}\n\n## A part\n\nText.\n"
        for module in ("01-first", "02-second")
        for name in ("alpha", "beta", "gamma", "delta", "epsilon")
    },
    "course/01-first/01-numbers.md": LESSON,
    "course/01-first/01-numbers.quiz.yml": QUIZ,
}
"""Two modules whose pages have no prefix: the numbers shown are places."""


def loaded(root: Path, *options: str) -> tuple[int, dict[str, dict[str, int]], list[dict[str, Any]]]:
    """Load and return the number of changes, the counts by kind, and the pages that are not unchanged."""
    document = json.loads(load(root, "--format", "json", *options))
    counts = {
        kind: {action: n for action, n in actions.items() if action != "unchanged" and n}
        for kind, actions in document["counts"].items()
    }
    changed = [page for page in document["pages"] if page["status"] != "unchanged"]
    return document["changes"], {kind: actions for kind, actions in counts.items() if actions}, changed


def learn(client: Client) -> None:
    quiz = Lesson.objects.get(key="numbers").quiz
    for question, response in (("bits-in-a-byte", "Eight"), ("byte-is-eight", "false")):
        assert send(client, quiz, question, response).status_code in {200, 302}


def records() -> dict[str, Any]:
    return {
        "attempts": list(Attempt.objects.order_by("pk").values("pk", "points", "possible", "completed_at")),
        "answers": list(Answer.objects.order_by("pk").values("pk", "points", "response", "revision")),
        "progress": list(LessonProgress.objects.order_by("pk").values("pk", "lesson", "completed_at")),
        "questions": list(Question.objects.order_by("pk").values("pk", "key", "revision")),
    }


@pytest.fixture
def course(tmp_path: Path, client: Client) -> Path:
    """Return a loaded course of which one lesson was learned."""
    load(write_tree(tmp_path, PLAIN))
    learn(client)
    assert records()["progress"][0]["completed_at"] is not None
    return tmp_path


def rename(root: Path, old: str, new: str) -> None:
    (root / "course" / new).parent.mkdir(exist_ok=True)
    for path in (root / "course" / old).parent.glob(f"{Path(old).name}.*"):
        path.rename(root / "course" / (new + path.name.removeprefix(Path(old).name)))


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


# -- aliases -----------------------------------------------------------------------------------------


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


# -- what is cleared away ----------------------------------------------------------------------------


def test_a_file_that_no_page_shows_any_more_is_removed_and_others_stay(tmp_path: Path) -> None:
    shows = "# Words\n\n![A](img/a.svg) ![B](img/b.svg)\n"
    tree = {
        **TREE,
        "course/01-first/02-words.md": shows,
        "course/01-first/img/a.svg": DRAWING.format(1),
        "course/01-first/img/b.svg": DRAWING.format(2),
        "other/m/page.md": "# Page\n\n![A](a.svg)\n",
        "other/m/a.svg": DRAWING.format(1),
    }
    load(write_tree(tmp_path, tree))
    assert Asset.objects.count() == 2

    (tmp_path / "course/01-first/02-words.md").write_text("# Words\n\nNone.\n")
    load(tmp_path / "course")

    assert list(AssetPath.objects.values_list("path", flat=True)) == ["other/m/a.svg"]
    assert list(Asset.objects.values_list("name", "width")) == [("a.svg", 1)]
    assert loaded(tmp_path)[0] == 0


def test_the_files_of_a_page_that_left_go_and_come_back_with_it(tmp_path: Path, client: Client) -> None:
    shows = "# Words\n\n![A](img/a.svg)\n"
    load(
        write_tree(
            tmp_path,
            {**TREE, "course/01-first/02-words.md": shows, "course/01-first/img/a.svg": DRAWING.format(1)},
        )
    )
    (tmp_path / "course/01-first/02-words.md").unlink()
    load(tmp_path)
    assert not Asset.objects.exists()

    (tmp_path / "course/01-first/02-words.md").write_text(shows)
    load(tmp_path)

    assert client.get(Asset.objects.get().get_absolute_url()).status_code == 200


def test_an_image_in_a_question_is_served_and_stays_while_an_answer_shows_it(
    tmp_path: Path, client: Client
) -> None:
    shows = QUIZ.replace("How many bits has a byte?", '"Of ![a byte](a.svg) how many bits?"')
    tree = {**TREE, "course/01-first/01-numbers.quiz.yml": shows, "course/01-first/a.svg": DRAWING.format(3)}
    load(write_tree(tmp_path, tree))
    address = Asset.objects.get().get_absolute_url()
    assert client.get(address).status_code == 200
    learn(client)

    (tmp_path / "course/01-first/01-numbers.quiz.yml").write_text(QUIZ)
    load(tmp_path)

    assert client.get(address).status_code == 200
    assert loaded(tmp_path)[0] == 0


def test_an_image_that_left_a_question_nobody_answered_goes(tmp_path: Path, client: Client) -> None:
    shows = QUIZ.replace("How many bits has a byte?", '"Of ![a byte](a.svg) how many bits?"')
    tree = {**TREE, "course/01-first/01-numbers.quiz.yml": shows, "course/01-first/a.svg": DRAWING.format(3)}
    load(write_tree(tmp_path, tree))

    (tmp_path / "course/01-first/01-numbers.quiz.yml").write_text(QUIZ)
    load(tmp_path)

    assert not Asset.objects.exists()


def test_the_facts_of_a_file_that_left_are_cited_nowhere(tmp_path: Path) -> None:
    write_catalog(tmp_path)
    words = "# Words\n\nOf {{ model:heron-1-7b.family }}.\n"
    load(write_tree(tmp_path, {**TREE, "course/01-first/02-words.md": words}))
    assert FactUse.objects.count() == 1

    (tmp_path / "course/01-first/02-words.md").unlink()
    load(tmp_path)

    assert not FactUse.objects.exists()


def test_a_removed_glossary_retires_its_terms_only_where_it_belongs(tmp_path: Path) -> None:
    write_catalog(tmp_path)
    load(write_tree(tmp_path))
    (tmp_path / "glossary.yml").unlink()

    load(tmp_path / "course")
    assert GlossaryTerm.objects.get().retired_at is None

    load(tmp_path)
    assert GlossaryTerm.objects.get().retired_at is not None
    assert loaded(tmp_path)[0] == 0


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
