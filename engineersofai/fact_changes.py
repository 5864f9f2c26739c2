"""Which lines and questions a changed catalog touches: the places that cite what reads otherwise now."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from math import inf

from catalog.facts import ChangedFact
from engineersofai.quiz_content import PreparedQuizzes
from lessons.models import FactUse
from lessons.prepare import PreparedLessons
from lessons.report import FactChange, FactPlace

_AT_ONCE = 500
"""Facts that one query asks for."""


def touched_by(
    changed: Iterable[ChangedFact], lessons: PreparedLessons, quizzes: PreparedQuizzes
) -> list[FactChange]:
    """Return what became of each fact that was known before, with the places that cite it.

    To be called when the texts are stored: places are those of the site's texts as they are now. A place in a
    question that was loaded names it.
    """
    # A fact that was not known before was cited nowhere: whoever cites it now is new as well.
    known = [fact for fact in changed if fact.old is not None]
    if not known:
        return []
    places = _places({fact.slug for fact in known}, _Questions(lessons, quizzes))
    return [
        FactChange(fact.slug, fact.field, fact.old, fact.new, tuple(places[fact.slug, fact.field]))
        for fact in known
    ]


class _Questions:
    """Finds the question that a line of a file belongs to."""

    def __init__(self, lessons: PreparedLessons, quizzes: PreparedQuizzes) -> None:
        self._by_path: dict[str, list[tuple[int, float, str]]] = defaultdict(list)
        ends: dict[tuple[str, int | None], int] = {
            (path, fence.line): fence.line + fence.text.count("\n")
            for path, page in lessons.pages.items()
            for fence in page.rendered.quiz_fences
        }
        for quiz in chain.from_iterable(quizzes.by_track.values()):
            for question in (content.source for content in quiz.questions):
                # In a lesson a question goes on until its fence ends; in a file of its own, which a fence
                # may name, until the next.
                end = ends.get((question.path, question.fence_line), inf)
                self._by_path[question.path].append((question.line, end, question.key))
        for found in self._by_path.values():
            found.sort()

    def at(self, path: str, line: int) -> str:
        """Return the id of the question at a line, or nothing where the text of a lesson stands."""
        found = self._by_path.get(path, [])
        place = bisect_right(found, line, key=lambda one: one[0]) - 1
        if place < 0:
            return ""
        _first, last, key = found[place]
        return key if line <= last else ""


def _places(slugs: Iterable[str], questions: _Questions) -> dict[tuple[str, str], list[FactPlace]]:
    found: dict[tuple[str, str], list[FactPlace]] = defaultdict(list)
    wanted: Sequence[str] = sorted(slugs)
    for start in range(0, len(wanted), _AT_ONCE):
        uses = FactUse.objects.filter(slug__in=wanted[start : start + _AT_ONCE], source__retired_at=None)
        rows = uses.order_by("source__path", "line").values_list("slug", "field", "source__path", "line")
        for slug, field, path, line in rows:
            found[slug, field].append(FactPlace(path, line, questions.at(path, line)))
    return found
