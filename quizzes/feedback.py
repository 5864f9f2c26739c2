"""What a learner is told about a response: right or not, why, and what the right answer is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from quizzes.content import Body, ChoiceBody, Mistake, NumericBody, Option, ShortBody, TrueFalseBody, shuffled
from quizzes.grading import Response, grade, is_number_right, same_words


class Mark(StrEnum):
    """How one line of the feedback stands to the response."""

    RIGHT = "right"
    """Chosen, and right."""

    WRONG = "wrong"
    """Chosen, and not right."""

    KEY = "key"
    """Not chosen, but right."""

    OTHER = "other"
    """Neither chosen nor right."""


@dataclass(frozen=True, slots=True)
class Line:
    """One option, or one answer, with its reason. Both are HTML that was sanitized when it was loaded."""

    mark: Mark
    html: SafeString
    reason: SafeString
    is_one_of_many: bool = False

    @property
    def verdict(self) -> str:
        """The words that say what the icon says; empty for an option that needs no verdict."""
        return {
            Mark.RIGHT: _("Your answer, right"),
            Mark.WRONG: _("Your answer, not right"),
            Mark.KEY: _("Right too, and not chosen") if self.is_one_of_many else _("Right answer"),
            Mark.OTHER: "",
        }[self.mark]


@dataclass(frozen=True, slots=True)
class Feedback:
    """Everything that is told about one response."""

    points: float
    lines: tuple[Line, ...]
    explanation: SafeString

    @property
    def is_right(self) -> bool:
        """Whether every point was earned."""
        return self.points >= 1

    @property
    def summary(self) -> str:
        """One word or two, for the heading and the status line."""
        if self.is_right:
            return _("Right")
        return _("Partly right") if self.points > 0 else _("Not right")


def feedback(body: Body, response: Response, seed: int = 0) -> Feedback:
    """Return the feedback on a response; options come in the order in which the form showed them."""
    points = grade(body, response)
    match body:
        case ChoiceBody():
            lines = [_option_line(body, option, response.options) for option in shuffled(body.options, seed)]
        case TrueFalseBody():
            lines = _truth_lines(body, response)
        case NumericBody():
            lines = _number_lines(body, response, points)
        case ShortBody():
            lines = _word_lines(body, response, points)
    return Feedback(points, tuple(lines), trusted(body.explanation))


def trusted(html: str) -> SafeString:
    """Mark HTML of a question body as safe: ``lessons.rendering`` sanitized it when it was loaded."""
    return mark_safe(html)  # noqa: S308  # sanitized before it was stored


def response_in_words(body: Body, response: Response) -> SafeString:
    """Return what was answered, as HTML: the options' texts, true or false, or the text typed."""
    match body:
        case ChoiceBody():
            chosen = [option.html for option in body.options if option.id in response.options]
            return trusted("; ".join(chosen))
        case TrueFalseBody():
            return escape(_("True") if response.truth else _("False"))
        case NumericBody() | ShortBody():
            return escape(response.text)


def _option_line(body: ChoiceBody, option: Option, chosen: frozenset[str]) -> Line:
    if option.id in chosen:
        mark = Mark.RIGHT if option.correct else Mark.WRONG
    else:
        mark = Mark.KEY if option.correct else Mark.OTHER
    return Line(mark, trusted(option.html), trusted(option.reason), body.multi)


def _truth_lines(body: TrueFalseBody, response: Response) -> list[Line]:
    said = bool(response.truth)
    right = said is body.answer
    words = {True: escape(_("True")), False: escape(_("False"))}
    reasons = {True: trusted(body.reason_true), False: trusted(body.reason_false)}
    own = Line(Mark.RIGHT if right else Mark.WRONG, words[said], reasons[said])
    return [own] if right else [own, Line(Mark.KEY, words[not said], reasons[not said])]


def _number_lines(body: NumericBody, response: Response, points: float) -> list[Line]:
    typed = escape(response.text)
    if points >= 1:
        return [Line(Mark.RIGHT, typed, trusted(body.reason))]
    known = next(
        (one for one in body.mistakes if is_number_right(body, response.text, answer=one.answer)), None
    )
    answer = escape(f"{body.answer} {body.unit}".strip())
    return [
        Line(Mark.WRONG, typed, _reason_of(known)),
        Line(Mark.KEY, answer, trusted(body.reason)),
    ]


def _word_lines(body: ShortBody, response: Response, points: float) -> list[Line]:
    typed = escape(response.text)
    if points >= 1:
        return [Line(Mark.RIGHT, typed, trusted(body.reason))]
    known = next((one for one in body.mistakes if same_words(response.text, one.answer)), None)
    return [
        Line(Mark.WRONG, typed, _reason_of(known)),
        Line(Mark.KEY, escape(body.accepted[0]), trusted(body.reason)),
    ]


def _reason_of(mistake: Mistake | None) -> SafeString:
    return trusted(mistake.reason) if mistake else trusted("")
