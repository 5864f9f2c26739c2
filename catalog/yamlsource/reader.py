"""YAML with positions: plain data, and the line and column of every key and value in it.

The reader is strict on purpose, for content comes from many hands: it refuses anchors, aliases, tags, merge
keys, duplicate keys and deep nesting, and takes scalars as YAML 1.2 does, so ``on`` and ``no`` stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem
from catalog.textfiles import MAX_BYTES, line_at, read_text

DataPath = tuple[str | int, ...]
"""Keys and indexes from the top of a document to one place in it."""

MAX_DEPTH = 8
"""How deep mappings and lists may nest."""

# libyaml reads the catalog ten times as fast; PyYAML without it gives the same events.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?\Z", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapped:
    """What one YAML document says, and where it says it.

    ``data`` is plain Python (dict, list, str, int, float, bool, date, None). ``keys`` and ``values`` give the
    position of each mapping key and of each value by its path; list items have values only.
    """

    path: str
    data: Any
    keys: Mapping[DataPath, Position]
    values: Mapping[DataPath, Position]
    text: str = field(repr=False, default="")
    first_line: int = 1

    def position(self, path: DataPath = ()) -> Position:
        """Return where a value stands, or the nearest thing around it that the file has."""
        return self._nearest(self.values, path)

    def key_position(self, path: DataPath) -> Position:
        """Return where a key stands, or its value, or the nearest thing around it."""
        return self.keys.get(path) or self._nearest(self.values, path)

    def problem(
        self, path: DataPath, code: str, message: str, remedy: str = "", *, at_key: bool = False
    ) -> Problem:
        """Return a problem at the value (or key) of a path, with the line it stands on."""
        place = self.key_position(path) if at_key else self.position(path)
        line = line_at(self.text, place.line - self.first_line + 1)
        return Problem(self.path, place.line, place.column, code, message, remedy, source_line=line)

    @staticmethod
    def _nearest(places: Mapping[DataPath, Position], path: DataPath) -> Position:
        for end in range(len(path), -1, -1):
            if place := places.get(path[:end]):
                return place
        return Position(1, 1)


def read_yaml(
    path: Path, shown: str = "", *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> Mapped:
    """Read one YAML file; ``shown`` is the path that problems name (the file's own when empty).

    Raises ``ContentError`` with everything that is wrong in it.
    """
    shown = shown or path.as_posix()
    return parse_yaml(read_text(path, shown, max_bytes=max_bytes), shown, max_depth=max_depth)


def parse_yaml(text: str, shown: str, *, first_line: int = 1, max_depth: int = MAX_DEPTH) -> Mapped:
    """Read YAML that stands in a file from ``first_line`` on: front matter, a fence, or the whole of it.

    Raises ``ContentError`` with everything that is wrong in it.
    """
    builder = _Builder(text, shown, first_line, max_depth)
    mapped = builder.build()
    if builder.problems:
        raise ContentError(builder.problems)
    return mapped


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    path: DataPath
    container: Any
    key: str | None = None


class _Builder:
    """Turns parser events into data in one pass, without recursion, noting positions and faults."""

    def __init__(self, text: str, shown: str, first_line: int, max_depth: int) -> None:
        self.text = text
        self.shown = shown
        self.first_line = first_line
        self.max_depth = max_depth
        self.problems: list[Problem] = []
        self.keys: dict[DataPath, Position] = {}
        self.values: dict[DataPath, Position] = {}
        self.root: Any = None
        self.stack: list[_Open] = []
        self.documents = 0

    def build(self) -> Mapped:
        for event in self._events():
            if isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    self._report(
                        event, "second-document", _("a second document"), _("Remove the line '---'.")
                    )
                    break
            elif isinstance(event, yaml.AliasEvent):
                self._report(event, "alias", _("aliases are not read"), _("Write the value out again."))
                self._skip(event)
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                if not self._open(event):
                    break
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
        return Mapped(self.shown, self.root, self.keys, self.values, self.text, self.first_line)

    def _events(self) -> Iterator[Any]:
        try:
            yield from yaml.parse(self.text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if mark and error.context_mark and mark.index >= len(self.text.rstrip()):
                mark = error.context_mark  # what was opened is missed at the end, where nothing stands to see
            detail = " ".join(part for part in (error.problem, error.context) if part)
            place = self._position(mark) if mark else Position(self.first_line, 1)
            self._report_at(place, "broken-yaml", _("broken YAML: %(detail)s") % {"detail": detail})
        except yaml.YAMLError as error:
            self._report_at(
                self._unprintable(), "broken-yaml", _("broken YAML: %(detail)s") % {"detail": error}
            )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_marks(event, event.tag if event.tag and event.tag != "!" else None)
        if any("\ud800" <= character <= "\udfff" for character in event.value):
            self._report(event, "surrogate", _("half of a surrogate pair"), _("Write the character itself."))
            self._skip(event)
            return
        if "\0" in event.value:  # PostgreSQL stores none
            self._report(event, "nul", _("a NUL character"), _("Remove it."))
            self._skip(event)
            return
        if top := self._awaits_key():
            self._key(top, event)
        else:
            self._place(event, _resolve(event.value) if _is_plain(event) else event.value)

    def _key(self, top: _Open, event: yaml.ScalarEvent) -> None:
        name: str = event.value
        path = (*top.path, name)
        if name == "<<" and _is_plain(event):
            self._report(event, "merge-key", _("merge keys are not read"), _("Write the keys out."))
        elif name in top.container:
            first = self.keys[path].line
            message = _("duplicate key '%(key)s'") % {"key": name}
            self._report(
                event, "duplicate-key", message, _("It stands in line %(line)d already.") % {"line": first}
            )
        else:
            self.keys[path] = self._position(event.start_mark)
        top.key = name

    def _open(self, event: Any) -> bool:
        self._refuse_marks(event, event.tag)
        if len(self.stack) >= self.max_depth:
            message = _("nested deeper than %(depth)d levels") % {"depth": self.max_depth}
            self._report(event, "too-deep", message)
            return False
        if self._awaits_key():
            self._report(
                event, "key-not-text", _("a key must be text"), _("Quote it if it begins with [ or {.")
            )
            return False
        container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place(event, container)
        self.stack.append(_Open(path, container))
        return True

    def _awaits_key(self) -> _Open | None:
        """Return the mapping whose next key the parser has come to, if that is where it stands."""
        top = self.stack[-1] if self.stack else None
        return top if top and isinstance(top.container, dict) and top.key is None else None

    def _skip(self, event: Any) -> None:
        """Let nothing stand for what was refused, as a key or as a value."""
        if top := self._awaits_key():
            top.key = ""
            self.keys.setdefault((*top.path, ""), self._position(event.start_mark))
        else:
            self._place(event, None)

    def _place(self, event: Any, value: Any) -> DataPath:
        """Put a value where the parser stands, and return its path."""
        path: DataPath = ()
        if not self.stack:
            self.root = value
        else:
            top = self.stack[-1]
            if isinstance(top.container, list):
                path = (*top.path, len(top.container))
                top.container.append(value)
            else:
                key = top.key or ""
                path = (*top.path, key)
                top.container.setdefault(key, value)
                top.key = None
        self.values.setdefault(path, self._position(event.start_mark))
        return path

    def _refuse_marks(self, event: Any, tag: str | None) -> None:
        if event.anchor:
            self._report(
                event, "anchor", _("anchors are not read"), _("Remove '&%(name)s'.") % {"name": event.anchor}
            )
        if tag:
            self._report(event, "tag", _("the tag %(tag)s is not read") % {"tag": tag}, _("Remove it."))

    def _position(self, mark: Any) -> Position:
        return Position(mark.line + self.first_line, mark.column + 1)

    def _report(self, event: Any, code: str, message: str, remedy: str = "") -> None:
        self._report_at(self._position(event.start_mark), code, message, remedy)

    def _report_at(self, place: Position, code: str, message: str, remedy: str = "") -> None:
        line = line_at(self.text, place.line - self.first_line + 1)
        self.problems.append(
            Problem(self.shown, place.line, place.column, code, message, remedy, source_line=line)
        )

    def _unprintable(self) -> Position:
        """Return where the first character stands that YAML does not allow at all."""
        found = yaml.reader.Reader.NON_PRINTABLE.search(self.text)
        before = self.text[: found.start()] if found else ""
        lines = before.split("\n")
        return Position(len(lines) - 1 + self.first_line, len(lines[-1]) + 1)


def _is_plain(event: yaml.ScalarEvent) -> bool:
    """Whether a scalar stands without quotes (the two parsers spell that differently)."""
    return not event.style


def _resolve(text: str) -> str | int | float | bool | date | None:
    """Return what a plain scalar means in YAML 1.2's core schema; anything unsure stays text."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text):
        number = float(text)
        return number if abs(number) != float("inf") else text
    if _DATE.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
