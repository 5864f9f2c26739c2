"""The page before and the page behind a lesson: as the module has them, or as its front matter chooses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import F, Q
from django.utils.translation import gettext as _

from catalog.problems import Problem, Severity, did_you_mean
from lessons.folders import INDEX_NAMES, WRAPPER_NAMES
from lessons.models import Lesson, Module
from lessons.ordering import slugify_part, without_prefix
from lessons.source import ModuleSource, PageSource, TrackSource

Found = TypeVar("Found")

NEXT, PREVIOUS = "pagination_next", "pagination_prev"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is found: its key, its address below /learn/, and its file, empty where it has none."""

    key: str
    path: str
    file: str


@dataclass(frozen=True, slots=True)
class Named:
    """A page as Docusaurus names it: ``folder/name``, or ``folder/id`` for one with an ``id``.

    ``keys`` and ``paths`` are the keys and addresses it may have here, the likeliest first; ``ids`` what it
    is called within ``folder``.
    """

    keys: tuple[str, ...]
    paths: tuple[str, ...]
    folder: tuple[str, ...]
    ids: tuple[str, ...]

    @classmethod
    def of(cls, name: str, track: str) -> Named:
        """Read a name. The page that stands for a folder goes by its file there and by the folder here."""
        written = name.strip("/")
        *folder, last = (without_prefix(part) for part in written.split("/"))
        ways = [[*folder, last]]
        if last.casefold() in {*INDEX_NAMES, *(each.casefold() for each in folder[-1:])}:
            ways.append(folder)
        keys = dict.fromkeys([written, *("/".join(way) for way in ways if way)])
        paths = ("/".join([track, *map(slugify_part, way)]) for way in ways)
        return cls(tuple(keys), tuple(paths), tuple(folder), (written.rpartition("/")[2], last))

    @property
    def condition(self) -> Q:
        """Hold of every row that may be meant; ``rank`` tells."""
        return Q(key__in=[*self.keys, *self.ids]) | Q(path__in=self.paths)

    def rank(self, place: Place) -> int | None:
        """Return how likely the page at this place is meant, 0 the likeliest; None when it is not."""
        if place.key in self.keys:
            return self.keys.index(place.key)
        if place.key in self.ids and self._lies_in_folder(place):
            return len(self.keys)
        if place.path in self.paths:
            return len(self.keys) + 1 + self.paths.index(place.path)
        return None

    def nearest(self, places: Iterable[tuple[Place, Found]]) -> Found | None:
        """Return what stands at the place that is meant first."""
        ranked = [(rank, found) for place, found in places if (rank := self.rank(place)) is not None]
        return min(ranked, key=lambda each: each[0])[1] if ranked else None

    def _lies_in_folder(self, place: Place) -> bool:
        """Whether a page lies in the folder that is named, which may leave out folders that only wrap."""
        folders = tuple(without_prefix(part) for part in place.file.split("/")[1:-1])
        shown = tuple(part for part in folders if part not in WRAPPER_NAMES)
        address = tuple(place.path.split("/")[1:-1])
        return self.folder in {folders, shown} or tuple(map(slugify_part, self.folder)) == address


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
    return None if name is None else _entry_of(name, lesson, module) or usual


def _entry_of(name: str, lesson: Lesson, within: Module) -> dict[str, Any] | None:
    """Return the menu's entry for the page that a lesson names; None when that is no other page."""
    named = Named.of(name, within.track.slug)
    meant = named.condition & Q(track=within.track_id, draft=False, retired_at=None)
    lessons = Lesson.objects.filter(meant, module__draft=False)
    if found := named.nearest((_place(row), row) for row in lessons.annotate(file=F("source__path"))):
        if found.pk == lesson.pk:
            return None
        number, minutes = found.number, found.minutes
        return {"path": found.path, "turn": found.turn_title, "number": number, "minutes": minutes}
    modules = Module.objects.filter(meant).annotate(file=F("source__path"))
    if module := named.nearest((_place(row), row) for row in modules):
        return {"path": module.path, "turn": module.title, "number": 0, "minutes": None}
    return None


def _place(row: Any) -> Place:
    """Return where a row annotated with its ``file`` is found."""
    return Place(row.key, row.path, row.file or "")


def check_pagination(track: TrackSource) -> Iterator[Problem]:
    """Yield a warning for every page named as next or previous that the track does not have.

    A page that names itself is warned of too: both are passed over on the site.
    """
    pages = [page for module in track.modules for page in module.pages()]
    places: list[tuple[Place, PageSource | ModuleSource]] = [
        (Place(page.key, page.url_path, page.path), page) for page in pages
    ]
    bare = [module for module in track.modules if module.index is None]
    places += [(Place(module.key, module.url_path, ""), module) for module in bare]
    for page in pages:
        for key in (NEXT, PREVIOUS):
            name = getattr(page.meta, key)
            if not name or page.matter.mapped is None:
                continue
            found = Named.of(name, track.slug).nearest(places)
            if found is None:
                message = _("no page '%(id)s' in this course") % {"id": name}
                remedy = did_you_mean(name, [place.key for place, _page in places])
                remedy = remedy or _("Name a page by its id, or by its path without numbers and suffix.")
            elif found is page:
                message = _("the page names itself")
                remedy = _("Name another page, or write null for none.")
            else:
                continue
            problem = page.matter.mapped.problem((key,), "unknown-page", message, remedy)
            yield replace(problem, severity=Severity.WARNING)
