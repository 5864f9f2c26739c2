"""Families at a glance: may I use it at work, sizes, known for, newest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from catalog.figures.errors import FigureError
from catalog.lineage import generation_name, sizes_in_words
from catalog.models import Checkpoint, Family, LicenseAnswer
from catalog.permissions import Terms, WorkAnswer, for_checkpoint, strictest, terms_by_license, work_answer
from catalog.problems import did_you_mean
from catalog.shapes import mark_name

LICENSES_NAMED = 2
"""How many licenses of a family a table names before it counts the rest."""


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
