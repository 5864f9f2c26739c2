"""The page before and the page behind a lesson: as the module has them, or as its front matter chooses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.problems import Problem, Severity, did_you_mean
from lessons.models import Lesson, Module
from lessons.ordering import slugify_part, without_prefix
from lessons.source import TrackSource

Row = TypeVar("Row", Lesson, Module)

NEXT, PREVIOUS = "pagination_next", "pagination_prev"


@dataclass(frozen=True, slots=True)
class Named:
    """A page as Docusaurus names it, ``folder/name``: the keys and the address it may have here."""

    keys: tuple[str, ...]
    path: str

    @classmethod
    def of(cls, name: str, track: str) -> Named:
        """Read a name; a page with an ``id`` goes by that behind its folder, or alone."""
        parts = [without_prefix(part) for part in name.strip("/").split("/")]
        keys = dict.fromkeys(["/".join(parts), name.strip("/"), parts[-1]])
        return cls(tuple(keys), "/".join([track, *map(slugify_part, parts)]))

    def fits(self, key: str, path: str) -> bool:
        """Whether a page with this key and address below /learn/ is meant."""
        return key in self.keys or path == self.path

    @property
    def condition(self) -> Q:
        """The same as a condition on rows."""
        return Q(key__in=self.keys) | Q(path=self.path)

    def nearest(self, rows: Iterable[Row]) -> Row | None:
        """Return the row that is meant first: by its key, in the order of ``keys``, else by its address."""
        order = [*self.keys, None]
        return min(rows, key=lambda row: order.index(row.key if row.key in self.keys else None), default=None)


def neighbors(lesson: Lesson, module: Module) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return the menu's entries before and behind a lesson, or what stands for them; None for none.

    Costs a query only where front matter names a page. One that learners cannot open is passed over.
    """
    menu = module.menu
    place = next((i for i, entry in enumerate(menu) if entry["id"] == lesson.pk), None)
    before = menu[place - 1] if place else None
    behind = menu[place + 1] if place is not None and place + 1 < len(menu) else None
    return _chosen(lesson, module, PREVIOUS, before), _chosen(lesson, module, NEXT, behind)


def _chosen(lesson: Lesson, module: Module, key: str, usual: dict[str, Any] | None) -> dict[str, Any] | None:
    if key not in lesson.front_matter:
        return usual
    name = lesson.front_matter[key]
    return None if name is None else _entry_of(name, module) or usual


def _entry_of(name: str, within: Module) -> dict[str, Any] | None:
    named = Named.of(name, within.track.slug)
    meant = named.condition & Q(track=within.track_id, draft=False, retired_at=None)
    if lesson := named.nearest(Lesson.objects.filter(meant, module__draft=False)):
        number, minutes = lesson.number, lesson.minutes
        return {"path": lesson.path, "turn": lesson.turn_title, "number": number, "minutes": minutes}
    if module := named.nearest(Module.objects.filter(meant)):
        return {"path": module.path, "turn": module.title, "number": 0, "minutes": None}
    return None


def check_pagination(track: TrackSource) -> Iterator[Problem]:
    """Yield a warning for every page named as next or previous that the track does not have."""
    pages = [page for module in track.modules for page in module.pages()]
    places = [(page.key, page.url_path) for page in pages]
    places += [(module.key, module.url_path) for module in track.modules]
    for page in pages:
        for key in (NEXT, PREVIOUS):
            name = getattr(page.meta, key)
            if not name or page.matter.mapped is None:
                continue
            named = Named.of(name, track.slug)
            if any(named.fits(*place) for place in places):
                continue
            message = _("no page '%(id)s' in this course") % {"id": name}
            remedy = did_you_mean(name, [each for each, _path in places])
            remedy = remedy or _("Name a page by its id, or by its path without numbers and suffix.")
            problem = page.matter.mapped.problem((key,), "unknown-page", message, remedy)
            yield replace(problem, severity=Severity.WARNING)
