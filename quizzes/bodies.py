"""From a question as written to the body that is stored: every text rendered once, when content is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from quizzes.checks import read_tolerance
from quizzes.content import Body, ChoiceBody, Mistake, NumericBody, Option, ShortBody, TrueFalseBody
from quizzes.schema import ChoiceSpec, MultiSpec, NumericSpec, ShortSpec, TrueFalseSpec
from quizzes.source import QuestionSource

Render = Callable[[str, int], str]
"""Turns Markdown that begins in a line of its file into sanitized HTML (``lessons.rendering``)."""


def build_body(question: QuestionSource, render: Render) -> Body:
    """Return the body of a question. Its options have no ids yet: the loader finds or makes them."""
    spec = question.spec

    def html(text: str, *place: str | int) -> str:
        return render(text, question.line_of(*place)) if text.strip() else ""

    prompt, explanation = html(spec.prompt, "prompt"), html(spec.explanation, "explanation")
    match spec:
        case ChoiceSpec() | MultiSpec():
            options = tuple(
                Option(
                    id="",
                    html=html(option.text, "options", number, "text"),
                    reason=html(option.reason, "options", number, "reason"),
                    correct=option.correct,
                    markdown=" ".join(option.text.split()),
                    name=option.id or "",
                )
                for number, option in enumerate(spec.options)
            )
            return ChoiceBody(prompt, options, isinstance(spec, MultiSpec), explanation)
        case TrueFalseSpec():
            reasons = html(spec.reason_true, "reason_true"), html(spec.reason_false, "reason_false")
            return TrueFalseBody(prompt, spec.answer, *reasons, explanation)
        case NumericSpec():
            mistakes = _mistakes(((number_text(one.answer), one.reason) for one in spec.mistakes), html)
            tolerance, percent = read_tolerance(spec.tolerance) or (Decimal(0), False)
            return NumericBody(
                prompt=prompt,
                answer=number_text(spec.answer),
                reason=html(spec.reason, "reason"),
                tolerance=decimal_text(tolerance),
                percent=percent,
                unit=spec.unit.strip(),
                mistakes=mistakes,
                explanation=explanation,
            )
        case ShortSpec():
            return ShortBody(
                prompt=prompt,
                accepted=tuple(form.strip() for form in spec.accepted),
                reason=html(spec.reason, "reason"),
                mistakes=_mistakes(((one.answer.strip(), one.reason) for one in spec.mistakes), html),
                explanation=explanation,
            )


def absolute_tolerance(answer: float, tolerance: object) -> float:
    """Return a tolerance in the answer's unit, whether it is written so or in percent of the answer."""
    value, percent = read_tolerance(tolerance) or (Decimal(0), False)
    return float(abs(Decimal(repr(answer))) * value / 100 if percent else value)


def number_text(value: float) -> str:
    """Return a number as an author writes it: 46.7 as ``46.7``, 43.0 as ``43``."""
    return decimal_text(Decimal(repr(value)))


def decimal_text(value: Decimal) -> str:
    """Return a decimal number without exponent and without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _mistakes(pairs: Iterable[tuple[str, str]], html: Callable[..., str]) -> tuple[Mistake, ...]:
    return tuple(
        Mistake(answer, html(reason, "mistakes", number, "reason"))
        for number, (answer, reason) in enumerate(pairs)
    )
