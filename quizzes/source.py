"""Reads the questions of quiz files and quiz fences: text in, frozen questions and problems out.

Knows no database and renders nothing. All that is wrong in a text is found in one pass, each at its line and
column; what can be read beside it is returned all the same, so that later checks miss nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from catalog.problems import ContentError, Problem, Severity
from catalog.yamlsource import Mapped, parse_yaml
from quizzes.checks import Known, check_question
from quizzes.missing_ids import fix_ids_remedy
from quizzes.schema import MAX_QUESTIONS, AnySpec, ChoiceSpec, MultiSpec, TrueFalseSpec
from quizzes.untyped import validate_quiz

_SPEC: TypeAdapter[AnySpec] = TypeAdapter(AnySpec)


@dataclass(frozen=True, slots=True)
class QuestionSource:
    """One question as written, and where."""

    spec: AnySpec
    mapped: Mapped = field(repr=False)
    index: int
    """Its place in ``mapped``, from 0."""

    fence_line: int | None = None
    """The line of the fence that holds it; None for a quiz file."""

    is_foreign: bool = False
    """Whether it was written in somebody else's format, which asks for less."""

    is_derived: bool = False
    """Whether its id is made of its text, since its format has none."""

    prompt_is_above: bool = False
    """Whether the page says its prompt right above it, so that a lesson need not show it again."""

    @property
    def key(self) -> str:
        """The id that attempts hang on, unique in the track."""
        return self.spec.id

    @property
    def section(self) -> str:
        """The anchor of the heading it belongs to, without ``#``; empty when it names none."""
        return (self.spec.section or "").removeprefix("#")

    @property
    def path(self) -> str:
        """The file it stands in."""
        return self.mapped.path

    @property
    def line(self) -> int:
        """The line it begins in, counted from 1."""
        return self.mapped.position(("questions", self.index)).line

    @property
    def missing_reasons(self) -> int:
        """How many reasons a learner would look for and not find."""
        spec = self.spec
        match spec:
            case ChoiceSpec() | MultiSpec():
                reasons = [option.reason for option in spec.options]
            case TrueFalseSpec():
                reasons = [spec.reason_true, spec.reason_false]
            case _:
                reasons = [spec.reason, *(mistake.reason for mistake in spec.mistakes)]
        return sum(not reason.strip() for reason in reasons)

    def line_of(self, *place: str | int) -> int:
        """Return the line in which the text of a field begins."""
        path = ("questions", self.index, *place)
        position = self.mapped.position(path)
        if self.is_foreign:
            return position.line
        line = self.mapped.text.split("\n")[position.line - self.mapped.first_line]
        # The text of a block scalar ("prompt: |") begins in the line after its mark.
        return position.line + (line[position.column - 1 : position.column] in ("|", ">"))

    def problem(self, code: str, message: str, remedy: str = "", *place: str | int) -> Problem:
        """Return a problem at one field of this question."""
        return self.mapped.problem(("questions", self.index, *place), code, message, remedy)

    def warning(self, code: str, message: str, remedy: str = "", *place: str | int) -> Problem:
        """Return a problem at one field of this question that refuses nothing."""
        return replace(self.problem(code, message, remedy, *place), severity=Severity.WARNING)


def read_questions(
    text: str,
    path: str,
    *,
    concepts: Collection[str] | None = None,
    anchors: Collection[str] | None = None,
    first_line: int = 1,
    fence_line: int | None = None,
) -> tuple[list[QuestionSource], list[Problem]]:
    """Read one quiz file, or one fence whose content begins at ``first_line`` of its page.

    ``concepts`` are the ids of the glossary, ``anchors`` the heading ids of the lesson; None leaves the check
    out. A question that its schema refuses is not returned, unless only its type is at fault.
    """
    try:
        mapped = parse_yaml(text, path, first_line=first_line)
    except ContentError as error:
        return [], list(error.problems)
    mapped, refused = validate_quiz(mapped)
    problems = [_with_remedy(problem) for problem in refused]
    known = Known(concepts, anchors)
    questions: list[QuestionSource] = []
    raw_questions = mapped.data.get("questions") if isinstance(mapped.data, dict) else None
    listed = raw_questions if isinstance(raw_questions, list) else []
    for index, raw in enumerate(listed[:MAX_QUESTIONS]):  # more than that is an error of the schema
        found = check_question(mapped, index, raw, known, problems)
        problems += found
        if any(problem.code == "too-many-options" for problem in found):
            continue  # rendering thousands of them would take longer than a page may
        try:
            spec = _SPEC.validate_python(raw)
        except ValidationError:
            continue
        questions.append(QuestionSource(spec, mapped, index, fence_line))
    problems += duplicate_keys(questions)
    return questions, sorted(problems, key=Problem.sort_key)


def _with_remedy(problem: Problem) -> Problem:
    """Return a missing id's problem with the remedy that writes it; any other as it is."""
    is_id = problem.code == "missing-key" and problem.message == _("missing key '%(key)s'") % {"key": "id"}
    return replace(problem, remedy=fix_ids_remedy()) if is_id else problem


def duplicate_keys(questions: Iterable[QuestionSource]) -> list[Problem]:
    """Return a problem for every id that another question has already; give it the questions of a track.

    The first of two in the order given keeps the id, the second is reported; one of ours comes before any of
    somebody else's format, where a second is a warning and whoever loads them leaves it out.
    """
    seen: dict[str, QuestionSource] = {}
    found: list[Problem] = []
    for question in sorted(questions, key=lambda question: question.is_foreign):
        first = seen.setdefault(question.key, question)
        if first is not question:
            message = _("the id '%(key)s' is taken") % {"key": question.key}
            remedy = _("It stands at %(path)s:%(line)d already; ids are unique in a track.") % {
                "path": first.path,
                "line": first.line,
            }
            report = question.warning if question.is_foreign else question.problem
            found.append(report("duplicate-id", message, remedy, "id"))
    return found
