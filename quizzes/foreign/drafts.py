"""From what a foreign reader found to questions of ours: checked, given an id, or reported and skipped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from catalog.problems import Problem, Severity
from catalog.textfiles import line_at
from catalog.yamlsource import DataPath, Mapped, Position, validate
from quizzes.checks import Known, check_question
from quizzes.foreign.keys import Keys
from quizzes.schema import MAX_QUESTIONS, QuizSpec
from quizzes.source import QuestionSource

DEFAULT_KIND = "recall"

_REFERENCES = {"unknown-concept": "concepts", "unknown-section": "section"}


@dataclass(frozen=True, slots=True)
class Origin:
    """The text that questions stand in.

    ``text`` begins at ``first_line`` of the file and gives excerpts; ``fence_line`` is the line of the place
    in a page that the questions were written at, None for a file of questions.
    """

    path: str
    text: str
    keys: Keys
    known: Known
    first_line: int = 1
    fence_line: int | None = None

    def warning(self, place: Position, code: str, message: str, remedy: str = "") -> Problem:
        """Return a problem at a place of the text that refuses nothing."""
        excerpt = line_at(self.text, place.line - self.first_line + 1)
        return Problem(
            self.path, place.line, place.column, code, message, remedy, Severity.WARNING, source_line=excerpt
        )


@dataclass(slots=True)
class Draft:
    """One question as found: our keys with their values, and the place of each by its path in the question.

    What is not said is left out: ``id``, ``kind``, reasons; ``type`` too where options decide it. ``name`` is
    the title in its file, if it has one, which then stands for its identity.
    """

    place: Position
    raw: dict[str, Any]
    places: dict[DataPath, Position] = field(default_factory=dict)
    name: str = ""

    def mapped(self, origin: Origin) -> Mapped:
        """Return the draft as data with positions, as the YAML reader returns its own."""
        values: dict[DataPath, Position] = {("questions", 0): self.place}
        values |= {("questions", 0, *path): place for path, place in self.places.items()}
        return Mapped(origin.path, {"questions": [self.raw]}, {}, values, origin.text, origin.first_line)


def as_questions(drafts: Iterable[Draft], origin: Origin) -> tuple[list[QuestionSource], list[Problem]]:
    """Return the questions that drafts make, and a warning for each that makes none."""
    questions: list[QuestionSource] = []
    problems: list[Problem] = []
    for number, draft in enumerate(drafts):
        if number >= MAX_QUESTIONS:
            message = _("more than %(limit)d questions in one text") % {"limit": MAX_QUESTIONS}
            remedy = _("This one and those after it are skipped: split the text.")
            problems.append(origin.warning(draft.place, "too-many-questions", message, remedy))
            break
        question, found = _question(draft, origin)
        problems += found
        if question is not None:
            questions.append(question)
    return questions, problems


def _question(draft: Draft, origin: Origin) -> tuple[QuestionSource | None, list[Problem]]:
    is_derived = _complete(draft, origin)
    mapped = draft.mapped(origin)
    refused = validate(QuizSpec, mapped)
    found = [*refused, *check_question(mapped, 0, draft.raw, origin.known, refused, is_foreign=True)]
    notes = [_dropped(draft, each) for each in found if each.code in _REFERENCES]
    faults = [_skipped(each) for each in found if each.code not in _REFERENCES]
    if faults:
        return None, [*notes, *faults]
    spec = QuizSpec.model_validate({"questions": [draft.raw]}).questions[0]
    return QuestionSource(spec, mapped, 0, origin.fence_line, is_foreign=True, is_derived=is_derived), notes


def _complete(draft: Draft, origin: Origin) -> bool:
    """Fill in what the format does not say; return whether the id is made up."""
    raw = draft.raw
    options = raw.get("options")
    if "type" not in raw and isinstance(options, list):
        right = sum(option.get("correct") is True for option in options)
        raw["type"] = "multi" if right > 1 else "choice"
    raw.setdefault("kind", DEFAULT_KIND)
    if isinstance(options, list):
        for option in options:
            option.setdefault("reason", "")
    else:
        names = ("reason_true", "reason_false") if raw.get("type") == "truefalse" else ("reason",)
        for name in names:
            raw.setdefault(name, "")
    if "id" in raw:
        return False
    # A draft may lack its prompt, which is reported; it gets no id that others would be numbered after.
    said = draft.name or str(raw.get("prompt", ""))
    raw["id"] = origin.keys.derive(str(raw.get("type")), said) if said.strip() else "none"
    return True


def _skipped(problem: Problem) -> Problem:
    return replace(problem, severity=Severity.WARNING, remedy=_("The question is skipped."))


def _dropped(draft: Draft, problem: Problem) -> Problem:
    """Take a reference to nothing out of a draft, and return the warning that says so."""
    draft.raw.pop(_REFERENCES[problem.code], None)
    return replace(problem, severity=Severity.WARNING)
