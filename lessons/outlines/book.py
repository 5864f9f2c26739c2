"""``book.toml``: an mdBook's title, and the folder that holds its pages."""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.problems import Problem, Severity
from catalog.textfiles import line_at
from lessons.files import BOOK_NAME, SUMMARY_NAME
from lessons.folders import Folder
from lessons.ordering import MAX_TITLE

MAX_CHARACTERS = 64 * 1024
"""How much of a ``book.toml`` is read."""

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Book:
    """What a book says of itself. ``root`` is the folder of its pages; None when that holds no summary."""

    title: str = ""
    root: Folder | None = None
    problems: tuple[Problem, ...] = ()


def read_book(whole: Folder, read: Callable[[str], str | None]) -> Book | None:
    """Read the book that a folder is; None when it is none. What lies outside its pages is no part of it."""
    path = whole.files.get(BOOK_NAME)
    text = read(path) if path else None
    if path is None or text is None:
        return None
    try:
        data: Any = tomllib.loads(text[:MAX_CHARACTERS]).get("book")
    except (ValueError, RecursionError) as error:  # its own error is a ValueError; it recurses into brackets
        return Book(problems=(_broken(str(error), path, text),))
    said: dict[str, Any] = data if isinstance(data, dict) else {}
    title, source = (said.get(key) for key in ("title", "src"))
    root = _pages(whole, source if isinstance(source, str) else "src")
    return Book(title[:MAX_TITLE] if isinstance(title, str) else "", root, tuple(_outside(whole, root, path)))


def _pages(whole: Folder, source: str) -> Folder | None:
    wanted = posixpath.normpath(posixpath.join(whole.path, source)) + "/"
    return next((each for each in whole.walk() if each.path == wanted and SUMMARY_NAME in each.files), None)


def _outside(whole: Folder, root: Folder | None, path: str) -> list[Problem]:
    if root is None:
        return []
    pages = [page for folder in whole.walk() for page in folder.own_pages() if not page.startswith(root.path)]
    if not pages:
        return []
    message = ngettext(
        "%(count)d page outside '%(folder)s' is no part of the book",
        "%(count)d pages outside '%(folder)s' are no part of the book",
        len(pages),
    ) % {"count": len(pages), "folder": root.path.removeprefix(whole.path)}
    return [Problem(path, 1, 1, "outside-book", message, "", Severity.WARNING)]


def _broken(detail: str, path: str, text: str) -> Problem:
    place = _PLACE.search(detail)
    line, column = (int(place[name] or 0) if place else 1 for name in ("line", "column"))
    line, column = line or text.count("\n") + 1, column or 1
    message = _("broken TOML: %(detail)s") % {"detail": _PLACE.sub("", detail)}
    remedy = _("The file is not used.")
    shown = line_at(text, line)
    return Problem(path, line, column, "broken-toml", message, remedy, Severity.WARNING, source_line=shown)
