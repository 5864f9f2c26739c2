"""Tags and expressions of JSX, read as text: where they end and what they hold. Nothing is evaluated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MAX_SPAN = 65_536
"""Characters that one tag or expression may take; anything longer is text."""

_BRACE_PART = re.compile(r"[\"'`{}]|/\*|//")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w.-]*)(?=[\s/>{])|<(?P<fragment>/?)>")
_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[^\s=/>{}\"'<`]+")
_BARE = re.compile(r"[^\s>\"'<`={}]+")
_LITERAL = re.compile(
    r"""\s*(?:(?P<quote>["'`])(?P<text>(?:\\.|(?!(?P=quote))[^\\])*)(?P=quote)|(?P<word>[\w.+-]+))\s*""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z")


@dataclass(frozen=True, slots=True)
class Expression:
    """What stands between an attribute's braces, as text."""

    source: str


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of HTML or JSX: an attribute's value is its text, an expression, or None when it has none."""

    name: str
    start: int
    end: int
    is_closing: bool = False
    is_self_closing: bool = False
    attributes: dict[str, str | Expression | None] = field(default_factory=dict)
    holds_braces: bool = False

    @property
    def is_component(self) -> bool:
        """Whether it is a component by its name: a capital letter, or a dot as in ``Foo.Bar``."""
        return self.name[:1].isupper() or "." in self.name

    def text(self, *names: str) -> str:
        """Return the first of these attributes whose value is known as it stands, else an empty text."""
        for name in names:
            value = self.attributes.get(name)
            known = literal(value.source) if isinstance(value, Expression) else value
            if known:
                return known
        return ""

    def is_true(self, name: str) -> bool:
        """Whether an attribute is present and not ``{false}``."""
        if name not in self.attributes:
            return False
        value = self.attributes[name]
        return not (isinstance(value, Expression) and value.source.strip() in {"false", "null", "undefined"})


def read_braces(text: str, at: int) -> int:
    """Return the index after the brace that closes the one at ``at``; -1 when there is none near enough."""
    limit = min(len(text), at + MAX_SPAN)
    depth = 0
    while part := _BRACE_PART.search(text, at, limit):
        mark, at = part[0], part.end()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth == 0:
                return at
        elif (at := skip_quoted(text, part, limit)) < 0:
            return -1
    return -1


def skip_quoted(text: str, part: re.Match[str], limit: int) -> int:
    """Return the index after the comment or string that begins with ``part``; -1 when it has no end.

    Two slashes behind a colon are part of an address, and an apostrophe that closes on no line is a letter:
    JSX holds texts without quotes.
    """
    mark, at = part[0], part.end()
    if mark == "/*":
        found = text.find("*/", at, limit)
        return found + 2 if found >= 0 else -1
    line_end = text.find("\n", at, limit)
    line_end = line_end if line_end >= 0 else limit
    if mark == "//":
        return at if text[part.start() - 1 : part.start()] == ":" else line_end
    end = limit if mark == "`" else line_end
    scan = at
    while scan < end:
        if text[scan] == "\\":
            scan += 2
        elif text[scan] == mark:
            return scan + 1
        else:
            scan += 1
    return -1 if mark == "`" else at


def read_tag(text: str, at: int) -> Tag | None:
    """Return the tag that begins at ``at``, or None when what stands there is none."""
    opening = _TAG.match(text, at)
    if opening is None:
        return None
    if opening["fragment"] is not None:
        return Tag("", at, opening.end(), is_closing=bool(opening["fragment"]))
    limit = min(len(text), at + MAX_SPAN)
    attributes: dict[str, str | Expression | None] = {}
    place = opening.end()
    spreads = False
    while True:
        place = _end_of(_SPACE, text, place)
        if place >= limit:
            return None
        if text[place] == ">":
            end, is_self_closing = place + 1, False
            break
        if text.startswith("/>", place):
            end, is_self_closing = place + 2, True
            break
        if text[place] == "{":  # {...spread}, or a shorthand of Svelte's
            place = read_braces(text, place)
            if place < 0:
                return None
            spreads = True
            continue
        name = _NAME.match(text, place)
        if name is None:
            return None
        place = _end_of(_SPACE, text, name.end())
        if not text.startswith("=", place):
            attributes[name[0]] = None
            continue
        place = _end_of(_SPACE, text, place + 1)
        value, place = _read_value(text, place, limit)
        if place < 0:
            return None
        attributes.setdefault(name[0], value)
    braces = spreads or any(isinstance(value, Expression) for value in attributes.values())
    return Tag(opening["name"], at, end, bool(opening["close"]), is_self_closing, attributes, braces)


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _read_value(text: str, at: int, limit: int) -> tuple[str | Expression, int]:
    if at >= limit:
        return "", -1
    if (quote := text[at]) in "\"'":
        end = text.find(quote, at + 1, limit)
        return (text[at + 1 : end], end + 1) if end >= 0 else ("", -1)
    if text[at] == "{":
        end = read_braces(text, at)
        return (Expression(text[at + 1 : end - 1]), end) if end >= 0 else ("", -1)
    bare = _BARE.match(text, at, limit)
    return (bare[0], bare.end()) if bare else ("", -1)


def literal(source: str) -> str | None:
    """Return the text of a string or number written in braces; None for anything that had to be evaluated."""
    match = _LITERAL.fullmatch(source)
    if match is None:
        return None
    if match["word"] is not None:
        return match["word"] if _NUMBER.match(match["word"]) else None
    if match["quote"] == "`" and "${" in match["text"]:
        return None
    return unescaped(match["text"])


def unescaped(text: str) -> str:
    r"""Return the text of a JavaScript string: ``\n`` is a line's end, ``\x`` any other ``x``."""
    return _ESCAPE.sub(lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), text)
