"""The problems of a tree while it is read. What many files share is told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.problems import Problem

UNKNOWN_KEY = "unknown-key"


class Notices:
    """Takes problems in and gives them back; an unknown key that is only kept comes once, with a count."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._kept: dict[str, list[Problem]] = {}

    def add(self, problems: Iterable[Problem]) -> None:
        """Take problems in."""
        for problem in problems:
            if problem.code == UNKNOWN_KEY and not problem.is_error:
                self._kept.setdefault(problem.message, []).append(problem)
            else:
                self._problems.append(problem)

    def problems(self) -> list[Problem]:
        """Return all problems, an unknown key at the first place where it stands."""
        return [*self._problems, *(self._told_once(each) for each in self._kept.values())]

    @staticmethod
    def _told_once(problems: list[Problem]) -> Problem:
        first, others = min(problems, key=Problem.sort_key), len(problems) - 1
        if not others:
            return first
        also = ngettext("So in %(count)d more file.", "So in %(count)d more files.", others)
        remedy = _("%(remedy)s %(also)s") % {"remedy": first.remedy, "also": also % {"count": others}}
        return replace(first, remedy=remedy)
