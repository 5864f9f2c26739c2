"""The setting of a published score, taken apart where its wording leaves no doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHOTS = re.compile(r"(\d+)[- ]shots?\b", re.IGNORECASE)
_CHAIN = re.compile(r"\bCoT\b|chain[- ]of[- ]thought", re.IGNORECASE)
_NO_CHAIN = re.compile(r"\b(?:no|non|without)[- ](?:CoT|chain)", re.IGNORECASE)
_YEAR = re.compile(r"\bAIME (20\d\d)\b")
_WINDOW = re.compile(
    r"\bv\d\b(?:\s*\([^)]*\))?|\(?\d{4}-\d{4}\)?|\(?\d\d?/\d\d?/\d{2,4}[–-]\d\d?/\d\d?/\d{2,4}\)?|\(\d\d-\d\d\)"
)

# What is named in the setting and makes another test of the benchmark of that slug.
_NAMED_PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "gpqa": (("diamond", "Diamond"), ("main", "Main")),
    "math": (("math-500", "MATH-500"), ("math 500", "MATH-500")),
    "humaneval-plus": (("mbpp+", "MBPP+"), ("humaneval+", "HumanEval+")),
    "ifeval": (("strict", "strict"), ("loose", "loose")),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a setting says for certain; None and an empty variant mean *not stated*."""

    variant: str = ""
    shots: int | None = None
    chain_of_thought: bool | None = None


def parse_setting(benchmark: str, wording: str) -> Setting:
    """Return variant, shots and chain of thought of a setting as published for a benchmark (by slug).

    Two different shot counts in one wording leave the shots open.
    """
    counts = {int(count) for count in _SHOTS.findall(wording)}
    chain = False if _NO_CHAIN.search(wording) else True if _CHAIN.search(wording) else None
    return Setting(
        variant=_variant(benchmark, wording),
        shots=counts.pop() if len(counts) == 1 else None,
        chain_of_thought=chain,
    )


def _variant(benchmark: str, wording: str) -> str:
    folded = wording.casefold()
    parts: list[str] = []
    named = [label for word, label in _NAMED_PARTS.get(benchmark, ()) if word in folded]
    if len(named) == 1:
        parts += named
    if benchmark == "aime" and (year := _YEAR.search(wording)):
        parts.append(year[1])
    if benchmark == "livecodebench" and (window := _WINDOW.search(wording)):
        parts.append(window[0].strip("()"))
    if "non-thinking" in folded:
        parts.append("non-thinking mode")
    elif "thinking mode" in folded:
        parts.append("thinking mode")
    return ", ".join(parts)
