"""Backslash escapes and character references, decoded as CommonMark decodes them."""

from __future__ import annotations

import re
from html.entities import html5

from lessons.rendering.context import without_tokens

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
"""What a backslash takes its meaning from: ASCII punctuation."""

REFERENCE = re.compile(
    r"&(?:#(?P<decimal>[0-9]{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));"
)
_ESCAPE_OR_REFERENCE = re.compile(rf"\\([{re.escape(PUNCTUATION)}])|{REFERENCE.pattern}")


def character(reference: re.Match[str]) -> str:
    """Return what a character reference stands for; an unknown name stands for itself."""
    if name := reference["name"]:
        return html5.get(f"{name};", reference[0])
    code = int(reference["hex"], 16) if reference["hex"] else int(reference["decimal"])
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\N{REPLACEMENT CHARACTER}"
    return without_tokens(chr(code))


def decoded(text: str) -> str:
    """Return text with escapes and references decoded, as in an address or a title."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPE_OR_REFERENCE.sub(lambda match: match[1] or character(match), text)
