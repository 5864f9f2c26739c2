"""The landscape: scores on one benchmark against size, with its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog import formats
from catalog.facets import Item, Shelf, Vocabulary, read_filters, read_items
from catalog.figures.errors import FigureError
from catalog.figures.queries import NARROWING, Fault, Parameter, as_query, faults_of, parameters_of
from catalog.landscape import SMALL, WIDE, Point, draw
from catalog.shapes import mark_name

SOURCES_NAMED = 3


def render_landscape(title: str, query: str) -> str:
    """Return a landscape: scores on one benchmark against size, with its table.

    ``query`` is written as for ``/models/``; ``benchmark`` names the one benchmark that is drawn. Raises
    ``FigureError`` for a parameter or value that is not known, and where nothing is left to draw.
    """
    items = read_items()
    wanted, benchmark = _read_query(query, items)
    chosen = [item for item in wanted if benchmark in item.scores]
    if not chosen:
        raise FigureError(
            _("No checkpoint with a result on “%(name)s” is left to draw.") % {"name": benchmark}
        )
    points = [_point(item, benchmark) for item in chosen]
    scores = [item.scores[benchmark] for item in chosen]
    context = {
        "title": title,
        "benchmark": formats.short_benchmark(scores[0].benchmark_name),
        "drawings": [(draw(points, WIDE), "only-big land"), (draw(points, SMALL), "only-small")],
        "points": sorted(points, key=lambda point: (-point.score, point.name)),
        "missing": len(wanted) - len(chosen),
        "families": _families_of(points),
        "reporters": sorted({score.reporter for score in scores}),
        "dates": (min(score.observed_on for score in scores), max(score.observed_on for score in scores)),
        "sources": _sources_of(points),
        "intervals": _intervals(points),
    }
    return render_to_string("catalog/_landscape.html", context).strip()


def landscape_faults(written: Sequence[Parameter], known: Vocabulary) -> Iterator[Fault]:
    """Yield what is wrong with the query of a landscape."""
    if sum(one.key == "benchmark" for one in written) != 1:
        message = _("a landscape needs exactly one benchmark")
        yield Fault(None, message, _("Write it as in 'benchmark=arena'."))
    yield from faults_of(written, known, NARROWING)


def _read_query(query: str, items: Sequence[Item]) -> tuple[list[Item], str]:
    """Return the rows a query asks for, whether or not they have a result, and its benchmark."""
    written = parameters_of(query)
    shelf = Shelf(items)
    known = Vocabulary(values=shelf.values())
    if faults := list(landscape_faults(written, known)):
        raise FigureError(" ".join(str(fault) for fault in faults))
    benchmark = next(one.value for one in written if one.key == "benchmark")
    asked = read_filters(as_query(one for one in written if one.key != "benchmark"), known)
    return shelf.matching(asked.filters), benchmark


def _point(item: Item, benchmark: str) -> Point:
    score = item.scores[benchmark]
    return Point(
        name=item.name,
        label=item.release_name,
        url=reverse("catalog:checkpoint_detail", args=[item.slug]),
        mark=mark_name(item.family),
        family=item.family_name,
        size=item.parameters,
        score=float(score.value),
        low=None if score.low is None else float(score.low),
        high=None if score.high is None else float(score.high),
        reporter=score.reporter,
        source_title=score.source_title,
        source_url=score.source_url,
        seen=score.source_seen,
    )


def _families_of(points: Iterable[Point]) -> list[tuple[str, str]]:
    """Return the key of the drawing: mark and name, families that share the plain mark in one entry."""
    by_mark: dict[str, list[str]] = {}
    for point in points:
        names = by_mark.setdefault(point.mark, [])
        if point.family not in names:
            names.append(point.family)
    marks = sorted(by_mark, key=lambda mark: (mark == "other", by_mark[mark][0]))
    return [
        (mark, ", ".join(sorted(by_mark[mark])) if len(by_mark[mark]) < 4 else _("Others")) for mark in marks
    ]


def _sources_of(points: Iterable[Point]) -> dict[str, object]:
    """Return the sources that most points rest on, and how many more there are."""
    counted = Counter((point.source_title, point.source_url, point.seen) for point in points)
    ranked = [source for source, _count in counted.most_common()]
    return {"named": ranked[:SOURCES_NAMED], "more": max(len(ranked) - SOURCES_NAMED, 0)}


def _intervals(points: Iterable[Point]) -> tuple[str, str] | None:
    """Return half the narrowest and half the widest interval, rounded up, or None where none was given."""
    widths = [
        (point.high - point.low) / 2 for point in points if point.low is not None and point.high is not None
    ]
    if not widths:
        return None
    return formats.significant(min(widths), 2), formats.significant(max(widths), 2)
