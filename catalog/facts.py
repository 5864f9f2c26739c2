"""Figures that lessons and questions cite, each as text with its source: ``{{ model:slug.field }}``.

The fields that can be cited are one table, ``catalog.citable.FIELDS``. A book of facts is made from files
that were read or from the rows that are stored, and says the same either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Self

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.citable import FIELDS, Cited, Subject
from catalog.models import Checkpoint, Citation
from catalog.problems import did_you_mean
from catalog.records import CatalogSource, Kind


class UnknownFact(LookupError):
    """No such checkpoint or field, or a figure that no source states; the text says what was meant."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of one checkpoint, ready to be shown: ``text`` has its unit already."""

    slug: str
    field: str
    text: str
    unit: str
    source_url: str
    """Empty where the figure was computed."""
    source_title: str
    seen: str
    """The day the source was read, as a reader writes it."""

    @property
    def url(self) -> str:
        """Return the catalog page that shows the figure."""
        return reverse("catalog:checkpoint_detail", args=[self.slug])


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """What a fact reads in two catalogs, None where one has none; the same where its source changed."""

    slug: str
    field: str
    old: str | None
    new: str | None


class FactBook:
    """All facts of one catalog, read or stored."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._subjects = {subject.slug: subject for subject in subjects}

    @classmethod
    def from_source(cls, source: CatalogSource) -> Self:
        """Make a book from files that were read, whether or not they are stored."""
        return cls(_subjects_of_source(source))

    @classmethod
    def from_database(cls) -> Self:
        """Make a book from the rows that are stored; two queries."""
        return cls(_subjects_of_database())

    def fact(self, slug: str, field: str) -> Fact:
        """Return one fact; raises ``UnknownFact`` with what was meant, or that no source states it."""
        subject = self._subjects.get(slug)
        if subject is None:
            message = _("The catalog has no checkpoint '%(slug)s'.") % {"slug": slug}
            raise UnknownFact(_with_hint(message, did_you_mean(slug, self._subjects)))
        if field not in FIELDS:
            message = _("A checkpoint has no field '%(field)s'.") % {"field": field}
            raise UnknownFact(_with_hint(message, did_you_mean(field, FIELDS)))
        found = _fact(subject, field)
        if found is None:
            names = {"field": field, "slug": slug}
            raise UnknownFact(_("The catalog does not know '%(field)s' of '%(slug)s'.") % names)
        return found

    def slugs(self) -> list[str]:
        """Return the checkpoints that can be cited."""
        return list(self._subjects)

    def known(self, slug: str) -> dict[str, Fact]:
        """Return every known fact of a checkpoint by field; none where there is no such checkpoint."""
        subject = self._subjects.get(slug)
        if subject is None:
            return {}
        facts = {field: _fact(subject, field) for field in FIELDS}
        return {field: fact for field, fact in facts.items() if fact is not None}

    def changed_in(self, other: FactBook) -> tuple[ChangedFact, ...]:
        """Return every fact that reads otherwise, has another source, or is missing, in another book."""
        changed = []
        for slug in sorted({*self._subjects, *other._subjects}):
            here, there = self.known(slug), other.known(slug)
            for field in FIELDS:
                old, new = here.get(field), there.get(field)
                if old != new:
                    changed.append(
                        ChangedFact(slug, field, old.text if old else None, new.text if new else None)
                    )
        return tuple(changed)


def _fact(subject: Subject, name: str) -> Fact | None:
    field = FIELDS[name]
    text = field.write(subject)
    cited = subject.sources.get(field.group)
    if text is None or cited is None:
        return None
    return Fact(
        subject.slug,
        name,
        text,
        str(field.unit),
        cited.url,
        cited.title,
        date_format(cited.seen, "j F Y"),
    )


def _with_hint(message: str, hint: str) -> str:
    return f"{message} {hint}" if hint else message


def _subjects_of_source(source: CatalogSource) -> Iterator[Subject]:
    sources: dict[str, dict[str, Cited]] = {}
    for record in source.of(Kind.CITATION):
        origin = source.get(Kind.SOURCE, *record["source"])
        if origin is not None:
            cited = Cited(origin["title"], origin["url"], origin["seen"])
            groups = sources.setdefault(record["checkpoint"][0], {})
            if record["position"] == 0 or record["group"] not in groups:
                groups[record["group"]] = cited
    for record in source.of(Kind.CHECKPOINT):
        slug = record["slug"]
        family = source.get(Kind.FAMILY, *record["family"])
        organization = source.get(Kind.ORGANIZATION, *family["organization"]) if family else None
        bound = source.get(Kind.LICENSE, *record["license"]) if record["license"] else None
        yield Subject(
            slug=slug,
            figures=SimpleNamespace(**record.values),
            family=family["name"] if family else "",
            organization=organization["name"] if organization else "",
            license=bound["short_name"] if bound else None,
            sources=sources.get(slug, {}),
        )


def _subjects_of_database() -> Iterator[Subject]:
    rows = Checkpoint.objects.select_related("family__organization", "license")
    for row in rows.prefetch_related(Prefetch("citations", Citation.objects.select_related("source"))):
        groups: dict[str, Cited] = {}
        for citation in row.citations.all():
            origin = citation.source
            groups.setdefault(citation.group, Cited(origin.title, origin.url, origin.seen))
        yield Subject(
            slug=row.slug,
            figures=row,
            family=row.family.name,
            organization=row.family.organization.name,
            license=row.license.short_name if row.license else None,
            sources=groups,
        )
