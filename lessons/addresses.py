"""Addresses below /learn/: every track, module and lesson has one, and those it had before lead to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from lessons.aliases import alias_address
from lessons.models import Page
from lessons.source import ContentTree
from lessons.storing import write_rows

Target = tuple[int | None, int | None, int | None]
"""Primary key of a track, a module or a lesson: the two others are None."""


@dataclass(slots=True)
class Places:
    """Where everything of some tracks stands.

    ``current`` are the addresses of what learners may read, ``gone`` those of what was retired, and
    ``lessons`` the primary key of each page's lesson by content path.
    """

    current: dict[str, Target] = field(default_factory=dict)
    gone: dict[str, Target] = field(default_factory=dict)
    lessons: dict[str, int] = field(default_factory=dict)

    def add(self, other: Places) -> None:
        """Take in the places of another track."""
        self.current |= other.current
        self.gone |= other.gone
        self.lessons |= other.lessons


@dataclass(frozen=True, slots=True)
class _Stored:
    pk: int
    target: Target
    is_current: bool


def load_addresses(tree: ContentTree, places: Places) -> None:
    """Give everything its address; an address that was left leads to where its page stands now.

    An address leads on by what it belongs to, never to another address: however often a page moved, one
    redirect leads to it. What is retired keeps its address, which says so, until another page wants it.
    """
    slugs = [track.slug for track in tree.tracks]
    stored = _stored(slugs)
    wanted = {path: (target, True) for path, target in places.current.items()}
    for path, target in _aliases(tree, places):
        wanted.setdefault(path, (target, False))
    for path, target in places.gone.items():
        wanted.setdefault(path, (target, True))
    living = set(places.current.values())
    for path, row in stored.items():
        if path not in wanted and row.is_current and row.target in living:
            wanted[path] = (row.target, False)
    write_rows(
        [
            _page(stored.get(path), path, target, is_current)
            for path, (target, is_current) in wanted.items()
            if path not in stored or (stored[path].target, stored[path].is_current) != (target, is_current)
        ]
    )


def _page(row: _Stored | None, path: str, target: Target, is_current: bool) -> Page:
    track, module, lesson = target
    pk = row.pk if row else None
    return Page(pk=pk, path=path, track_id=track, module_id=module, lesson_id=lesson, is_current=is_current)


def _stored(slugs: Iterable[str]) -> dict[str, _Stored]:
    found: dict[str, _Stored] = {}
    for slug in slugs:
        rows = Page.objects.filter(Q(path=slug) | Q(path__startswith=f"{slug}/"))
        columns = ("pk", "path", "track_id", "module_id", "lesson_id", "is_current")
        for pk, path, track, module, lesson, is_current in rows.values_list(*columns).iterator():
            found[path] = _Stored(pk, (track, module, lesson), is_current)
    return found


def _aliases(tree: ContentTree, places: Places) -> Iterable[tuple[str, Target]]:
    """Yield the old addresses that pages name, below their track, and the addresses of groups."""
    for track in tree.tracks:
        for module in track.modules:
            for address, page in module.redirects.items():
                if target := places.current.get(page.url_path):
                    yield address, target
            for page in module.lessons:
                for alias in page.meta.aliases:
                    if page.path in places.lessons:
                        yield alias_address(track.slug, alias), (None, None, places.lessons[page.path])
