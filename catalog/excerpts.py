"""The line that a problem speaks of, with a caret under the place: aligned whatever the line holds."""

from __future__ import annotations

import unicodedata

WINDOW = 96
"""Columns of a terminal that an excerpt fills at most, its gutter not counted."""

BEFORE = 56
"""Columns shown before the place where the line is longer than the window."""

TAB = 4
_ELLIPSIS = "…"


def excerpt(text: str, line: int, column: int) -> str:
    """Return a line of a file with its number, and below it a caret at ``column``, which counts from 1.

    A tab is shown as spaces and a control character as ``�``, so that no text can steer a terminal. A line of
    prose may be a paragraph long: what is shown is a window around the place.
    """
    # A line may be a megabyte, and a thousand problems may stand in it: only what lies near is looked at.
    place = min(max(column - 1, 0), len(text))
    cut = max(place - WINDOW, 0)
    cells = [_shown(character) for character in text[cut : cut + 4 * WINDOW]]
    place -= cut
    start = _first_within(cells, place)
    end = start
    room = WINDOW - 1
    while end < len(cells) and (room := room - columns(cells[end])) >= 0:
        end += 1
    head = _ELLIPSIS if cut + start else ""
    tail = _ELLIPSIS if end < len(cells) else ""
    gutter = f"{line:>5} | "
    offset = columns(head) + sum(columns(cell) for cell in cells[start:place])
    shown = "".join([head, *cells[start:end], tail]).rstrip()
    return f"{gutter}{shown}\n{' ' * (len(gutter) - 2)}| {' ' * offset}^"


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for a wide character, none for combining."""
    return sum(_width(character) for character in text)


def _first_within(cells: list[str], place: int) -> int:
    """Return the first character shown, so that the place stands within the window."""
    if columns("".join(cells)) <= WINDOW:
        return 0
    start, room = place, BEFORE
    while start > 0 and (room := room - columns(cells[start - 1])) >= 0:
        start -= 1
    return start


def _shown(character: str) -> str:
    if character == "\t":
        return " " * TAB
    # Half a surrogate pair cannot be written; marks that turn the direction of writing hide what is there.
    return (
        "\ufffd"
        if unicodedata.category(character) in {"Cc", "Cs", "Cf"} and character != "\u200d"
        else character
    )


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
