"""Numbers as people type them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MAX_LENGTH = 60
"""Characters read of a typed number; anything longer is none."""

_MINUS = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-"})
_GROUP = r"[  '’_]"
"""What may stand between groups of three digits: a space of any kind, an apostrophe, an underscore."""

_NUMBER = re.compile(
    r"(?P<sign>[-+]?)\s?"
    rf"(?P<digits>(?:[0-9]{{1,3}}(?:{_GROUP}[0-9]{{3}})+(?![0-9])|[0-9]+)?(?:[.,][0-9]+)*[.,]?)"
    r"(?:(?:[eE]|\s?[x×*]\s?10\^)(?P<exponent>[-+]?[0-9]{1,2}))?"
    r"(?P<rest>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as typed, and the unit that was typed after it (empty if none)."""

    value: Decimal
    unit: str


def parse_number(text: str) -> Typed | None:
    """Return the number in a typed text, or None where there is none.

    Read are ``46.7``, ``46,7``, ``1,024``, ``1 024``, ``1.024,5``, ``1'000``, ``1_000``, ``.5``, ``1e3``,
    ``1.5×10^3``, signs, and a unit behind. One comma with exactly three digits after it and one to three
    digits other than a lone 0 before it separates thousands (``1,024`` is a thousand and twenty-four,
    ``0,125`` an eighth); one dot is always a decimal point. Where both stand, the last is the decimal sign.
    """
    text = unicodedata.normalize("NFC", text).translate(_MINUS)
    text = re.sub(r"\s", " ", text).strip()
    if not text or len(text) > MAX_LENGTH:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None or not any(character.isdigit() for character in match["digits"]):
        return None
    digits = _plain_digits(re.sub(_GROUP, "", match["digits"]))
    rest = match["rest"].strip()
    if digits is None or rest[:1].isdigit() or rest[:1] in (",", "."):
        return None
    try:
        value = Decimal(f"{match['sign']}{digits}e{match['exponent'] or 0}")
    except InvalidOperation:
        return None
    return Typed(value, rest)


def _plain_digits(text: str) -> str | None:
    """Return digits with at most one dot, as the decimal point; None where the separators make no sense."""
    commas, dots = text.count(","), text.count(".")
    if commas and dots:
        decimal = max(",.", key=text.rfind)
        group = "." if decimal == "," else ","
        if text.count(decimal) > 1:
            return None
        whole, _sign, fraction = text.partition(decimal)
        return f"{_ungroup(whole, group)}.{fraction}" if _is_grouped(whole, group) else None
    if commas > 1 or dots > 1:
        group = "," if commas else "."
        return _ungroup(text, group) if _is_grouped(text, group) else None
    if commas and _is_grouped(text, ","):
        return _ungroup(text, ",")
    return text.replace(",", ".")


def _is_grouped(text: str, separator: str) -> bool:
    """Whether a whole number is grouped in threes: ``1,024`` and ``12,345,678``, not ``0,125``, ``12,34``."""
    return re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{re.escape(separator)}[0-9]{{3}})+", text) is not None


def _ungroup(text: str, separator: str) -> str:
    return text.replace(separator, "")
