"""Front matter: what stands between two lines of ``---`` at the top of a page."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field

from catalog.problems import ContentError, Problem, Severity
from catalog.yamlsource import Mapped, parse_yaml
from lessons.openschema import OpenSchema, read_open
from lessons.plain_words import without_keys

MAX_BYTES = 16 * 1024
"""The largest front matter that is read: 16 KiB."""

Completion = Literal["quiz", "pass", "view", "manual"]

_KEY = re.compile(r"[A-Za-z_][\w-]*:(?:[ \t]|$)")


_DAYS = (
    *("%m/%d/%Y", "%Y/%m/%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"),
    *("%B %d %Y", "%b %d %Y", "%a %b %d %Y"),
)
"""How days are written besides ``2026-11-23``, as Docusaurus's documentation and JavaScript have them."""


def _read_day(value: object) -> object:
    """Return the day that a text names; anything else as it is, for the schema to judge."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    with suppress(ValueError):
        return datetime.fromisoformat(text).date()
    for form in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(text, form).date()
    return value


def _read_update(value: object) -> object:
    """Return a day that stands where ``{date, author}`` is expected in that form."""
    return {"date": value} if isinstance(value, (str, date)) else value


def _read_texts(value: object) -> object:
    """Return a text that stands where a list of texts is expected as a list of one."""
    return [value] if isinstance(value, str) else value


def _read_keywords(value: object) -> object:
    """Return keywords as a list: HTML's own way of writing them is one text with commas."""
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_read_day)]
Texts = Annotated[list[str], BeforeValidator(_read_texts)]


class LastUpdate(OpenSchema):
    """When a page was last worked on, and by whom."""

    date: Day | None = None
    author: str = Field("", max_length=200)


class FrontMatter(OpenSchema):
    """The keys that are read; every one may be left out."""

    empty_says = frozenset({"pagination_next", "pagination_prev"})
    trifles = frozenset(
        {
            *("custom_edit_url", "image", "keywords", "last_update", "level", "sidebar_label", "tags"),
            *("hide_table_of_contents", "hide_title", "toc_max_heading_level", "toc_min_heading_level"),
            *("pagination_label", "pagination_next", "pagination_prev"),
        }
    )

    title: str | None = Field(None, max_length=200)
    description: str = ""
    slug: str | None = Field(None, max_length=200)
    id: str | None = Field(None, max_length=200, pattern=r"^[^\s/][^\s]*$")
    sidebar_position: float | None = None
    sidebar_label: str = Field("", max_length=200)
    draft: bool = False
    unlisted: bool = False
    tags: object = None
    keywords: Annotated[list[str], BeforeValidator(_read_keywords)] = []
    image: object = None
    hide_title: bool = False
    hide_table_of_contents: bool = False
    toc_min_heading_level: int = Field(2, ge=2, le=6)
    toc_max_heading_level: int = Field(3, ge=2, le=6)
    pagination_next: str | None = None
    pagination_prev: str | None = None
    pagination_label: str = Field("", max_length=200)
    last_update: Annotated[LastUpdate | None, BeforeValidator(_read_update)] = None
    custom_edit_url: str | None = None
    minutes: int | None = Field(None, ge=0, le=600)
    level: str = Field("", max_length=60)
    prerequisites: Texts = []
    objectives: Texts = []
    key_concept: str = Field("", max_length=200)
    complete: Completion | None = None
    aliases: Texts = []
    concepts: Texts = []


@dataclass(frozen=True, slots=True)
class Matter:
    """A page taken apart: its front matter, its body, and the line (from 1) on which the body begins."""

    meta: FrontMatter
    body: str
    first_line: int
    mapped: Mapped | None
    problems: tuple[Problem, ...] = ()


def read_front_matter(text: str, path: str) -> Matter:
    """Take a page apart. Problems come back with it; with an error ``meta`` holds what is right.

    A first line of ``---`` that nothing closes, or that closes around plain text, is a rule in the text.
    """
    if not text.startswith("---"):
        return Matter(FrontMatter(), text, 1, None)
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return Matter(FrontMatter(), text, 1, None)
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), None)
    if end is None:
        return Matter(FrontMatter(), text, 1, None, tuple(_never_closed(lines, path)))
    block = "\n".join(lines[1:end])
    body, first_line = "\n".join(lines[end + 1 :]), end + 2
    if len(block) > MAX_BYTES or len(block.encode()) > MAX_BYTES:
        message, remedy = _("front matter is larger than 16 KiB"), _("Move text into the page.")
        problem = Problem(path, 1, 1, "front-matter", message, remedy, source_line=lines[0])
        return Matter(FrontMatter(), body, first_line, None, (problem,))
    if not block.strip():
        return Matter(FrontMatter(), body, first_line, None)
    is_dotted = lines[end].rstrip() == "..."
    try:
        mapped = parse_yaml(block, path, first_line=2)
    except ContentError as error:
        if is_dotted:  # an ellipsis on a line of its own, below a rule
            return Matter(FrontMatter(), text, 1, None)
        return Matter(FrontMatter(), body, first_line, None, error.problems)
    if not isinstance(mapped.data, dict):
        return Matter(FrontMatter(), text, 1, None)
    mapped, strays = without_keys(mapped)
    meta, problems = read_open(FrontMatter, mapped)
    problems += strays
    if is_dotted:
        message, remedy = _("front matter ends with '...'"), _("End it with '---'.")
        problems.append(Problem(path, end + 1, 1, "front-matter", message, remedy, source_line=lines[end]))
    return Matter(meta, body, first_line, mapped, tuple(problems))


def _never_closed(lines: list[str], path: str) -> list[Problem]:
    """Return a warning where text under a first line of ``---`` begins as front matter does."""
    second = next((line for line in lines[1:] if line.strip()), "")
    if not _KEY.match(second):
        return []
    message = _("front matter that nothing closes is shown as text")
    remedy = _("End it with a line of '---'.")
    return [Problem(path, 1, 1, "front-matter", message, remedy, Severity.WARNING, source_line=lines[0])]
