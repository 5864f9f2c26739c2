"""Which page an outline's entry means."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from django.utils.translation import gettext as _

from catalog.problems import Problem, did_you_mean
from lessons.outlines.entries import Entry, Outline
from lessons.source import PageSource

MAX_SUGGESTIONS = 20
"""How many entries without a page are told what may have been meant: each is compared with every page."""


class EntryPages:
    """The pages of an outline's entries, each given out once; ``listed`` has the paths of all of them."""

    def __init__(self, outline: Outline, pages: Mapping[str, PageSource]) -> None:
        self.outline = outline
        self.pages = pages
        self.problems: list[Problem] = []
        self.listed = {
            path for part in outline.parts for entry in part.all_entries() if (path := self._path(entry))
        }
        self._lines: dict[str, int] = {}

    def take(self, entry: Entry) -> PageSource | None:
        """Return an entry's page; None, with a warning, for one that is not there or was taken before."""
        target, _mark, anchor = entry.target.partition("#")
        if not target or "://" in target:
            return None  # a draft, a place in a page, or another site
        path = self._path(entry)
        if path is None:
            message = _("no page '%(path)s'") % {"path": target}
            remedy = self._suggestion(target) or _("Add the file, or remove the line.")
            self._warn(entry, "missing-page", message, remedy)
            return None
        if path not in self._lines:
            self._lines[path] = entry.line
            return self.pages[path]
        if not anchor:
            message = _("'%(path)s' is named twice") % {"path": target}
            remedy = _("It stands in line %(line)d already.") % {"line": self._lines[path]}
            self._warn(entry, "named-twice", message, remedy)
        return None

    def _suggestion(self, target: str) -> str:
        if len(self.problems) >= MAX_SUGGESTIONS:
            return ""
        base = posixpath.dirname(self.outline.path) + "/"
        names = [page.removeprefix(base) for page in self.pages]
        if self.outline.suffixes[0] != "":
            names = [name.rpartition(".")[0] for name in names]
        return did_you_mean(target, names)

    def _path(self, entry: Entry) -> str | None:
        target = entry.target.partition("#")[0]
        if not target:
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.outline.path), target))
        candidates = (path + suffix for suffix in self.outline.suffixes)
        return next((each for each in candidates if each in self.pages), None)

    def _warn(self, entry: Entry, code: str, message: str, remedy: str) -> None:
        self.problems.append(self.outline.warning(entry.line, entry.column, code, message, remedy))
