"""Finds the questions of our own YAML that have no id yet, and proposes one for each.

What is proposed is an insertion: a place and the text to put there. Nothing else of a file changes by it, so
comments, quotes and line ends stay as their author wrote them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from catalog.problems import ContentError
from catalog.yamlsource import Mapped, parse_yaml

MAX_ID = 60
"""Characters of a proposed id, at most."""

BYTE_ORDER_MARK = "\ufeff"

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_EMPTY_ID = re.compile(r"id[ \t]*:(?=[ \t]*(?:#|\Z))")


@dataclass(frozen=True, slots=True)
class MissingId:
    """A question without an id: where the text ``insertion`` belongs, and the ``id`` it holds.

    ``line`` and ``column`` count from 1, in characters, in the file. ``insertion`` may end one line and begin
    the next; its line end is ``\\n``.
    """

    path: str
    line: int
    column: int
    id: str
    insertion: str


def missing_ids(text: str, path: str, *, first_line: int = 1, taken: Collection[str] = ()) -> list[MissingId]:
    """Return what to insert into a quiz file, or into a fence whose content begins at ``first_line``.

    Ids are made of prompts, and are unique in the text and among ``taken``. A text that is no YAML has none:
    what is wrong with it is reported when it is read.
    """
    return _Finder(text, path, first_line, taken, ()).found()


def missing_ids_in_page(
    page: str, path: str, fences: Iterable[tuple[int, str]], *, taken: Collection[str] = ()
) -> list[MissingId]:
    """Return what to insert into the quiz fences of a page, given by the line and text of their content.

    ``page`` is the whole text of the file with ``\\n`` line ends. A fence may stand in a list or a quote:
    what its lines begin with there is kept.
    """
    lines = page.split("\n")
    found: list[MissingId] = []
    for first_line, text in fences:
        known = [*taken, *(each.id for each in found)]
        found += _Finder(text, path, first_line, known, lines).found()
    return found


def with_ids(text: str, found: Sequence[MissingId]) -> str:
    """Return the text of a file with the ids inserted and every other character as it was.

    Lines may end in any way, which the inserted ones take up; a byte order mark is no column.
    """
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    lines = _LINE.findall(text.removeprefix(mark))
    for each in sorted(found, key=lambda one: (one.line, one.column), reverse=True):
        line = lines[each.line - 1]
        end = line[len(line.rstrip("\r\n")) :] or "\n"
        at = each.column - 1
        lines[each.line - 1] = line[:at] + each.insertion.replace("\n", end) + line[at:]
    return mark + "".join(lines)


def slug_of(text: str) -> str:
    """Return a text as an id: its first words in small ASCII letters, empty when it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"['’`*]", "", plain)
    words = re.findall(r"[a-z0-9]+", plain)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:MAX_ID]
        if len(longer) > MAX_ID:
            break
        slug = longer
    # What begins with a letter and has a hyphen or is a plain word could still be a number or a boolean.
    return f"q-{slug}" if slug and not _is_plain_word(slug) else slug


def _is_plain_word(slug: str) -> bool:
    return slug[0].isalpha() and slug not in {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


class _Finder:
    def __init__(
        self, text: str, path: str, first_line: int, taken: Collection[str], page_lines: Sequence[str]
    ) -> None:
        self.lines = text.split("\n")
        self.path = path
        self.first_line = first_line
        self.taken = set(taken)
        self.page_lines = page_lines
        try:
            self.mapped: Mapped | None = parse_yaml(text, path, first_line=first_line)
        except ContentError:
            self.mapped = None

    def found(self) -> list[MissingId]:
        data = self.mapped.data if self.mapped else None
        questions = data.get("questions") if isinstance(data, dict) else None
        if not isinstance(questions, list):
            return []
        self.taken |= {
            str(raw["id"]) for raw in questions if isinstance(raw, dict) and raw.get("id") is not None
        }
        return [
            missing
            for index, raw in enumerate(questions)
            if isinstance(raw, dict) and (missing := self._missing(index, raw))
        ]

    def _missing(self, index: int, raw: dict[str, Any]) -> MissingId | None:
        assert self.mapped is not None
        place: tuple[str | int, ...] = ("questions", index)
        if "id" not in raw:
            position = self.mapped.position(place)
            before, behind = self._around(position.line, position.column)
            if behind.startswith("{"):
                separator = "" if behind[1:].lstrip().startswith("}") else ", "
                return self._made(position.line, position.column + 1, f"id: %s{separator}", raw, index)
            # In a list, the mapping begins behind "- ": the line after it goes on below its first key.
            margin = self._margin(position.line) + " " * len(before)
            return self._made(position.line, position.column, f"id: %s\n{margin}", raw, index)
        if raw["id"] is None:
            position = self.mapped.key_position((*place, "id"))
            _before, behind = self._around(position.line, position.column)
            if (written := _EMPTY_ID.match(behind)) and not re.match(
                r"[ \t]*[^\s#]", behind[written.end() :]
            ):
                return self._made(position.line, position.column + written.end(), " %s", raw, index)
        return None

    def _around(self, line: int, column: int) -> tuple[str, str]:
        """Return what stands before and behind a place in its line."""
        whole = self.lines[line - self.first_line]
        return whole[: column - 1], whole[column - 1 :]

    def _margin(self, line: int) -> str:
        """Return what the page has before the fence's own text in a line."""
        if not self.page_lines:
            return ""
        written, whole = self.lines[line - self.first_line], self.page_lines[line - 1]
        return whole[: len(whole) - len(written)] if whole.endswith(written) else ""

    def _made(self, line: int, column: int, insertion: str, raw: dict[str, Any], index: int) -> MissingId:
        made = self._unused(raw.get("prompt"), index)
        column += len(self._margin(line))
        return MissingId(self.path, line, column, made, insertion % made)

    def _unused(self, prompt: object, index: int) -> str:
        base = (slug_of(prompt) if isinstance(prompt, str) else "") or f"question-{index + 1}"
        made, number = base, 1
        while made in self.taken:
            number += 1
            made = f"{base}-{number}"
        self.taken.add(made)
        return made


def fix_ids_remedy() -> str:
    """Return what to do about a question without an id."""
    return _("Add one, or let `loadlessons --fix-ids` write it.")
