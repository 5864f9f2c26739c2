"""Questions as GIFT. What GIFT cannot say stands in a comment that ``quizzes.foreign.gift`` reads again.

Spaces around a text are not kept; line ends within it and around it are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from quizzes.bodies import absolute_tolerance, decimal_text, number_text
from quizzes.foreign.gift import NOTE
from quizzes.foreign.gift_text import escaped
from quizzes.schema import AnySpec, ChoiceSpec, MultiSpec, NumericSpec, ShortSpec, TrueFalseSpec


def as_gift(specs: Iterable[AnySpec]) -> str:
    """Return questions as the text of a GIFT file."""
    return "\n\n".join(_question(spec) for spec in specs) + "\n"


def _question(spec: AnySpec) -> str:
    match spec:
        case ChoiceSpec():
            answers = [
                _answer("=" if option.correct else "~", option.text, option.reason) for option in spec.options
            ]
        case MultiSpec():
            answers = _weighted(spec)
        case TrueFalseSpec():
            answers = [_truth(spec)]
        case NumericSpec():
            answers = _number(spec)
        case ShortSpec():
            answers = [_answer("=", form, spec.reason) for form in spec.accepted]
            answers += [_answer("=", each.answer, each.reason, "0") for each in spec.mistakes]
    note = json.dumps(_note(spec), ensure_ascii=False)
    lines = [f"{NOTE} {note}", f"::{escaped(spec.id)}::[markdown]{_text(spec.prompt)} {{", *answers]
    if spec.explanation:
        lines.append(f"####{_marked(spec.explanation)}")
    return "\n".join([*lines, "}"])


def _note(spec: AnySpec) -> dict[str, Any]:
    """Return what GIFT has no place for."""
    note: dict[str, Any] = {"id": spec.id, "kind": spec.kind}
    if spec.concepts:
        note["concepts"] = list(spec.concepts)
    if spec.section:
        note["section"] = spec.section
    if isinstance(spec, ChoiceSpec | MultiSpec) and any(option.id for option in spec.options):
        note["options"] = [option.id for option in spec.options]
    if isinstance(spec, NumericSpec):
        if spec.unit:
            note["unit"] = spec.unit
        if isinstance(spec.tolerance, str):
            note["tolerance"] = spec.tolerance
    if isinstance(spec, ShortSpec):
        note["type"] = spec.type  # "a -> b" would be a pair to match
    return note


def _weighted(spec: MultiSpec) -> list[str]:
    """Return options with the points that each earns or costs here, in percent."""
    right = sum(option.correct for option in spec.options)
    share = decimal_text(round(Decimal(100) / max(right, 1), 5))
    return [
        _answer("~", option.text, option.reason, share if option.correct else f"-{share}")
        for option in spec.options
    ]


def _truth(spec: TrueFalseSpec) -> str:
    wrong, right = spec.reason_true, spec.reason_false
    if spec.answer:
        wrong, right = right, wrong
    comments = f"#{_marked(wrong)}#{_marked(right)}" if right else f"#{_marked(wrong)}" if wrong else ""
    return f"{'TRUE' if spec.answer else 'FALSE'}{comments}"


def _number(spec: NumericSpec) -> list[str]:
    tolerance = absolute_tolerance(spec.answer, spec.tolerance)
    right = f"{number_text(spec.answer)}:{number_text(tolerance)}"
    lines = ["#", f"={right}{_comment(spec.reason)}"]
    lines += [f"=%0%{number_text(each.answer)}:0{_comment(each.reason)}" for each in spec.mistakes]
    return lines


def _answer(sign: str, text: str, reason: str, weight: str = "") -> str:
    if not weight and text.lstrip().startswith("%"):  # it would be taken for a weight
        weight = "100" if sign == "=" else "0"
    return f"{sign}{f'%{weight}%' if weight else ''}{_marked(text)}{_comment(reason)}"


def _comment(text: str) -> str:
    return f"#{_marked(text)}" if text else ""


def _marked(text: str) -> str:
    """Return a text that is part of a question, marked as Markdown where it begins like a mark itself."""
    return f"[markdown]{_text(text)}" if text.lstrip().startswith("[") else _text(text)


def _text(text: str) -> str:
    return escaped(text.strip(" \t"))
