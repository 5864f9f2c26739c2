"""A rendered page as it waits to be stored: small, so that a long course fits in memory."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from typing import Self

from lessons.rendering import Directive, FactCitation, Fence, Heading, RenderedPage, SectionText


@dataclass(frozen=True, slots=True)
class PackedPage:
    """A ``RenderedPage`` whose HTML and texts are unpacked whenever they are asked for."""

    headings: tuple[Heading, ...]
    words: int
    quiz_fences: tuple[Fence, ...]
    directives: tuple[Directive, ...]
    citations: tuple[FactCitation, ...]
    assets: frozenset[str]
    packed: bytes = field(repr=False)

    @classmethod
    def pack(cls, page: RenderedPage) -> Self:
        """Return the same page, small."""
        places = {heading: place for place, heading in enumerate(page.headings)}
        sections = [
            (-1 if section.heading is None else places[section.heading], section.text)
            for section in page.sections
        ]
        packed = zlib.compress(json.dumps([page.html, sections], ensure_ascii=False).encode(), 1)
        return cls(
            page.headings,
            page.words,
            page.quiz_fences,
            page.directives,
            page.citations,
            page.assets,
            packed,
        )

    @property
    def html(self) -> str:
        """The HTML, markers included."""
        html: str = json.loads(zlib.decompress(self.packed))[0]
        return html

    @property
    def sections(self) -> tuple[SectionText, ...]:
        """The text of each section."""
        return tuple(
            SectionText(self.headings[place] if place >= 0 else None, text)
            for place, text in json.loads(zlib.decompress(self.packed))[1]
        )
