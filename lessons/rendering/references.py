"""Link definitions (``[label]: address "title"``) and the parts of a link that follow its text."""

from __future__ import annotations

import re
from typing import NamedTuple

from lessons.rendering.entities import decoded

_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999})\]", re.DOTALL)
_ANGLE = re.compile(r"<((?:[^<>\n\\]|\\.)*+)>")
_TITLE = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\)", re.DOTALL)
_SPACE = re.compile(r"[ \t]*\n?[ \t]*")
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")
_PLAIN = re.compile(r"(?:[^ ()\\\x00-\x1f\x7f]|\\[!-/:-@\[-`{-~])++")
_PARENTHESES = 32
"""Parentheses nested in an address, at most; CommonMark asks for three."""


class Target(NamedTuple):
    """Where a link leads, and its title."""

    address: str
    title: str


def normal_label(label: str) -> str:
    """Return a label as labels are compared: case and white space do not count."""
    return " ".join(label.split()).casefold()


def read_label(text: str, at: int) -> tuple[str, int] | None:
    """Return the label in brackets at a place and the place behind it, or None."""
    match = _LABEL.match(text, at)
    return (match[1], match.end()) if match and match[1].strip() else None


def read_inline_target(text: str, at: int) -> tuple[Target, int] | None:
    """Return the target in parentheses at a place (``(address "title")``), and the place behind it."""
    if not text.startswith("(", at):
        return None
    at = _skip(text, at + 1)
    address, title = "", ""
    if (read := _address(text, at)) is not None:
        address, at = read
        behind = _skip(text, at)
        if behind > at and (found := _TITLE.match(text, behind)):
            title, behind = _title(found), _skip(text, found.end())
        at = behind
    return (Target(address, title), at + 1) if text.startswith(")", at) else None


def take_definitions(text: str, references: dict[str, Target]) -> int:
    """Note the definitions a paragraph begins with; return where its text begins.

    The first definition of a label counts.
    """
    at = 0
    while text.startswith("[", at) and (label := read_label(text, at)) and text.startswith(":", label[1]):
        read = _address(text, _skip(text, label[1] + 1))
        if read is None:
            break
        address, end = read
        title, line_end = "", _LINE_END.match(text, end)
        behind = _skip(text, end)
        found = _TITLE.match(text, behind) if behind > end else None
        # A title that is followed by more is none; the definition may still end with its address.
        if found and (rest := _LINE_END.match(text, found.end())):
            title, line_end = _title(found), rest
        if line_end is None:
            break
        references.setdefault(normal_label(label[0]), Target(address, title))
        at = line_end.end()
    return at


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _address(text: str, at: int) -> tuple[str, int] | None:
    if angle := _ANGLE.match(text, at):
        return decoded(angle[1]), angle.end()
    if text.startswith("<", at):
        return None
    depth, end = 0, at
    while end < len(text):
        if part := _PLAIN.match(text, end):
            end = part.end()
        elif text[end] == "\\":
            end += 1
        elif text[end] == "(":
            depth += 1
            if depth > _PARENTHESES:
                return None
            end += 1
        elif text[end] == ")" and depth:
            depth -= 1
            end += 1
        else:
            break
    return (decoded(text[at:end]), end) if end > at and not depth else None


def _title(match: re.Match[str]) -> str:
    return decoded(next(part for part in match.groups() if part is not None))
