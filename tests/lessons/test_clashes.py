"""Refused by name: two files that claim one address or id, what no lesson asks, and what no table holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.models import Lesson
from tests.trees import QUIZ, TREE, load, refusal, write_tree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("files", "first", "second"),
    [
        ({"course/02-first/page.md": "# Page\n"}, "course/01-first/index.md", "course/02-first/"),
        ({"course/first.md": "# Page\n"}, "course/first.md", "course/01-first/index.md"),
        ({"01-course/01-first/page.md": "# Page\n"}, "01-course/", "course/"),
        ({"course/a-b/x.md": "# X\n", "course/a b/y.md": "# Y\n"}, "course/a b/", "course/a-b/"),
    ],
    ids=["two modules", "a page and a module", "two tracks", "two modules without a page"],
)
def test_two_files_that_claim_one_address_are_refused_and_named(
    tmp_path: Path, files: dict[str, str], first: str, second: str
) -> None:
    said = refusal(write_tree(tmp_path, {**TREE, **files}))

    clash = next(line for line in said.splitlines() if "have the address" in line)
    assert first in clash
    assert second in clash
    assert Lesson.objects.count() == 0


def test_two_files_of_one_name_are_one_mistake_with_the_remedy_for_it(tmp_path: Path) -> None:
    """They claim one id as well, for both come from the name; another ``slug`` alone would not do."""
    twin = {"course/01-first/05-words.md": "# Words again\n"}

    said = refusal(write_tree(tmp_path, {**TREE, **twin}))

    assert said.count("two pages have") == 1
    assert "The other is course/01-first/02-words.md; rename one of the files." in said


def test_ids_that_authors_wrote_are_told_beside_addresses(tmp_path: Path) -> None:
    twin = "---\nid: numbers\nslug: words\n---\n\n# Words again\n"

    said = refusal(write_tree(tmp_path, {**TREE, "course/01-first/05-again.md": twin}))

    assert "two pages have the address 'course/first/words'" in said
    assert "give one another 'slug'." in said
    assert "two pages have the id 'numbers'" in said
    assert "give one another 'id'." in said


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"Text.\n\n# {'Long ' * 60}\n", "01-first/02-words.md:3:1: the title is longer than 200 characters"),
        (f"---\nslug: {'long-' * 39}x\n---\n", None),
        (f"---\nid: {'x' * 201}\n---\n", "01-first/02-words.md:2:5"),
    ],
)
def test_what_no_table_has_room_for_is_refused_at_its_line(
    tmp_path: Path, text: str, place: str | None
) -> None:
    write_tree(tmp_path, {**TREE, "course/01-first/02-words.md": text})

    if place is None:
        load(tmp_path)
        return
    assert place in refusal(tmp_path)


def test_a_long_heading_is_kept_and_its_anchor_is_cut(tmp_path: Path) -> None:
    heading = "word " * 80
    text = f"# Words\n\n## {heading}\n\nOne.\n\n## {heading}\n\nTwo.\n"
    load(write_tree(tmp_path, {**TREE, "course/01-first/02-words.md": text}))

    anchors = Lesson.objects.get(title="Words").sections.exclude(anchor="").values_list("anchor", flat=True)

    assert len(anchors) == len(set(anchors)) == 2
    assert max(map(len, anchors)) <= 200


def test_a_deep_folder_gives_no_address_longer_than_its_column(tmp_path: Path) -> None:
    folder = "/".join(["a-folder-with-quite-a-long-name-in-a-deep-tree"] * 8)

    said = refusal(write_tree(tmp_path, {**TREE, f"course/{folder}/page.md": "# Page\n"}))

    assert f"course/{folder}/page.md:1:1: the address is longer than 300 characters" in said


@pytest.mark.parametrize("name", ["01-nubmers.quiz.yml", "index.quiz.yml"])
def test_a_quiz_beside_no_lesson_is_refused(tmp_path: Path, name: str) -> None:
    """A slip in its name would retire every question and complete whatever waited for them."""
    files = {path: text for path, text in TREE.items() if not path.endswith(".quiz.yml")}

    said = refusal(write_tree(tmp_path, {**files, f"course/01-first/{name}": QUIZ}))

    assert f"course/01-first/{name}:1:1: no lesson lies beside this quiz" in said


def test_questions_in_a_module_page_are_refused_at_their_line(tmp_path: Path) -> None:
    page = f"# First\n\n```quiz\n{QUIZ}```\n"

    said = refusal(write_tree(tmp_path, {**TREE, "course/01-first/index.md": page}))

    assert "course/01-first/index.md:4:1: a module page asks no questions" in said
