"""The questions of a content tree: read, checked and rendered beside the lessons they belong to.

What concerns one lesson is pure and may run in another process (``engineersofai.units``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem, Severity
from catalog.textfiles import line_at
from lessons.files import PAGE_SUFFIXES
from lessons.rendering import FactCitation, Fence, Library, RenderContext, render_fragment
from lessons.source import ContentTree, PageSource, TrackSource
from quizzes.bodies import build_body
from quizzes.loader import QuestionContent, QuizContent
from quizzes.placeholders import slots_for
from quizzes.reading import QUIZ_SUFFIXES, YAML_SUFFIXES, LessonTexts, quiz_paths, read_lesson
from quizzes.source import QuestionSource
from quizzes.summary import QuizSummary

Pieces = dict[tuple[str, str], str]


@dataclass(slots=True)
class PreparedQuizzes:
    """Quizzes by track slug; and by content path: HTML for a page's markers, summaries, facts cited."""

    by_track: dict[str, list[QuizContent]] = field(default_factory=dict)
    pieces: dict[str, Pieces] = field(default_factory=dict)
    summaries: dict[str, QuizSummary] = field(default_factory=dict)
    citations: dict[str, list[FactCitation]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many questions each lesson asks, by content path."""
        return {path: summary.questions for path, summary in self.summaries.items()}


@dataclass(frozen=True, slots=True)
class QuizText:
    """The text of a question file."""

    path: str
    text: str


def quiz_files(
    page: PageSource, tree: ContentTree, known: Collection[str], problems: list[Problem]
) -> tuple[QuizText, ...]:
    """Return the question files of a lesson among the paths ``known``; faulty ones go to ``problems``.

    They lie beside it under its name, or are named in its text.
    """
    found = []
    for path in quiz_paths(page.path, page.text):
        if path not in known:
            continue
        try:
            text = tree.texts[path] = tree.files.text(path)
        except ContentError as error:
            problems += error.problems
            continue
        found.append(QuizText(path, text))
    return tuple(found)


def read_lesson_questions(
    path: str,
    fences: Collection[Fence],
    files: Collection[QuizText],
    anchors: Collection[str] | None,
    concepts: Collection[str] | None,
    *,
    text: str,
    place: str,
) -> tuple[list[QuestionSource], list[Problem]]:
    """Return a lesson's questions: those of its fences in page order, then those of its quiz files.

    ``text`` is the whole page; ``place`` is what ids are made of where a format has none. References to
    ``anchors`` and ``concepts`` are not checked where these are None.
    """
    texts = LessonTexts(path, text, place, tuple(fences), {each.path: each.text for each in files})
    return read_lesson(texts, concepts=concepts, anchors=anchors)


def contents_of(
    questions: Collection[QuestionSource], texts: Mapping[str, str], library: Library
) -> tuple[list[QuestionContent], list[Problem], dict[str, list[FactCitation]]]:
    """Render questions; ``texts`` are whole files by path, for excerpts. Facts cited come by path."""
    contents: list[QuestionContent] = []
    problems: list[Problem] = []
    citations: dict[str, list[FactCitation]] = {}
    for question in questions:
        context = RenderContext(question.path, library, text=texts.get(question.path, ""))

        def render(markdown: str, line: int, context: RenderContext = context) -> str:
            return render_fragment(markdown, context, line)

        contents.append(QuestionContent(question, build_body(question, render)))
        problems += context.problems
        citations.setdefault(question.path, []).extend(context.citations)
    return contents, problems, citations


def pieces_of(address: str, questions: list[QuestionSource]) -> Pieces:
    """Return the HTML that stands where a lesson asks; ``address`` is the lesson's below /learn/."""
    slots = slots_for(address, questions)
    pieces: Pieces = {("fence", str(line)): html for line, html in slots.by_fence.items()}
    pieces |= {("section", anchor): html for anchor, html in slots.by_section.items()}
    pieces["end", ""] = slots.at_end
    return pieces


def stray_questions(
    track: TrackSource, tree: ContentTree, fences: Mapping[str, Collection[Fence]]
) -> Iterator[Problem]:
    """Yield a problem for questions that no lesson would ask: a slip in a file's name would drop them all.

    ``fences`` are the quiz fences of module pages, by path.
    """
    for module in track.modules:
        if module.index is None:
            continue
        for fence in fences.get(module.index.path, ()):
            message, remedy = _("a module page asks no questions"), _("Move them into a lesson.")
            yield Problem(
                module.index.path,
                fence.line,
                1,
                "stray-questions",
                message,
                remedy,
                _severity(is_ours=fence.kind == "yaml"),
                source_line=line_at(module.index.text, fence.line),
            )
    pages = {path.rpartition(".")[0] for path in tree.files.paths if path.endswith(PAGE_SUFFIXES)}
    pages -= {module.index.stem for module in track.modules if module.index}
    for path in tree.files.paths:
        lower = path.lower()
        suffix = next((suffix for suffix in QUIZ_SUFFIXES if lower.endswith(suffix)), "")
        if not suffix or not path.startswith(track.folder):
            continue
        stem = path[: -len(suffix)]
        severity = _severity(is_ours=suffix in YAML_SUFFIXES)
        if not path.endswith(suffix):
            message = _("questions are read from '%(suffix)s' in small letters only") % {"suffix": suffix}
            remedy = _("Name it %(name)s.") % {"name": f"{stem.rpartition('/')[2]}{suffix}"}
            yield Problem(path, 1, 1, "stray-questions", message, remedy, severity)
        elif stem not in pages:
            message = _("no lesson lies beside this quiz")
            remedy = _("Name it as its lesson: %(example)s.") % {"example": f"03-lesson{suffix}"}
            yield Problem(path, 1, 1, "stray-questions", message, remedy, severity)


def _severity(*, is_ours: bool) -> Severity:
    """Return how bad it is that questions are left out: a course in another format is loaded all the same."""
    return Severity.ERROR if is_ours else Severity.WARNING
