"""A text's inline parts by CommonMark's and GitHub's rules, read in one pass however it is written."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from lessons.rendering.autolinks import bare_address
from lessons.rendering.code_spans import Backticks
from lessons.rendering.emphasis import Run, pair_runs, read_run
from lessons.rendering.entities import PUNCTUATION, REFERENCE, character
from lessons.rendering.references import Target, normal_label, read_inline_target, read_label
from lessons.rendering.syntax import CLOSE_TAG, OPEN_TAG

_SPECIAL = re.compile(r"[\\`<&!\[\]*_~\n]|(?<![A-Za-z])(?:https?://|ftp://|www\.)", re.IGNORECASE)
_TAG = re.compile(f"{OPEN_TAG}|{CLOSE_TAG}")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>\x00-\x1f]*)>")
_MAIL_LINK = re.compile(
    r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,10})>"
)
_NOTE = re.compile(r"\[\^([^\]\s]{1,200})\]")
_LITERALS: Final = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))
_MAX_LABEL = 1_000


@dataclass(slots=True, eq=False)
class Bracket:
    """An opening bracket: text, unless its closing one made a link or an image of it."""

    is_image: bool
    end: int
    runs: int
    target: Target | None = None


class Close:
    """Where the text of a link or an image ends."""


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A citation of a footnote."""

    key: str


@dataclass(frozen=True, slots=True)
class RawHtml:
    """A tag or comment of the author's, as written."""

    html: str


Node = str | etree.Element | Run | Bracket | Close | NoteReference | RawHtml


class SpanReader:
    """Reads one text into nodes; emphasis and links are noted on the nodes that open and close them."""

    def __init__(self, text: str, references: dict[str, Target], notes: Container[str]) -> None:
        self._text = text
        self._references = references
        self._notes = notes
        self._nodes: list[Node] = []
        self._runs: list[Run] = []
        self._brackets: list[Bracket] = []
        self._closed_links = 0  # opening brackets below this one stand around a link, and make none
        self._backticks: Backticks | None = None
        self._missing: set[str] = set()

    def read(self) -> list[Node]:
        """Return the nodes of the text, in order."""
        text, at = self._text, 0
        while match := _SPECIAL.search(text, at):
            start = match.start()
            if start > at:
                self._nodes.append(text[at:start])
            at = self._special(match[0], start)
        self._nodes.append(text[at:])
        pair_runs(self._runs)
        return self._nodes

    def _special(self, sign: str, at: int) -> int:
        """Read what begins with a special sign; return the place behind it."""
        match sign[0]:
            case "\n":
                return self._line_end(at)
            case "\\":
                return self._escape(at)
            case "`":
                return self._code(at)
            case "&":
                return self._reference(at)
            case "<":
                return self._angle(at)
            case "*" | "_" | "~":
                return self._run(sign[0], at)
            case "!":
                if self._text.startswith("[", at + 1) and self._note(at + 1) is None:
                    return self._open_bracket(at + 2, is_image=True)
                return self._literal(sign, at)
            case "[":
                if note := self._note(at):
                    self._nodes.append(NoteReference(note[1]))
                    return note.end()
                return self._open_bracket(at + 1, is_image=False)
            case "]":
                return self._close_bracket(at)
            case _:
                return self._bare_address(sign, at)

    def _note(self, at: int) -> re.Match[str] | None:
        note = _NOTE.match(self._text, at)
        return note if note and note[1] in self._notes else None

    def _literal(self, written: str, at: int) -> int:
        self._nodes.append(written)
        return at + len(written)

    def _line_end(self, at: int) -> int:
        end = at + 1
        while end < len(self._text) and self._text[end] in " \t":
            end += 1
        last = self._nodes[-1] if self._nodes else ""
        if isinstance(last, str):
            shorter = last.rstrip(" \t")
            self._nodes[-1:] = [shorter] if self._nodes else []
            if last.endswith("  "):
                self._nodes.append(etree.Element("br"))
        self._nodes.append("\n")
        return end

    def _escape(self, at: int) -> int:
        following = self._text[at + 1 : at + 2]
        if following == "\n":
            self._nodes.append(etree.Element("br"))
            return at + 1
        if following and following in PUNCTUATION:
            self._nodes.append(following)
            return at + 2
        return self._literal("\\", at)

    def _code(self, at: int) -> int:
        if self._backticks is None:
            self._backticks = Backticks(self._text)
        end = at
        while end < len(self._text) and self._text[end] == "`":
            end += 1
        closing = self._backticks.closing(end, end - at)
        if closing < 0:
            return self._literal(self._text[at:end], at)
        code = self._text[end:closing].replace("\n", " ")
        if code.startswith(" ") and code.endswith(" ") and code.strip(" "):
            code = code[1:-1]
        element = etree.Element("code")
        element.text = code
        self._nodes.append(element)
        return closing + end - at

    def _reference(self, at: int) -> int:
        reference = REFERENCE.match(self._text, at)
        if reference is None:
            return self._literal("&", at)
        self._nodes.append(character(reference))
        return reference.end()

    def _angle(self, at: int) -> int:
        text = self._text
        for pattern, scheme in ((_AUTOLINK, ""), (_MAIL_LINK, "mailto:")):
            if link := pattern.match(text, at):
                self._link(scheme + link[1], link[1])
                return link.end()
        tag = _TAG.match(text, at)
        end = tag.end() if tag else self._literal_html(at)
        if end < 0:
            return self._literal("<", at)
        self._nodes.append(RawHtml(text[at:end]))
        return end

    def _literal_html(self, at: int) -> int:
        """Return where a comment, instruction or declaration ends that begins here, or -1."""
        for opening, closing in _LITERALS:
            if not self._text.startswith(opening, at) or (
                opening == "<!" and not self._text[at + 2 : at + 3].isalpha()
            ):
                continue
            if closing in self._missing:
                return -1
            end = self._text.find(closing, at + (2 if opening == "<!--" else len(opening)))
            if end < 0:
                self._missing.add(closing)
                return -1
            return end + len(closing)
        return -1

    def _link(self, address: str, shown: str) -> None:
        element = etree.Element("a", {"href": address})
        element.text = shown
        self._nodes.append(element)

    def _bare_address(self, sign: str, at: int) -> int:
        address = bare_address(self._text, at) if not self._brackets else ""
        if not address:
            return self._literal(sign, at)
        self._link(f"http://{address}" if address[0] in "wW" else address, address)
        return at + len(address)

    def _run(self, sign: str, at: int) -> int:
        end = at
        while end < len(self._text) and self._text[end] == sign:
            end += 1
        run = read_run(self._text, at, end)
        self._nodes.append(run)
        self._runs.append(run)
        return end

    # -- links and images ----------------------------------------------------------------------------

    def _open_bracket(self, end: int, *, is_image: bool) -> int:
        bracket = Bracket(is_image, end, len(self._runs))
        self._brackets.append(bracket)
        self._nodes.append(bracket)
        return end

    def _close_bracket(self, at: int) -> int:
        if not self._brackets:
            return self._literal("]", at)
        bracket = self._brackets.pop()
        index = len(self._brackets)
        found = None
        if bracket.is_image or index >= self._closed_links:
            found = self._target(bracket, at)
        self._closed_links = min(self._closed_links, index)
        if found is None:
            return self._literal("]", at)
        bracket.target, end = found
        self._nodes.append(Close())
        pair_runs(self._runs[bracket.runs :])
        del self._runs[bracket.runs :]
        if not bracket.is_image:
            self._closed_links = index
        return end

    def _target(self, bracket: Bracket, at: int) -> tuple[Target, int] | None:
        if found := read_inline_target(self._text, at + 1):
            return found
        if not self._references:
            return None
        if label := read_label(self._text, at + 1):
            target = self._references.get(normal_label(label[0]))
            return (target, label[1]) if target else None
        if at - bracket.end >= _MAX_LABEL:
            return None
        whole = read_label(self._text, bracket.end - 1)
        if whole is None or whole[1] != at + 1:
            return None
        target = self._references.get(normal_label(whole[0]))
        end = at + 3 if self._text.startswith("[]", at + 1) else at + 1
        return (target, end) if target else None
