"""A page with its questions as one piece of work, for any process to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from catalog.problems import Problem
from engineersofai.quiz_content import Pieces, QuizText, contents_of, pieces_of, read_lesson_questions
from lessons.needs import Needs, Recorder
from lessons.packing import PackedPage
from lessons.prepare import PageJob, render_job
from lessons.rendering import FactCitation, Library, RenderedPage
from quizzes.lint import lint_questions
from quizzes.loader import QuestionContent
from quizzes.summary import QuizSummary, summarize


@dataclass(frozen=True, slots=True)
class Shared:
    """What every page of a tree is rendered with; sent to a worker process once."""

    library: Library
    has_glossary: bool = False


@dataclass(frozen=True, slots=True)
class UnitJob:
    """One page and the question files beside it.

    ``address`` is the page's below /learn/, ``place`` its id in the track; a module page asks nothing.
    """

    page: PageJob
    address: str
    place: str
    asks: bool
    quiz_files: tuple[QuizText, ...] = ()


@dataclass(slots=True)
class Unit:
    """One page rendered with its questions, and what it would take to render it anew."""

    rendered: PackedPage
    objectives: list[str]
    prerequisites: list[str]
    problems: list[Problem]
    dropped: Counter[str] = field(default_factory=Counter)
    questions: list[QuestionContent] = field(default_factory=list)
    pieces: Pieces = field(default_factory=dict)
    citations: dict[str, list[FactCitation]] = field(default_factory=dict)
    summary: QuizSummary = field(default_factory=QuizSummary)
    needs: Needs = field(default_factory=dict)


def render_unit(job: UnitJob, shared: Shared) -> Unit:
    """Render a page and its questions. A pure function of both arguments: it reads no file and no row."""
    recorder = Recorder(shared.library)
    text = render_job(job.page, recorder.library)
    unit = Unit(text.rendered, text.objectives, text.prerequisites, text.problems, text.dropped)
    unit.citations[job.page.path] = list(text.rendered.citations)
    if job.asks:
        _ask(unit, job, recorder.library, recorder.library.terms if shared.has_glossary else None)
    unit.needs = recorder.needs
    return unit


def refused_unit(job: UnitJob, code: str, message: str, remedy: str) -> Unit:
    """Return an empty unit whose only problem says why the page could not be rendered."""
    nothing = RenderedPage(
        html="",
        headings=(),
        sections=(),
        words=0,
        quiz_fences=(),
        directives=(),
        citations=(),
        assets=frozenset(),
    )
    return Unit(PackedPage.pack(nothing), [], [], [Problem(job.page.path, 1, 1, code, message, remedy)])


def _ask(unit: Unit, job: UnitJob, library: Library, concepts: Collection[str] | None) -> None:
    anchors = frozenset(heading.anchor for heading in unit.rendered.headings)
    fences = unit.rendered.quiz_fences
    sources, problems = read_lesson_questions(
        job.page.path, fences, job.quiz_files, anchors, concepts, text=job.page.text, place=job.place
    )
    unit.problems += problems
    texts: Mapping[str, str] = {each.path: each.text for each in job.quiz_files}
    contents, problems, citations = contents_of(sources, {**texts, job.page.path: job.page.text}, library)
    unit.questions = contents
    unit.problems += problems
    for path, found in citations.items():
        unit.citations.setdefault(path, []).extend(found)
    unit.pieces = pieces_of(job.address, sources)
    unit.problems += lint_questions(sources)
    unit.summary = summarize(sources)
