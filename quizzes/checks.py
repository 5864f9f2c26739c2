"""What a schema cannot say about a question: that it has a right answer, and that its references exist.

The checks read raw data and forgive whatever the schema has reported already, so that one run tells all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.problems import Problem, Severity, did_you_mean
from catalog.yamlsource import DataPath, Mapped
from quizzes.grading import folded
from quizzes.schema import MAX_OPTIONS

MIN_OPTIONS = 2
MIN_RIGHT_IN_MULTI = 2


@dataclass(frozen=True, slots=True)
class Known:
    """What questions may refer to; None where it is not known and not checked."""

    concepts: Collection[str] | None
    anchors: Collection[str] | None


def check_question(
    mapped: Mapped,
    index: int,
    raw: object,
    known: Known,
    reported: Sequence[Problem],
    *,
    is_foreign: bool = False,
) -> list[Problem]:
    """Return what is wrong with one raw question beyond its schema; ``reported`` is what the schema found.

    Questions in somebody else's format may leave out reasons. In ours an empty one is a warning: what was
    taken over from such a format loads before all its reasons are written.
    """
    if not isinstance(raw, dict):
        return []
    question = _Question(mapped, index, raw, known, reported, is_foreign)
    return list(question.problems())


class _Question:
    def __init__(
        self,
        mapped: Mapped,
        index: int,
        raw: dict[str, Any],
        known: Known,
        reported: Sequence[Problem],
        is_foreign: bool,
    ) -> None:
        self.mapped = mapped
        self.path: DataPath = ("questions", index)
        self.raw = raw
        self.known = known
        self.is_foreign = is_foreign
        self.reported = {(problem.line, problem.column) for problem in reported}

    def problems(self) -> Iterator[Problem]:
        yield from self._empty_texts()
        yield from self._references()
        match self.raw.get("type"):
            case "choice" | "multi":
                yield from self._options()
            case "numeric":
                yield from self._number()
            case "short":
                yield from self._words()

    def _problem(self, place: DataPath, code: str, message: str, remedy: str = "") -> Problem:
        return self.mapped.problem((*self.path, *place), code, message, remedy)

    def _empty_texts(self) -> Iterator[Problem]:
        for place, value in _texts(self.raw):
            name = str(place[-1])
            if not isinstance(value, str) or value.strip():
                continue
            message = _("'%(name)s' is empty") % {"name": name}
            if not name.startswith("reason"):
                yield self._problem(place, f"empty-{name}", message)
            elif not self.is_foreign:
                remedy = _("Learners look for it: say why.")
                yield replace(
                    self._problem(place, "empty-reason", message, remedy), severity=Severity.WARNING
                )

    def _references(self) -> Iterator[Problem]:
        concepts = self.raw.get("concepts")
        for number, concept in enumerate(concepts if isinstance(concepts, list) else []):
            if (
                self.known.concepts is not None
                and isinstance(concept, str)
                and concept not in self.known.concepts
            ):
                message = _("unknown concept '%(concept)s'") % {"concept": concept}
                remedy = did_you_mean(concept, self.known.concepts) or _("Concepts are ids of the glossary.")
                yield self._problem(("concepts", number), "unknown-concept", message, remedy)
        section = self.raw.get("section")
        if isinstance(section, str) and self.known.anchors is not None:
            anchor = section.removeprefix("#")
            if anchor not in self.known.anchors:
                message = _("the lesson has no heading '#%(anchor)s'") % {"anchor": anchor}
                yield self._problem(
                    ("section",), "unknown-section", message, did_you_mean(anchor, self.known.anchors)
                )

    def _options(self) -> Iterator[Problem]:
        options = self.raw.get("options")
        if not isinstance(options, list):
            return
        if len(options) > MAX_OPTIONS:
            message = _("%(count)d options, at most %(limit)d are read") % {
                "count": len(options),
                "limit": MAX_OPTIONS,
            }
            yield self._problem(("options",), "too-many-options", message)
            return
        if len(options) < MIN_OPTIONS:
            yield self._problem(("options",), "too-few-options", _("fewer than two options"))
            return
        yield from self._duplicates(options, "text", "duplicate-option", _("two options say the same"))
        yield from self._duplicates(options, "id", "duplicate-option-id", _("two options have the same id"))
        if all(isinstance(option, dict) for option in options) and not self._is_correct_misspelled(options):
            yield from self._right_options(options)

    def _right_options(self, options: list[dict[str, Any]]) -> Iterator[Problem]:
        right = sum(option.get("correct") is True for option in options)
        multi = self.raw["type"] == "multi"
        if right == 0:
            remedy = _("Write 'correct: true' at the right one.")
            yield self._problem(("options",), "no-right-option", _("no option is marked right"), remedy)
        elif right == len(options) and not multi:
            remedy = _("A question needs a wrong option too.")
            yield self._problem(("options",), "all-options-right", _("every option is marked right"), remedy)
        elif multi and right < MIN_RIGHT_IN_MULTI:
            remedy = _("Mark another, or write 'type: choice'.")
            yield self._problem(
                ("options",), "one-right-option", _("only one option is marked right"), remedy
            )
        elif not multi and right > 1:
            message = ngettext(
                "%(count)d option is marked right", "%(count)d options are marked right", right
            )
            remedy = _("Leave one, or write 'type: multi'.")
            yield self._problem(("options",), "several-right-options", message % {"count": right}, remedy)

    def _is_correct_misspelled(self, options: list[dict[str, Any]]) -> bool:
        """Whether the schema has refused a key of an option or its value: what was meant is unknown then."""
        places = (
            place
            for number, option in enumerate(options)
            for key in option
            if key not in ("text", "reason", "id")
            for path in [(*self.path, "options", number, key)]
            for place in (self.mapped.key_position(path), self.mapped.position(path))
        )
        return any((place.line, place.column) in self.reported for place in places)

    def _duplicates(self, options: list[Any], key: str, code: str, message: str) -> Iterator[Problem]:
        seen: dict[str, int] = {}
        for number, option in enumerate(options):
            value = option.get(key) if isinstance(option, dict) else None
            if not isinstance(value, str) or not value.strip():
                continue
            first = seen.setdefault(" ".join(value.split()), number)
            if first != number:
                line = self.mapped.position((*self.path, "options", first)).line
                remedy = _("The other begins in line %(line)d.") % {"line": line}
                yield self._problem(("options", number, key), code, message, remedy)

    def _number(self) -> Iterator[Problem]:
        tolerance = self.raw.get("tolerance", 0)
        parsed = read_tolerance(tolerance)
        answer = self.raw.get("answer")
        if parsed is None:
            message = _("'tolerance' cannot be '%(value)s'") % {"value": str(tolerance)[:40]}
            remedy = _("Write a number of 0 or more, such as 0.1, or a percentage, such as 1%.")
            yield self._problem(("tolerance",), "bad-tolerance", message, remedy)
        elif parsed[1] and answer in (0, 0.0):
            message = _("a percentage of 0 leaves no tolerance")
            yield self._problem(("tolerance",), "bad-tolerance", message, _("Write it as a number."))
        mistakes = self.raw.get("mistakes")
        for number, mistake in enumerate(mistakes if isinstance(mistakes, list) else []):
            value = mistake.get("answer") if isinstance(mistake, dict) else None
            if isinstance(value, (int, float)) and value == answer:
                message = _("a mistake with the right answer")
                yield self._problem(("mistakes", number, "answer"), "mistake-is-right", message)

    def _words(self) -> Iterator[Problem]:
        accepted = self.raw.get("accepted")
        if not isinstance(accepted, list):
            return
        if not accepted:
            yield self._problem(("accepted",), "no-right-answer", _("no answer is accepted"))
        for number, form in enumerate(accepted):
            if isinstance(form, str) and not form.strip():
                yield self._problem(("accepted", number), "empty-answer", _("an accepted answer is empty"))
        right = {folded(form) for form in accepted if isinstance(form, str)}
        mistakes = self.raw.get("mistakes")
        for number, mistake in enumerate(mistakes if isinstance(mistakes, list) else []):
            value = mistake.get("answer") if isinstance(mistake, dict) else None
            if isinstance(value, str) and folded(value) in right:
                message = _("a mistake that is accepted as right")
                yield self._problem(("mistakes", number, "answer"), "mistake-is-right", message)


def read_tolerance(value: object) -> tuple[Decimal, bool] | None:
    """Return a tolerance and whether it is in percent; None for what is neither, or negative."""
    percent = isinstance(value, str) and value.rstrip().endswith("%")
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str) and not percent:
        return None
    try:
        number = Decimal(str(value).replace("%", "").strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or (percent and number > 100):
        return None
    return number, percent


def _texts(raw: dict[str, Any]) -> Iterator[tuple[DataPath, Any]]:
    """Yield every text that a learner reads, with its place in the question."""
    for name in ("prompt", "reason", "reason_true", "reason_false"):
        if name in raw:
            yield (name,), raw[name]
    for group, names in (("options", ("text", "reason")), ("mistakes", ("answer", "reason"))):
        items = raw.get(group)
        for number, item in enumerate(items if isinstance(items, list) else []):
            if isinstance(item, dict):
                for name in names:
                    if name in item:
                        yield (group, number, name), item[name]
