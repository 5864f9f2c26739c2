"""A load renders only what changed: the page, or something that the page looked up."""

import ast
import shutil
import zlib

import pytest
from django.conf import settings

from engineersofai import pipeline_version, unit_cache
from engineersofai.content import load, prepare
from engineersofai.edits import Choices
from lessons.models import Lesson, Rendering
from tests.trees import LESSON, TREE, write_tree
from tests.trees import load as load_tree

OURS = {"catalog", "engineersofai", "lessons", "quizzes"}

pytestmark = pytest.mark.django_db

NUMBERS, WORDS, INDEX = (
    "course/01-first/01-numbers.md",
    "course/01-first/02-words.md",
    "course/01-first/index.md",
)


def rendered(root):
    """Load a tree and return the paths of the pages that were rendered for it."""
    prepared = prepare(root, Choices())
    load(prepared, Choices())
    return {job.page.path for job, _unit in prepared.fresh}


def edit(root, path, old, new):
    file = root / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_the_first_load_renders_every_page(tmp_path):
    assert rendered(write_tree(tmp_path)) == {NUMBERS, WORDS, INDEX}


def test_a_load_of_the_same_files_reads_no_page(tmp_path):
    rendered(write_tree(tmp_path))

    prepared = prepare(tmp_path, Choices())

    assert prepared.unchanged is not None
    assert prepared.tree.texts == {}
    assert load(prepared, Choices()).counts["lesson", "unchanged"] == 2


def test_an_edited_page_is_rendered_alone(tmp_path):
    rendered(write_tree(tmp_path))
    edit(tmp_path, WORDS, "A word", "Another word")

    assert rendered(tmp_path) == {WORDS}
    assert "Another word" in Lesson.objects.get(key="first/words").html


def test_an_edited_quiz_renders_its_lesson_alone(tmp_path):
    rendered(write_tree(tmp_path))
    edit(tmp_path, "course/01-first/01-numbers.quiz.yml", "That is two bytes.", "Two bytes have sixteen.")

    assert rendered(tmp_path) == {NUMBERS}


def test_a_moved_page_renders_those_that_link_to_it(tmp_path):
    rendered(write_tree(tmp_path))
    edit(tmp_path, NUMBERS, "title: Numbers", "title: Numbers\nslug: figures")

    # The page itself, since its questions have another address, and the one with the link.
    assert rendered(tmp_path) == {NUMBERS, WORDS}
    assert "/learn/course/first/figures/" in Lesson.objects.get(key="first/words").html


def test_a_page_that_a_broken_link_waited_for_mends_it(tmp_path):
    write_tree(tmp_path)
    (tmp_path / WORDS).write_text("# Words\n\nSee [letters](03-letters.md).\n")
    assert "no file" in load_tree(tmp_path)
    (tmp_path / "course/01-first/03-letters.md").write_text("# Letters\n\nA letter.\n")

    assert rendered(tmp_path) == {WORDS, "course/01-first/03-letters.md"}


def test_a_changed_term_renders_the_lessons_that_name_it(tmp_path):
    write_tree(tmp_path)
    (tmp_path / WORDS).write_text("# Words\n\nA [byte](term:byte) each.\n")
    rendered(tmp_path)
    edit(tmp_path, "glossary.yml", "Eight bits.", "Eight bits, always.")

    assert rendered(tmp_path) == {WORDS}


def test_a_changed_fact_renders_exactly_the_lessons_that_cite_it(tmp_path):
    shutil.copytree(settings.CONTENT_DIR / "catalog", tmp_path / "catalog")
    write_tree(tmp_path)
    (tmp_path / WORDS).write_text("# Words\n\nIt reads {{ model:mistral-7b-v0.1.context }}.\n")
    (tmp_path / "course/01-first/03-more.md").write_text("# More\n\n{{ model:mistral-7b-v0.1.layers }}.\n")
    rendered(tmp_path)
    family = tmp_path / "catalog/families/mistral.yml"
    text = family.read_text()
    at = text.index("context_tokens:", text.index("mistral-7b-v0.1"))
    end = text.index("\n", at)
    family.write_text(f"{text[:at]}context_tokens: 4096{text[end:]}")

    assert rendered(tmp_path) == {WORDS}
    assert "4,096" in Lesson.objects.get(key="first/words").html


def test_a_new_pipeline_renders_every_page_and_reports_none(tmp_path, monkeypatch):
    rendered(write_tree(tmp_path))
    for module in (unit_cache, "engineersofai.fingerprints"):
        name = module if isinstance(module, str) else module.__name__
        monkeypatch.setattr(f"{name}.pipeline_version", lambda: "another")

    prepared = prepare(tmp_path, Choices())

    assert len(prepared.fresh) == 3
    assert load(prepared, Choices()).changes == 0


def imported_from(path, seen):
    """Add to ``seen`` a module of ours and every one that it imports, at any remove."""
    if not path.exists() or path in seen:
        return seen
    seen.add(path)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OURS:
            base = settings.BASE_DIR.joinpath(*node.module.split("."))
            names = [base.with_suffix(".py"), base / "__init__.py"]
            for each in [*names, *(base / f"{alias.name}.py" for alias in node.names)]:
                imported_from(each, seen)
    return seen


def test_whatever_a_load_imports_makes_another_pipeline():
    """What old code made of a course must never be taken for what new code makes of it."""
    covered = {path for pattern in pipeline_version._CODE for path in settings.BASE_DIR.glob(pattern)}

    imported = imported_from(settings.BASE_DIR / "engineersofai/content/__init__.py", set())

    assert settings.BASE_DIR / "lessons/placing.py" in imported
    assert settings.BASE_DIR / "engineersofai/unit_cache.py" in imported
    assert sorted(imported - covered) == []


def test_a_page_that_left_keeps_no_rendering(tmp_path):
    rendered(write_tree(tmp_path))
    (tmp_path / WORDS).unlink()
    edit(tmp_path, NUMBERS, "A byte has", "Every byte has")
    rendered(tmp_path)

    assert set(Rendering.objects.values_list("path", flat=True)) == {NUMBERS, INDEX}


def test_a_page_that_nothing_else_names_leaves_without_a_trace_too(tmp_path):
    alone = "course/01-first/03-alone.md"
    rendered(write_tree(tmp_path, {**TREE, alone: "# Alone\n\nText.\n"}))
    assert Rendering.objects.filter(path=alone).exists()
    (tmp_path / alone).unlink()

    prepared = prepare(tmp_path, Choices(prune=True))
    load(prepared, Choices(prune=True))

    assert prepared.fresh == []
    assert not Rendering.objects.filter(path=alone).exists()


def test_what_is_kept_says_what_rendering_says(tmp_path):
    """A page from the store and the same page rendered are one: HTML, warnings, questions, all."""
    tree = {**TREE, WORDS: "# Words\n\n### Deep\n\n[Nowhere](nothing.md), {{ nothing }}.\n"}
    first = prepare(write_tree(tmp_path, tree), Choices())
    load(first, Choices())
    edit(tmp_path, INDEX, "What this", "What all this")

    second = prepare(tmp_path, Choices())

    assert [job.page.path for job, _unit in second.fresh] == [INDEX]
    assert [str(each) for each in second.problems] == [str(each) for each in first.problems]
    for path in (NUMBERS, WORDS):
        kept, made = second.lessons.pages[path], first.lessons.pages[path]
        assert kept.rendered == made.rendered
        assert kept.objectives == made.objectives
    quizzes = [[each.body for each in quiz.questions] for quiz in second.quizzes.by_track["course"]]
    assert quizzes == [[each.body for each in quiz.questions] for quiz in first.quizzes.by_track["course"]]
    assert second.quizzes.pieces[NUMBERS] == first.quizzes.pieces[NUMBERS]
    assert second.quizzes.summaries == first.quizzes.summaries


def test_an_edited_key_is_not_taken_from_the_store(tmp_path):
    rendered(write_tree(tmp_path))
    (tmp_path / NUMBERS).write_text(LESSON.replace("eight bits", "8 bits"))
    rendered(tmp_path)
    (tmp_path / NUMBERS).write_text(LESSON)

    assert rendered(tmp_path) == {NUMBERS}


def test_a_load_that_reads_no_page_says_that_warnings_stand(tmp_path):
    root = write_tree(tmp_path, {**TREE, WORDS: "# Words\n\n[Nowhere](nothing.md).\n"})
    load_tree(root)

    said = load_tree(root)

    assert "1 warning as before" in said
    assert "nothing.md" not in said
    assert "nothing.md" in load_tree(root, "--verbosity", "2")


@pytest.mark.parametrize(
    "damage",
    [
        {"data": b"x"},
        {"page": b"x"},
        {"data": zlib.compress(b"[]")},
        {"needs": ["x"]},
        {"needs": {"x:y": "z"}},
    ],
)
def test_a_damaged_row_is_rendered_anew(tmp_path, damage):
    rendered(write_tree(tmp_path))
    html = Lesson.objects.get(key="first/words").html
    Rendering.objects.filter(path=WORDS).update(**damage)
    edit(tmp_path, INDEX, "What this", "What all this")

    assert rendered(tmp_path) == {WORDS, INDEX}
    assert Lesson.objects.get(key="first/words").html == html
