"""The questions of a content tree: read, checked and rendered beside the lessons they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem
from catalog.textfiles import line_at
from lessons.files import PAGE_SUFFIXES
from lessons.prepare import PreparedLessons, PreparedPage
from lessons.rendering import FactCitation, RenderContext, render_fragment
from lessons.source import ContentTree, TrackSource
from quizzes.bodies import build_body
from quizzes.loader import QuestionContent, QuizContent
from quizzes.placeholders import slots_for
from quizzes.source import QuestionSource, duplicate_keys, read_questions

QUIZ_SUFFIXES = (".quiz.yml", ".quiz.yaml")

Pieces = dict[tuple[str, str], str]


@dataclass(slots=True)
class PreparedQuizzes:
    """Quizzes by track slug; and by content path: HTML for a page's markers, question counts, facts cited."""

    by_track: dict[str, list[QuizContent]] = field(default_factory=dict)
    pieces: dict[str, Pieces] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    citations: dict[str, list[FactCitation]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def prepare_quizzes(tree: ContentTree, lessons: PreparedLessons) -> PreparedQuizzes:
    """Read and render every question of every lesson; all problems come together."""
    prepared = PreparedQuizzes()
    for track in tree.tracks:
        sources: list[QuestionSource] = []
        for page in _lesson_pages(track, lessons):
            questions = _read(page, tree, prepared)
            sources += questions
            prepared.counts[page.source.path] = len(questions)
            prepared.by_track.setdefault(track.slug, []).append(_content(page, questions, lessons, prepared))
            prepared.pieces[page.source.path] = _pieces(page, questions)
        prepared.problems += duplicate_keys(sources)
        prepared.problems += _strays(track, tree, lessons)
    return prepared


def _lesson_pages(track: TrackSource, lessons: PreparedLessons) -> Iterator[PreparedPage]:
    for module in track.modules:
        for page in module.lessons:
            yield lessons.pages[page.path]


def _read(page: PreparedPage, tree: ContentTree, prepared: PreparedQuizzes) -> list[QuestionSource]:
    """Return a lesson's questions: those of its fences in page order, then those of its quiz file."""
    concepts = tree.glossary.terms.keys() if tree.has_glossary else None
    found: list[QuestionSource] = []
    texts = [(page.source.path, fence.text, fence.line, fence.line) for fence in page.rendered.quiz_fences]
    for path in (f"{page.source.stem}{suffix}" for suffix in QUIZ_SUFFIXES):
        if path in tree.files.paths:
            text = _quiz_text(path, tree, prepared)
            if text is not None:
                texts.append((path, text, 1, 0))
    for path, text, first_line, fence_line in texts:
        questions, problems = read_questions(
            text,
            path,
            concepts=concepts,
            anchors=page.anchors,
            first_line=first_line,
            fence_line=fence_line or None,
        )
        found += questions
        prepared.problems += problems
    return found


def _strays(track: TrackSource, tree: ContentTree, lessons: PreparedLessons) -> Iterator[Problem]:
    """Yield a problem for questions that no lesson would ask: a slip in a file's name would drop them all."""
    for module in track.modules:
        if module.index is None:
            continue
        for fence in lessons.pages[module.index.path].rendered.quiz_fences:
            message, remedy = _("a module page asks no questions"), _("Move them into a lesson.")
            excerpt = line_at(module.index.text, fence.line)
            yield Problem(
                module.index.path, fence.line, 1, "stray-questions", message, remedy, source_line=excerpt
            )
    pages = {path.rpartition(".")[0] for path in tree.files.paths if path.endswith(PAGE_SUFFIXES)}
    pages -= {module.index.stem for module in track.modules if module.index}
    for path in tree.files.paths:
        suffix = next((suffix for suffix in QUIZ_SUFFIXES if path.endswith(suffix)), "")
        if suffix and path.startswith(track.folder) and path.removesuffix(suffix) not in pages:
            message = _("no lesson lies beside this quiz")
            remedy = _("Name it as its lesson: %(example)s.") % {"example": f"03-lesson{suffix}"}
            yield Problem(path, 1, 1, "stray-questions", message, remedy)


def _quiz_text(path: str, tree: ContentTree, prepared: PreparedQuizzes) -> str | None:
    try:
        text = tree.files.text(path)
    except ContentError as error:
        prepared.problems += error.problems
        return None
    tree.texts[path] = text
    return text


def _content(
    page: PreparedPage, questions: list[QuestionSource], lessons: PreparedLessons, prepared: PreparedQuizzes
) -> QuizContent:
    contents = []
    for question in questions:
        text = page.source.text if question.path == page.source.path else question.mapped.text
        context = RenderContext(question.path, lessons.library, text=text)

        def render(markdown: str, line: int, context: RenderContext = context) -> str:
            return render_fragment(markdown, context, line)

        contents.append(QuestionContent(question, build_body(question, render)))
        prepared.problems += context.problems
        prepared.citations.setdefault(question.path, []).extend(context.citations)
    return QuizContent(page.source.key, contents)


def _pieces(page: PreparedPage, questions: list[QuestionSource]) -> Pieces:
    slots = slots_for(page.source.url_path, questions)
    pieces: Pieces = {("fence", str(line)): html for line, html in slots.by_fence.items()}
    pieces |= {("section", anchor): html for anchor, html in slots.by_section.items()}
    pieces["end", ""] = slots.at_end
    return pieces
