"""Questions for property tests: every type, with texts that formats find hard."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from quizzes.schema import (
    AnySpec,
    ChoiceSpec,
    MultiSpec,
    NumberMistakeSpec,
    NumericSpec,
    OptionSpec,
    ShortSpec,
    TrueFalseSpec,
    WordMistakeSpec,
)

_WORDS = [
    "a",
    "é",
    "=",
    "~",
    "#",
    "{",
    "}",
    ":",
    "\\",
    "\\n",
    "%50%",
    "[html]",
    "->",
    "//",
    "::",
    "$CATEGORY:",
]
_WORDS += [
    "####",
    "- x",
    "|",
    ">",
    "'",
    '"',
    "`c`",
    "true",
    "12",
    "1e3",
    "2026-11-23",
    "null",
    "\u00a0",
    "\u2028",
]

_LINES = st.lists(st.sampled_from(_WORDS) | st.text("ab=#~ {}\\:\n", max_size=6), min_size=1, max_size=6)
texts = _LINES.map(" ".join).map(lambda text: text.strip(" \t")).filter(lambda text: text.strip() != "")
"""Texts without spaces around them, which no format promises to keep; line ends around them are kept."""

optional_texts = st.just("") | texts
numbers = st.floats(allow_nan=False, allow_infinity=False, width=64) | st.sampled_from(
    [0.0, 46.7, 1e22, 5e-324]
)
ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)
tolerances = st.sampled_from([0, 0.5, 1e-9, "1 %", "0.1%"])


@st.composite
def specs(
    draw: st.DrawFn, texts: st.SearchStrategy[str] = texts, reasons: st.SearchStrategy[str] = optional_texts
) -> AnySpec:
    """Any question that our reader would accept; ``reasons`` may be empty for other formats."""
    common: dict[str, Any] = {
        "id": draw(ids),
        "kind": draw(st.sampled_from(["recall", "why", "predict", "choose", "apply"])),
        "concepts": tuple(draw(st.lists(ids, max_size=2))),
        "section": draw(st.none() | ids.map("#{}".format)),
        "prompt": draw(texts),
        "explanation": draw(optional_texts),
    }
    match draw(st.sampled_from(["choice", "multi", "truefalse", "numeric", "short"])):
        case "choice":
            options = draw(_options(texts, reasons, 1))
            return ChoiceSpec(type="choice", options=options, **common)
        case "multi":
            options = draw(_options(texts, reasons, draw(st.integers(2, 4))))
            return MultiSpec(type="multi", options=options, **common)
        case "truefalse":
            return TrueFalseSpec(
                type="truefalse",
                answer=draw(st.booleans()),
                reason_true=draw(reasons),
                reason_false=draw(reasons),
                **common,
            )
        case "numeric":
            answer = draw(numbers)
            mistakes = draw(st.lists(numbers.filter(lambda number: number != answer), max_size=2))
            return NumericSpec(
                type="numeric",
                answer=answer,
                tolerance=draw(tolerances) if answer else 0.5,
                unit=draw(st.sampled_from(["", "GiB", "km/h"])),
                reason=draw(reasons),
                mistakes=[NumberMistakeSpec(answer=each, reason=draw(reasons)) for each in mistakes],
                **common,
            )
        case _:
            forms = draw(st.lists(texts, min_size=1, max_size=5, unique_by=_folded))
            count = draw(st.integers(1, len(forms)))
            return ShortSpec(
                type="short",
                accepted=forms[:count],
                reason=draw(reasons),
                mistakes=[WordMistakeSpec(answer=each, reason=draw(reasons)) for each in forms[count:]],
                **common,
            )


@st.composite
def _options(
    draw: st.DrawFn, texts: st.SearchStrategy[str], reasons: st.SearchStrategy[str], right: int
) -> list[OptionSpec]:
    wrong = draw(st.integers(1, 3))
    found = draw(st.lists(texts, min_size=right + wrong, max_size=right + wrong, unique_by=_folded))
    named = draw(st.booleans())
    places = draw(st.permutations(range(len(found))))
    return [
        OptionSpec(
            text=text,
            reason=draw(reasons),
            correct=places[number] < right,
            id=f"option-{number}" if named and number else None,
        )
        for number, text in enumerate(found)
    ]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
