"""Figures of the catalog inside lessons: drawn once, when content is loaded, from the rows just written.

Each function reads the database and returns finished HTML. It may be stored: it holds no address of a static
file and nothing of the request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog import formats
from catalog.facets import Item, Shelf, Vocabulary, read_filters, read_items
from catalog.landscape import SMALL, WIDE, Point, draw
from catalog.lineage import generation_name, sizes_in_words
from catalog.models import Checkpoint, Family, LicenseAnswer
from catalog.permissions import Terms, WorkAnswer, for_checkpoint, strictest, terms_by_license, work_answer
from catalog.problems import did_you_mean
from catalog.shapes import mark_name

LICENSES_NAMED = 2
"""How many licenses of a family a table names before it counts the rest."""

SOURCES_NAMED = 3


class FigureError(ValueError):
    """A figure that cannot be drawn; the message says what is wrong with its body and what may be meant."""


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


def _read_query(query: str, items: Sequence[Item]) -> tuple[list[Item], str]:
    """Return the rows a query asks for, whether or not they have a result, and its benchmark."""
    params = QueryDict(query.strip(), mutable=True)
    shelf = Shelf(items)
    benchmarks = shelf.values()["benchmark"]
    names = params.getlist("benchmark")
    if len(names) != 1:
        raise FigureError(_("A landscape needs exactly one benchmark, as in “benchmark=arena”."))
    if names[0] not in benchmarks:
        sentence = _("There is no benchmark “%(name)s” with results.") % {"name": names[0]}
        raise FigureError(f"{sentence} {did_you_mean(names[0], benchmarks)}".strip())
    del params["benchmark"]
    asked = read_filters(params, Vocabulary(values=shelf.values()))
    problems = [sentence for _parameter, sentence in asked.errors]
    problems += [_("There is no parameter “%(name)s”.") % {"name": name} for name in asked.unknown]
    if problems:
        raise FigureError(" ".join(problems))
    return shelf.matching(asked.filters), names[0]


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


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One family as the table shows it."""

    family: Family
    mark: str
    work: WorkAnswer
    licenses: str
    sizes: str
    newest: Checkpoint | None


def render_families(slugs: list[str]) -> str:
    """Return a table of families in the order given: may I use it at work, sizes, known for, newest.

    The answer is that of the family's current releases (those not superseded) where they agree; those with an
    exception of their own are named. Raises
    ``FigureError`` for a family that is not known.
    """
    families = {family.slug: family for family in Family.objects.select_related("organization")}
    for slug in slugs:
        if slug not in families:
            sentence = _("There is no family “%(name)s”.") % {"name": slug}
            raise FigureError(f"{sentence} {did_you_mean(slug, families)}".strip())
    if not slugs:
        raise FigureError(_("A table of families needs at least one, a slug a line."))
    checkpoints = Checkpoint.objects.for_family_page().prefetch_related("additional_licenses")
    terms = terms_by_license(LicenseAnswer.objects.all())
    by_family: dict[str, list[Checkpoint]] = {slug: [] for slug in slugs}
    for checkpoint in checkpoints.filter(family__slug__in=slugs):
        by_family[checkpoint.family.slug].append(checkpoint)
    rows = [_family_row(families[slug], by_family[slug], terms) for slug in slugs]
    return render_to_string("catalog/_families.html", {"rows": rows}).strip()


def _family_row(family: Family, checkpoints: Sequence[Checkpoint], terms: dict[int, Terms]) -> FamilyRow:
    current = [one for one in checkpoints if one.release.superseded_by_id is None]
    dated = [one for one in checkpoints if one.released is not None]
    return FamilyRow(
        family,
        mark_name(family.slug),
        _common_answer([(one, _answer_of(one, terms)) for one in current]),
        _licenses_in_words(current),
        sizes_in_words(checkpoints),
        max(dated, key=lambda one: (one.released, one.parameters)) if dated else None,
    )


def _answer_of(checkpoint: Checkpoint, terms: dict[int, Terms]) -> WorkAnswer:
    licenses = [checkpoint.license_id, *(license_.pk for license_ in checkpoint.additional_licenses.all())]
    bound = strictest(terms.get(pk, {}) for pk in licenses if pk is not None)
    return work_answer(for_checkpoint(bound, reads_images=checkpoint.reads_images))


def _common_answer(answers: Sequence[tuple[Checkpoint, WorkAnswer]]) -> WorkAnswer:
    """Return the one answer of all with what some of them except, or that each has to be looked at."""
    different = {(answer.value, str(answer.text)): answer for _one, answer in answers}
    if not different:
        return WorkAnswer("unknown", _("Not known"))
    if len(different) > 1:
        return WorkAnswer("if", _("Check each model"))
    excepted: dict[str, list[Checkpoint]] = {}
    for checkpoint, answer in answers:
        if answer.exception:
            excepted.setdefault(str(answer.exception), []).append(checkpoint)
    current = [checkpoint for checkpoint, _answer in answers]
    said = [
        exception
        if len(members) == len(current)
        else _("%(names)s: %(exception)s")
        % {"names": ", ".join(_names_in_short(members, current)), "exception": exception}
        for exception, members in excepted.items()
    ]
    return replace(next(iter(different.values())), exception="; ".join(said))


def _names_in_short(members: Sequence[Checkpoint], current: Iterable[Checkpoint]) -> list[str]:
    """Name some of the current checkpoints: by generation where all of one is meant, else by release."""
    mixed = {one.release.generation for one in current if one not in members}
    names = [one.release.name if one.release.generation in mixed else generation_name(one) for one in members]
    return list(dict.fromkeys(names))


def _licenses_in_words(checkpoints: Iterable[Checkpoint]) -> str:
    """Name the licenses most checkpoints are under, and count the rest: *Apache 2.0, Qwen and 2 more*."""
    counted = Counter(one.license.short_name for one in checkpoints if one.license)
    names = [name for name, _count in counted.most_common()]
    if len(names) <= LICENSES_NAMED + 1:
        return ", ".join(names)
    return _("%(names)s and %(count)d more") % {
        "names": ", ".join(names[:LICENSES_NAMED]),
        "count": len(names) - LICENSES_NAMED,
    }
