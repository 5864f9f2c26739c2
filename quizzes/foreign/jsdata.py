"""JavaScript literals read as data. Nothing is evaluated: what is no literal is an error with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

T = TypeVar("T")

MAX_DEPTH = 16
MAX_VALUES = 50_000

_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_NUMBER = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F]{1,13}|(?:[0-9]{1,17}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?)"
)
_PLAIN = {'"': re.compile(r'[^"\\\n]*'), "'": re.compile(r"[^'\\\n]*"), "`": re.compile(r"[^`\\$]*")}
_CODE_POINT = re.compile(r"\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|u\{(?P<p>[0-9a-fA-F]{1,6})\})")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": " ", "v": " ", "0": "�", "\n": ""}
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_BROKEN = re.compile("[\ud800-\udfff\0]")


class JsError(ValueError):
    """The text is no literal; ``offset`` is where it stops being one."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Value:
    """A literal and where it begins. Lists hold values, objects values by key; the rest is plain data."""

    data: Any
    offset: int


def parse_literal(text: str, start: int = 0) -> tuple[Value, int]:
    """Return the literal that begins at an offset, and the offset behind it; raises ``JsError``."""
    parser = _Parser(text, start)
    value = parser.value(0)
    return value, parser.at


class _Parser:
    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.at = start
        self.count = 0

    def value(self, depth: int) -> Value:
        self.space()
        self.count += 1
        if depth > MAX_DEPTH:
            raise JsError(self.at, _("nested deeper than %(depth)d levels") % {"depth": MAX_DEPTH})
        if self.count > MAX_VALUES:
            raise JsError(self.at, _("more than %(count)d values") % {"count": MAX_VALUES})
        start = self.at
        sign = self.text[start : start + 1]
        if sign == "[":
            return Value(self.listed("]", lambda: self.value(depth + 1)), start)
        if sign == "{":
            return Value(dict(self.listed("}", lambda: self.pair(depth + 1))), start)
        if sign in _PLAIN:
            return Value(self.joined(), start)
        if (name := _NAME.match(self.text, start)) and name[0] in _WORDS:
            self.at = name.end()
            return Value(_WORDS[name[0]], start)
        if number := _NUMBER.match(self.text, start):
            self.at = number.end()
            digits = number[0].lower()
            return Value(int(digits, 16) if "x" in digits else float(digits), start)
        raise JsError(start, _("this is no text, number, list or object"))

    def listed(self, close: str, item: Callable[[], T]) -> list[T]:
        self.at += 1
        found: list[T] = []
        while True:
            self.space()
            if self.peek() == close:
                self.at += 1
                return found
            found.append(item())
            self.space()
            if self.peek() == ",":
                self.at += 1
            elif self.peek() != close:
                raise JsError(self.at, _("expected ',' or '%(close)s'") % {"close": close})

    def pair(self, depth: int) -> tuple[str, Value]:
        if self.peek() in ('"', "'"):
            key = self.string()
        elif name := _NAME.match(self.text, self.at):
            self.at = name.end()
            key = name[0]
        else:
            raise JsError(self.at, _("expected a key"))
        self.space()
        if self.peek() != ":":
            raise JsError(self.at, _("expected ':'"))
        self.at += 1
        return key, self.value(depth)

    def joined(self) -> str:
        """Read a string, and those that are added to it."""
        parts = [self.string()]
        while True:
            behind = self.at
            self.space()
            if self.peek() != "+":
                self.at = behind
                # Halves of one character may have come from two escapes.
                whole = "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
                return _BROKEN.sub("�", whole)
            self.at += 1
            self.space()
            if self.peek() not in _PLAIN:
                raise JsError(self.at, _("only text can be added to text"))
            parts.append(self.string())

    def string(self) -> str:
        quote, start = self.peek(), self.at
        self.at += 1
        parts: list[str] = []
        while True:
            plain = _PLAIN[quote].match(self.text, self.at)
            assert plain is not None
            parts.append(plain[0])
            self.at = plain.end()
            sign = self.peek()
            if sign == quote:
                self.at += 1
                return "".join(parts)
            if sign == "$":
                if self.text.startswith("${", self.at):
                    raise JsError(self.at, _("expressions are not evaluated"))
                parts.append(sign)
                self.at += 1
            elif sign == "\\":
                parts.append(self.escape())
            else:
                raise JsError(start, _("a text that never ends"))

    def escape(self) -> str:
        if point := _CODE_POINT.match(self.text, self.at):
            self.at = point.end()
            number = int(point["x"] or point["u"] or point["p"], 16)
            return chr(number) if number <= 0x10FFFF else "�"
        sign = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        return _ESCAPES.get(sign, sign)

    def space(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]
