"""``SUMMARY.md`` as mdBook has it: a list of links, with parts, chapters before and after, and drafts."""

from __future__ import annotations

import re
from urllib.parse import unquote

from lessons.outlines.entries import Entry, Outline, Part
from lessons.titles import plain_text

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?P<rest>.*)$")
_LINK = re.compile(
    r"\[(?P<title>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\([ \t]*+(?:<(?P<angle>[^<>]*+)>|(?P<plain>[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+))[^()]*+\)"
)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<title>.*?)[ \t#]*$")
_MAX_LINE = 2000
_MAX_DEPTH = 8


def read_summary(text: str, path: str) -> Outline | None:
    """Read a summary; None when it lists no page, so that it is a page like any other."""
    outline = Outline(path, text, ("", ".md", "/README.md", "/index.md"))
    reader = _Reader(outline)
    in_comment = False
    for number, line in enumerate(text.split("\n"), start=1):
        if in_comment or line.lstrip().startswith("<!--"):
            in_comment = "-->" not in line
        else:
            reader.line(line[:_MAX_LINE], number)
    reader.close()
    has_page = any(entry.target for part in outline.parts for entry in part.all_entries())
    return outline if has_page else None


class _Reader:
    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.part: Part | None = None
        self.open: list[tuple[int, Entry]] = []
        """The items that the next one may stand below, each with its indent."""
        self.chapters: list[Entry] = []
        """The numbered chapters since the last part began."""
        self.has_title = False

    def line(self, line: str, number: int) -> None:
        """Read one line, counted from 1."""
        if heading := _HEADING.match(line):
            # The first heading is the summary's own, unless something was listed before it.
            if self.has_title or self.chapters or self.outline.parts:
                self.close()
                self.part = Part(plain_text(heading["title"]))
                self.outline.parts.append(self.part)
            self.has_title = True
        elif item := _ITEM.match(line):
            entry = _entry(item["rest"], number, item.start("rest") + 1)
            self._item(entry, len(item["indent"].expandtabs(4)))
        elif link := _LINK.match(line.strip()):
            # A chapter before or after the numbered ones, which it ends.
            self.close()
            self.outline.leaf(_linked(link, number, line.index("[") + 1))

    def _item(self, entry: Entry, indent: int) -> None:
        while self.open and (self.open[-1][0] >= indent or len(self.open) >= _MAX_DEPTH):
            self.open.pop()
        (self.open[-1][1].children if self.open else self.chapters).append(entry)
        self.open.append((indent, entry))

    def close(self) -> None:
        """End the part: its chapters are its pages; without a part, a chapter with pages below is one."""
        if self.part is not None:
            self.part.entries += self.chapters
        else:
            for chapter in self.chapters:
                if chapter.children:
                    self.outline.parts.append(Part(chapter.title, chapter.children, chapter))
                else:
                    self.outline.leaf(chapter)
        self.part, self.open, self.chapters = None, [], []


def _entry(text: str, line: int, column: int) -> Entry:
    link = _LINK.match(text)
    return _linked(link, line, column) if link else Entry(plain_text(text), "", line, column)


def _linked(link: re.Match[str], line: int, column: int) -> Entry:
    target = link["angle"] if link["angle"] is not None else link["plain"]
    return Entry(plain_text(link["title"]), unquote(target), line, column)
