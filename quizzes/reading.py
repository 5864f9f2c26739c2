"""A lesson's questions in whatever format they are written: fences of its page first, then files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from catalog.problems import Problem, Severity
from catalog.yamlsource import Position
from lessons.rendering import Fence
from quizzes.checks import Known
from quizzes.foreign import checkboxes, gift, huggingface, mdbook
from quizzes.foreign.drafts import Origin
from quizzes.foreign.keys import Keys, tail_of
from quizzes.source import QuestionSource, read_questions

YAML_SUFFIXES = (".quiz.yml", ".quiz.yaml")
GIFT_SUFFIXES = (".quiz.gift", ".gift")
CHECKBOX_SUFFIX = ".quiz.md"

QUIZ_SUFFIXES = (*YAML_SUFFIXES, CHECKBOX_SUFFIX, *GIFT_SUFFIXES)
"""What a lesson's file name ends in, in place of ``.md``, for its questions."""

Read = tuple[list[QuestionSource], list[Problem]]


@dataclass(frozen=True, slots=True)
class LessonTexts:
    """What one lesson's questions are read from.

    ``place`` is the lesson's id, of which ids are made for questions that have none. ``files`` are texts by
    content path: those named as the lesson, and those that its page names.
    """

    path: str
    text: str
    place: str
    fences: Sequence[Fence] = ()
    files: Mapping[str, str] = field(default_factory=dict)


def quiz_paths(path: str, text: str) -> list[str]:
    """Return where the questions of a page may lie, in reading order: beside it, and where it says."""
    stem = path.rpartition(".")[0]
    return [*(f"{stem}{suffix}" for suffix in QUIZ_SUFFIXES), *mdbook.named_quizzes(text, _folder(path))]


def read_lesson(
    lesson: LessonTexts, *, concepts: Collection[str] | None = None, anchors: Collection[str] | None = None
) -> Read:
    """Return a lesson's questions and everything that is wrong with them. A pure function."""
    reader = _Reader(lesson, Known(concepts, anchors))
    for fence in lesson.fences:
        reader.add(reader.fence(fence))
    for path, text in lesson.files.items():
        if path.endswith(QUIZ_SUFFIXES):
            reader.add(reader.file(path, text))
    return reader.questions, reader.problems


class _Reader:
    def __init__(self, lesson: LessonTexts, known: Known) -> None:
        self.lesson = lesson
        self.known = known
        self.keys = Keys(lesson.place)
        self.asked = ("", 1)
        """What stands before the last <Question>, and its line: variants of one question share it."""
        self.questions: list[QuestionSource] = []
        self.problems: list[Problem] = []

    def fence(self, fence: Fence) -> Read:
        """Read what stands, or is named, at one place of the page."""
        page = Origin(self.lesson.path, self.lesson.text, self.keys, self.known, 1, fence.line)
        if fence.kind == "huggingface":
            if huggingface.has_prompt(fence.before):
                self.asked = fence.before, fence.before_line
            # A variant has no prompt of its own. With a mark such as {:else} before it, it stands in another
            # tab below the same prompt; without, it stands below the first variant.
            is_right_below = bool(fence.before.strip())
            return huggingface.read_question(
                fence.text, fence.line, *self.asked, page, is_right_below=is_right_below
            )
        if fence.kind == "mdbook":
            path = mdbook.quiz_path(fence.text.strip(), _folder(self.lesson.path))
            text = self.lesson.files.get(path)
            if text is None:
                message = _("there is no quiz at '%(path)s'") % {"path": path}
                return [], [page.warning(Position(fence.line, 1), "no-quiz", message, _("It is left out."))]
            return mdbook.read_quiz(Origin(path, text, self.keys, self.known, 1, fence.line))
        return self._yaml(self.lesson.path, fence.text, fence.line, fence.line)

    def file(self, path: str, text: str) -> Read:
        """Read a file of questions."""
        origin = Origin(path, text, self.keys, self.known)
        if path.endswith(GIFT_SUFFIXES):
            return gift.read_gift(origin)
        if path.endswith(CHECKBOX_SUFFIX):
            return checkboxes.read_checkboxes(origin)
        return self._yaml(path, text)

    def add(self, read: Read) -> None:
        """Take questions in. One of another format whose id the lesson has already is skipped.

        One of ours with the id of another format's is what that became: it takes its place, or stands in the
        order of its own fence.
        """
        questions, problems = read
        earlier = _Earlier(self.questions, questions)
        for question in questions:
            other = earlier.same_as(question)
            if other is None or not (question.is_foreign or other.is_foreign):
                self.questions.append(question)  # of two of ours with one id, the second is an error
                earlier.add(question)
            elif not question.is_foreign:
                self._take_over(other, question)
                earlier.replace(other, question)
                self.problems.append(_taken_over(other, question))
            elif not other.is_foreign:
                self.problems.append(_taken_over(question, other))
            else:
                message = _("the lesson has a question with the id '%(key)s' already") % {"key": other.key}
                self.problems.append(question.warning("duplicate-id", message, _("The question is skipped.")))
        self.problems += problems

    def _take_over(self, foreign: QuestionSource, ours: QuestionSource) -> None:
        place = next(place for place, question in enumerate(self.questions) if question is foreign)
        if ours.fence_line is None:
            self.questions[place] = _in_place_of(foreign, ours)
        else:
            del self.questions[place]
            self.questions.append(ours)

    def _yaml(self, path: str, text: str, first_line: int = 1, fence_line: int | None = None) -> Read:
        return read_questions(
            text,
            path,
            concepts=self.known.concepts,
            anchors=self.known.anchors,
            first_line=first_line,
            fence_line=fence_line,
        )


class _Earlier:
    """The questions that a lesson has, by their ids and by what their ids say of them.

    Ids of other formats begin with the lesson's place. When a page is renamed those in its tags change and
    those written in a file stay, so the part made of the question alone decides where no id is equal.
    """

    def __init__(self, earlier: Sequence[QuestionSource], coming: Sequence[QuestionSource]) -> None:
        self._coming = {question.key for question in coming}
        self._by_key: dict[str, QuestionSource] = {}
        self._by_tail: dict[str, QuestionSource] = {}
        for question in earlier:
            self.add(question)

    def add(self, question: QuestionSource) -> None:
        """Note a question; the first of two that are alike counts."""
        self._by_key.setdefault(question.key, question)
        self._by_tail.setdefault(tail_of(question.key), question)

    def replace(self, foreign: QuestionSource, ours: QuestionSource) -> None:
        """Note that one of ours is asked instead of another."""
        self._by_key[foreign.key] = self._by_key[ours.key] = ours
        self._by_tail[tail_of(foreign.key)] = self._by_tail[tail_of(ours.key)] = ours

    def same_as(self, question: QuestionSource) -> QuestionSource | None:
        """Return the question that this one is already, if there is one."""
        if same := self._by_key.get(question.key):
            return same
        tail = tail_of(question.key)
        other = self._by_tail.get(tail) if tail else None
        if other is None or other.key in self._coming or not (question.is_foreign or other.is_foreign):
            return None
        return other


def _in_place_of(foreign: QuestionSource, ours: QuestionSource) -> QuestionSource:
    """Return a question of a file where the other stood in the page, unless it names a section."""
    if ours.section:
        return ours
    is_above = foreign.prompt_is_above and foreign.spec.prompt == ours.spec.prompt
    return replace(ours, fence_line=foreign.fence_line, prompt_is_above=is_above)


def _taken_over(foreign: QuestionSource, ours: QuestionSource) -> Problem:
    """Return a note on a question that is asked as our YAML has it."""
    message = _("'%(key)s' is asked as it stands in %(path)s") % {"key": ours.key, "path": ours.path}
    return replace(foreign.problem("taken-over", message), severity=Severity.NOTE)


def _folder(path: str) -> str:
    return path.rpartition("/")[0] + "/" if "/" in path else ""
