"""What one text needs to be rendered, and what rendering it brings to light."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from catalog.problems import Problem, Severity, did_you_mean
from lessons.rendering import structure
from lessons.rendering.markers import MARK_CLOSE, MARK_OPEN

MAX_SUGGESTIONS = 20

HOLD_OPEN, HOLD_CLOSE = "\ue000", "\ue001"
"""Private-use characters around the number of a held piece; removed from every text that is read."""

HELD = re.compile(f"{HOLD_OPEN}([0-9]{{1,9}}){HOLD_CLOSE}")

RAW_OPEN, RAW_CLOSE = "\ue006", "\ue007"
"""Private-use characters around the number of a piece of the author's own HTML."""

RAW = re.compile(f"{RAW_OPEN}([0-9]{{1,9}}){RAW_CLOSE}")

_OURS = str.maketrans(
    "",
    "",
    "".join(
        (HOLD_OPEN, HOLD_CLOSE, MARK_OPEN, MARK_CLOSE, structure.OPEN, structure.CLOSE, RAW_OPEN, RAW_CLOSE)
    ),
)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^>]+>", re.DOTALL)


def without_tokens(text: str) -> str:
    """Return what somebody wrote without the characters that only tokens and markers of ours hold."""
    return text.translate(_OURS)


class Fact(Protocol):
    """A catalog fact as text with its source (``catalog.facts.Fact``)."""

    @property
    def text(self) -> str:
        """The value with its unit."""

    @property
    def url(self) -> str:
        """The catalog page that shows it."""

    @property
    def source_url(self) -> str:
        """The page it was read from."""

    @property
    def source_title(self) -> str:
        """That page's title."""

    @property
    def seen(self) -> str:
        """The day it was read there, as a reader writes it."""


class Facts(Protocol):
    """Where facts are looked up; raises ``LookupError`` whose text says what is wrong and what was meant."""

    def fact(self, slug: str, field: str) -> Fact:
        """Return one fact."""


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term as tooltips show it."""

    slug: str
    term: str
    definition: str


@dataclass(frozen=True, slots=True)
class AssetLink:
    """Where an asset is served, and its size in pixels where known."""

    url: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class FactCitation:
    """One place that cites a catalog fact; ``line`` counts from 1."""

    line: int
    slug: str
    field: str


@dataclass(frozen=True, slots=True)
class Library:
    """What texts may point at: facts, terms, pages and assets of one content tree, by content path.

    ``partials`` holds the Markdown of files that pages import (``import X from './_x.mdx'``).
    """

    facts: Facts | None = None
    terms: Mapping[str, Term] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, AssetLink] = field(default_factory=dict)
    content_hosts: tuple[str, ...] = ()
    partials: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class RenderContext:
    """One text on its way to HTML.

    ``path`` is its file's path in the content tree; ``text`` the whole file, for excerpts. Trusted HTML of
    our own is *held* outside the text while the rest is sanitized, and put back at the end.
    ``dropped`` counts what was left out, by a plain name ("import", "component <Chart>"); ``within`` are the
    paths of the files that show this text as a part of theirs.
    """

    path: str
    library: Library = field(default_factory=Library)
    text: str = ""
    number: str = ""
    cites_sources: bool = True
    problems: list[Problem] = field(default_factory=list)
    citations: list[FactCitation] = field(default_factory=list)
    assets: set[str] = field(default_factory=set)
    held: list[tuple[str, str]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    raw_blocks: set[int] = field(default_factory=set)
    sources: dict[str, str] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)
    within: tuple[str, ...] = ()
    _lines: list[str] = field(default_factory=list, repr=False)
    _suggestions: int = field(default=0, repr=False)

    def hold(self, html: str, text: str = "") -> str:
        """Keep trusted HTML aside; the token returned stands for it. ``text`` is what search reads."""
        self.held.append((html, text))
        return f"{HOLD_OPEN}{len(self.held) - 1}{HOLD_CLOSE}"

    def keep_raw(self, html: str, *, is_block: bool = False) -> str:
        """Keep the author's own HTML aside as written; the token returned stands for it."""
        if is_block:
            self.raw_blocks.add(len(self.raw))
        self.raw.append(html)
        return f"{RAW_OPEN}{len(self.raw) - 1}{RAW_CLOSE}"

    def put_back(self, html: str) -> str:
        """Replace every token by the HTML it stands for, also inside held HTML."""
        return self._filled(html, 0, len(self.held))

    def plain(self, text: str) -> str:
        """Replace every token by its plain text."""
        text = RAW.sub(lambda match: _TAG.sub(" ", self.raw[int(match[1])]), text)
        return self._filled(text, 1, len(self.held))

    def _filled(self, text: str, part: int, below: int) -> str:
        """Replace tokens below a number: a piece holds only pieces from before it, so this always ends."""

        def held(match: re.Match[str]) -> str:
            index = int(match[1])
            return self._filled(self.held[index][part], part, index) if index < below else ""

        return HELD.sub(held, text)

    def suggest(self, wrong: str, known: Iterable[str]) -> str:
        """Return "Did you mean …?" for the first few mistakes: each is compared with every name."""
        self._suggestions += 1
        return did_you_mean(wrong, known) if self._suggestions <= MAX_SUGGESTIONS else ""

    def report(
        self,
        line: int,
        column: int,
        code: str,
        message: str,
        remedy: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem at a line and column of the file, counted from 1."""
        if not self._lines:
            self._lines = self.text.split("\n")
        shown = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        self.problems.append(
            Problem(self.path, line, column, code, message, remedy, severity, source_line=shown)
        )

    def warn(self, line: int, column: int, code: str, message: str, remedy: str = "") -> None:
        """Note a problem that does not keep the page from being loaded."""
        self.report(line, column, code, message, remedy, Severity.WARNING)
