"""The questions that the site holds, as files: read from its stored texts, so Markdown stays Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from catalog.problems import Problem
from engineersofai.quiz_content import quiz_files, read_lesson_questions
from engineersofai.writing import place_of, replace_file
from lessons.reader import read_tree
from lessons.rendering import Library, RenderContext, RenderedPage, render_page
from lessons.source import ContentTree, PageSource
from lessons.stored import StoredFiles
from quizzes.export.gift import as_gift
from quizzes.export.yaml import as_yaml
from quizzes.reading import YAML_SUFFIXES
from quizzes.source import QuestionSource, read_questions

Format = Literal["yaml", "gift"]

SUFFIXES: dict[Format, str] = {"yaml": ".quiz.yml", "gift": ".quiz.gift"}


@dataclass(frozen=True, slots=True)
class LessonQuiz:
    """The questions of one lesson; ``written`` is its quiz file where that holds all of them as YAML."""

    page: PageSource
    questions: Sequence[QuestionSource]
    written: str = ""

    @property
    def in_page(self) -> int:
        """How many of them stand in the page itself as our YAML, which a file beside it may not repeat."""
        return sum(each.path == self.page.path and not each.is_foreign for each in self.questions)

    @property
    def gaps(self) -> list[Problem]:
        """What our YAML asks for and other formats do not: where its file is to be completed by hand."""
        return read_questions(self.text("yaml"), self.path("yaml"))[1]

    def path(self, form: Format) -> str:
        """Return the content path of its file in a format."""
        return f"{self.page.stem}{SUFFIXES[form]}"

    def text(self, form: Format) -> str:
        """Return the questions as the text of a file; a quiz file of ours comes as its author wrote it."""
        specs = (question.spec for question in self.questions)
        if form == "gift":
            return f"$CATEGORY: {self.page.url_path}\n\n{as_gift(specs)}"
        return self.written or as_yaml(specs)


class WouldReplace(Exception):
    """A file that says something else lies where one would be written; its text is the path."""


class NothingThere(LookupError):
    """No lesson, module or track goes by a name."""


def stored_quizzes(places: Sequence[str]) -> list[LessonQuiz]:
    """Return the quizzes of the places named, in the order of the course; of all when none are.

    A place is the slug of a track, or the address or content path of a module or a lesson. Raises
    ``NothingThere`` with the name that leads nowhere.
    """
    tree = read_tree(StoredFiles({}))
    lessons = [page for track in tree.tracks for module in track.modules for page in module.lessons]
    wanted = [place.strip("/").removeprefix("learn/") for place in places]
    for place, name in zip(wanted, places, strict=True):
        if not any(_lies_at(page, place) for page in lessons):
            raise NothingThere(name)
    chosen = (page for page in lessons if not wanted or any(_lies_at(page, place) for place in wanted))
    return [quiz for quiz in (_quiz(page, tree) for page in chosen) if quiz.questions]


def write_quizzes(
    quizzes: Iterable[LessonQuiz], folder: Path, form: Format, *, force: bool
) -> Iterator[Path]:
    """Write a file for each lesson below a folder, as it lies in the content tree; yield each place.

    Raises ``Unwritable``, and without ``force`` ``WouldReplace`` for a file that says something else.
    """
    for quiz in quizzes:
        path = quiz.path(form)
        place, data = place_of(folder, path), quiz.text(form).encode()
        if place.exists() and not force and place.read_bytes() != data:
            raise WouldReplace(path)
        replace_file(place, data)
        yield place


def _lies_at(page: PageSource, place: str) -> bool:
    within = f"{place}/"
    return (
        place in (page.url_path, page.path, page.stem)
        or page.url_path.startswith(within)
        or (page.path.startswith(within))
    )


def _quiz(page: PageSource, tree: ContentTree) -> LessonQuiz:
    rendered = _rendered(page)
    fences = rendered.quiz_fences
    files = quiz_files(page, tree, tree.paths, [])
    # What refers to nothing was left out by the load, and is not written either.
    anchors = frozenset(heading.anchor for heading in rendered.headings)
    concepts = tree.glossary.terms if tree.has_glossary else None
    questions, _problems = read_lesson_questions(
        page.path, fences, files, anchors, concepts, text=page.text, place=page.key
    )
    written = next((file for file in files if file.path.endswith(YAML_SUFFIXES)), None)
    holds_all = written and all(question.path == written.path for question in questions)
    return LessonQuiz(page, questions, written.text if written and holds_all else "")


def _rendered(page: PageSource) -> RenderedPage:
    """Return a page with its questions and headings. Facts and links are left alone: nothing is looked up."""
    context = RenderContext(page.path, Library(), text=page.text)
    return render_page(page.matter.body, context, page.matter.first_line)
