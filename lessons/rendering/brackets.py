"""Brackets of a formula that nothing closes: each doubles the time that the converter takes."""

from __future__ import annotations

import re
import unicodedata

MAX_UNCLOSED = 8
"""Opening brackets without a closing one that a formula may hold; ``[0, 1)`` and the like are closed."""

_NAMES = r"brace|brack|angle|ang|floor|ceil|vert|Vert|group|moustache|paren|Brace|Brack|Angle|Paren|lbracket"
_TOKEN = re.compile(r"\\[bB]igg?[lr]\s*(?:\\[A-Za-z]+|\\.|.)?|\\[A-Za-z]+|\\.|[^\\]", re.DOTALL)
_OPENS = re.compile(rf"\\(?:\{{|l(?:{_NAMES})|[ul]lcorner|mathopen|[bB]igg?l\b.*)\Z", re.DOTALL)
_CLOSES = re.compile(rf"\\(?:\}}|r(?:{_NAMES})|rrbracket|[ul]rcorner)\Z")
_RIGHT = re.compile(r"\\[bB]igg?r\s*(?P<sign>.*)\Z", re.DOTALL)


def too_many_unclosed(tex: str) -> int:
    """Return the place (from 0) of the first bracket of those that are too many; -1 when they are not.

    Where it is unsure it counts too many: a formula with nine such brackets is a mistake anyway.
    """
    unclosed: list[int] = []
    for token in _TOKEN.finditer(tex):
        if _opens(token[0]):
            unclosed.append(token.start())
        elif unclosed and _closes(token[0]):
            unclosed.pop()
    return unclosed[0] if len(unclosed) > MAX_UNCLOSED else -1


def _opens(text: str) -> bool:
    if right := _RIGHT.match(text):
        return _opens(right["sign"])
    # A brace by itself is a group of TeX, which the converter reads in one pass.
    return bool(_OPENS.match(text)) or (text != "{" and _category(text) in {"Ps", "Pi"})


def _closes(text: str) -> bool:
    return bool(_RIGHT.match(text) or _CLOSES.match(text)) or (
        text != "}" and _category(text) in {"Pe", "Pf"}
    )


def _category(text: str) -> str:
    return unicodedata.category(text) if len(text) == 1 else ""
