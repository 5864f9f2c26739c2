"""How a line looks that begins a block: headings, rules, fences, list items, tables, HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"(#{1,6})(?:[ \t]|$)")
UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
FENCE = re.compile(r"(?:(?P<ticks>`{3,})(?P<info>[^`]*)|(?P<tildes>~{3,})(?P<rest>.*))$")
ITEM = re.compile(r"(?P<marker>[-*+]|(?P<number>\d{1,9})(?P<dot>[.)]))(?=[ \t]|$)")
DEFINITION = re.compile(r":[ \t]+(?=\S)")
SOURCE = re.compile(r"\[\^(?P<key>[^\]\s]+)\]:[ \t]*")
ALERT = re.compile(r"\[!(?P<name>NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$", re.IGNORECASE)
TASK = re.compile(r"\[(?P<state>[ xX])\][ \t]+")
_HEADING_ID = re.compile(r"\{\s*#(?P<curly>[^\s{}]+)\s*\}|\[\[(?P<square>[^\s\[\]]+)\]\]")
HTML_HEADING = re.compile(r"<h(?P<level>[1-6])(?P<rest>[\s>].*)</h(?P=level)\s*>[ \t]*$", re.IGNORECASE)

_DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?[ \t]*$")
MAX_COLUMNS = 1_000
"""A table wider than this is shown as text."""

_BLOCK_TAGS = frozenset(
    [
        *(
            "address",
            "article",
            "aside",
            "base",
            "basefont",
            "blockquote",
            "body",
            "caption",
            "center",
            "col",
        ),
        *(
            "colgroup",
            "dd",
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
        ),
        *("footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr"),
        *("html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav", "noframes", "ol"),
        *("optgroup", "option", "p", "param", "search", "section", "source", "summary", "table", "tbody"),
        *("td", "tfoot", "th", "thead", "title", "tr", "track", "ul"),
    ]
)
_ATTRIBUTE = r"""\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?"""
OPEN_TAG = rf"<[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*+\s*+/?>"
CLOSE_TAG = r"</[A-Za-z][A-Za-z0-9-]*+\s*+>"
_LITERAL = re.compile(r"<(?:pre|script|style|textarea)(?:[\s>]|$)", re.IGNORECASE)
_LITERAL_END = re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)
_TAG_NAME = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$)")
_LONE_TAG = re.compile(rf"(?:{OPEN_TAG}|{CLOSE_TAG})[ \t]*$")
_DELIMITED = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))


@dataclass(frozen=True, slots=True)
class HtmlStart:
    """How a block of HTML begins: where it ends, and whether it may stand right after a paragraph.

    ``end`` is what its last line holds; None means that a blank line ends it.
    """

    end: re.Pattern[str] | None
    interrupts: bool = True
    is_markup: bool = True


def read_heading(rest: str) -> tuple[int, str] | None:
    """Return level and title of a heading with marks (``## Title ##``), or None."""
    opening = _HEADING.match(rest)
    if opening is None:
        return None
    title = rest[len(opening[1]) :].strip(" \t")
    shorter = title.rstrip("#")
    if not shorter or shorter[-1] in " \t":
        title = shorter.rstrip(" \t")
    return len(opening[1]), title


def split_heading_id(title: str) -> tuple[str, str]:
    """Return a heading's title and the anchor written behind it: ``{#anchor}``, or ``[[anchor]]``."""
    title = title.rstrip(" \t")
    for closing, opening in (("}", "{"), ("]]", "[[")):
        start = title.rfind(opening) if title.endswith(closing) else -1
        if start >= 0 and (found := _HEADING_ID.fullmatch(title, start)):
            return title[:start].rstrip(" \t"), found["curly"] or found["square"]
    return title, ""


def html_start(rest: str) -> HtmlStart | None:
    """Return how a block of HTML begins with this text, or None; CommonMark's seven conditions."""
    if _LITERAL.match(rest):
        return HtmlStart(_LITERAL_END, is_markup=False)
    for opening, closing in _DELIMITED:
        if rest.startswith(opening):
            return HtmlStart(re.compile(re.escape(closing)), is_markup=False)
    if rest[1:2] == "!" and rest[2:3].isalpha():
        return HtmlStart(re.compile(">"), is_markup=False)
    name = _TAG_NAME.match(rest)
    if name and name["name"].lower() in _BLOCK_TAGS:
        return HtmlStart(None)
    return HtmlStart(None, interrupts=False) if _LONE_TAG.match(rest) else None


def may_rule_table(rest: str) -> bool:
    """Whether a line looks like the rule below a table's header."""
    return len(rest) <= 40 * MAX_COLUMNS and _DELIMITER_ROW.match(rest) is not None


def table_columns(header: str, delimiters: str) -> str | None:
    """Return the alignment of each column ("l", "c", "r" or "-") when the two lines begin a table."""
    bars = "|" in header or "|" in delimiters or ":" in delimiters
    if not bars or header.strip(" \t") == "|":
        return None
    cells = table_cells(delimiters)
    if len(cells) > MAX_COLUMNS or len(cells) != len(table_cells(header)):
        return None
    return "".join(
        {(True, True): "c", (True, False): "l", (False, True): "r"}.get(
            (cell.startswith(":"), cell.endswith(":")), "-"
        )
        for cell in cells
    )


_CELL = re.compile(r"(?:[^|\\]++|\\.|\\$)*+", re.DOTALL)


def table_cells(row: str) -> list[str]:
    r"""Return the cells of a table's row; ``\|`` is a bar within a cell."""
    row = row.strip(" \t")
    row = row.removeprefix("|")
    cells: list[str] = []
    at = 0
    while at <= len(row):
        cell = _CELL.match(row, at)
        end = cell.end() if cell else at
        cells.append(row[at:end].replace("\\|", "|").strip(" \t"))
        at = end + 1
        if at == len(row):
            break
    return cells
