"""What leaves the site with the pages that showed it, and what stays for those that still do."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from lessons.models import Asset, AssetPath, FactUse, GlossaryTerm
from tests.catalog.files import write_catalog
from tests.lessons.learned import learn, loaded
from tests.trees import QUIZ, TREE, load, write_tree

pytestmark = pytest.mark.django_db

DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='10'></svg>"


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
