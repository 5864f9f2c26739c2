"""Files whose names pass from one text to another: a course numbered anew, a name taken over."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from lessons.models import Lesson
from tests.lessons.learned import loaded
from tests.trees import load, write_tree

pytestmark = pytest.mark.django_db

FOLDER = "course/chapter5"


def words(subject: str) -> str:
    """Return a text that is long enough to be known by."""
    said = f"About {subject} there is a good deal to say, which is why this page says it in more words. "
    return f"# {subject}\n\n{said * 2}\n"


def put(root: Path, name: str, subject: str) -> None:
    write_tree(root, {f"{FOLDER}/{name}": words(subject)})


def move(root: Path, old: str, new: str) -> None:
    (root / FOLDER / old).rename(root / FOLDER / new)


def who() -> dict[str, int]:
    """Return the primary keys of what learners may read, by title."""
    return dict(Lesson.objects.filter(retired_at=None).values_list("title", "pk"))


@pytest.fixture
def numbered(tmp_path: Path) -> Path:
    """Return a course whose files have a number for a name, loaded."""
    for number, subject in enumerate(("Ants", "Bees", "Cats", "Dogs", "Eels", "Frogs"), 1):
        put(tmp_path, f"{number}.md", subject)
    load(write_tree(tmp_path, {"glossary.yml": "terms: []\n"}))
    return tmp_path


def test_a_page_put_between_others_moves_what_follows(numbered: Path, client: Client) -> None:
    before = who()
    for number in (6, 5, 4, 3, 2):
        move(numbered, f"{number}.md", f"{number + 1}.md")
    put(numbered, "2.md", "Axolotls")

    said = load(numbered)

    after = who()
    assert after.pop("Axolotls") not in before.values()
    assert after == before
    assert said.count("  moved: ") == 5
    assert "moved: Bees, from /learn/course/chapter5/2/ to /learn/course/chapter5/3/" in said
    assert "good deal" in client.get("/learn/course/chapter5/3/").content.decode()
    assert loaded(numbered)[0] == 0


def test_a_page_taken_out_from_between_others_is_the_one_that_leaves(numbered: Path) -> None:
    before = who()
    (numbered / FOLDER / "2.md").unlink()
    for number in (3, 4, 5, 6):
        move(numbered, f"{number}.md", f"{number - 1}.md")

    load(numbered)

    gone = before.pop("Bees")
    assert who() == before
    assert Lesson.objects.get(pk=gone).retired_at is not None
    assert Lesson.objects.get(pk=gone).key == f"chapter5/2~{gone}"
    assert loaded(numbered)[0] == 0

    write_tree(numbered, {f"{FOLDER}/7.md": f"---\nid: chapter5/2~{gone}\n---\n\n{words('Bees')}"})
    load(numbered)
    assert who() == before | {"Bees": gone}


def test_two_files_that_swap_names_swap_places(numbered: Path) -> None:
    before = who()
    move(numbered, "2.md", "x.md")
    move(numbered, "3.md", "2.md")
    move(numbered, "x.md", "3.md")

    load(numbered)

    assert who() == before
    assert Lesson.objects.get(title="Bees").key == "chapter5/3"


def test_a_page_moved_away_is_not_what_is_put_in_its_place(numbered: Path) -> None:
    before = who()
    move(numbered, "1.md", "z.md")
    put(numbered, "1.md", "Axolotls")

    load(numbered)

    assert who().items() >= before.items()


def test_a_page_edited_where_it_lies_stays(numbered: Path) -> None:
    before = who()["Bees"]
    put(numbered, "2.md", "Wasps")
    put(numbered, "7.md", "Geese")

    load(numbered)

    assert who()["Wasps"] == before


def test_a_file_that_takes_the_name_of_a_removed_one_stays_who_it_was(numbered: Path) -> None:
    before = who()
    (numbered / FOLDER / "2.md").unlink()
    load(numbered)
    move(numbered, "1.md", "2.md")

    load(numbered)

    assert before.pop("Bees") not in who().values()
    assert who() == before
    assert loaded(numbered)[0] == 0


def test_a_page_edited_while_it_is_numbered_anew_is_told_with_the_id_that_it_has_now(numbered: Path) -> None:
    before = who()
    for number in (6, 5, 4, 3, 2):
        move(numbered, f"{number}.md", f"{number + 1}.md")
    put(numbered, "2.md", "Axolotls")
    put(numbered, "4.md", "Lions")  # it was 3.md, on cats

    said = load(numbered)

    gone = before.pop("Cats")
    assert f"'id: chapter5/3~{gone}'" in said
    assert who().items() >= before.items()
    write_tree(numbered, {f"{FOLDER}/4.md": f"---\nid: chapter5/3~{gone}\n---\n\n{words('Lions')}"})
    load(numbered)
    assert who()["Lions"] == gone


def test_a_copy_whose_original_left_is_given_its_learners_by_its_id(numbered: Path) -> None:
    before = who()["Bees"]
    put(numbered, "bees.md", "Bees")
    load(numbered)
    (numbered / FOLDER / "2.md").unlink()
    load(numbered)
    assert who()["Bees"] != before

    write_tree(numbered, {f"{FOLDER}/bees.md": f"---\nid: chapter5/2\n---\n\n{words('Bees')}"})
    load(numbered)

    assert who()["Bees"] == before
    assert Lesson.objects.get(pk=before).path == "course/chapter5/bees"
