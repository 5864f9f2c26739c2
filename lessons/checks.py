"""What no file says alone: that no two claim one address or id, and that the tables have room for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.problems import Problem
from catalog.textfiles import line_at
from lessons.aliases import check_aliases
from lessons.ordering import MAX_TITLE
from lessons.pagination import check_pagination
from lessons.source import ContentTree, ModuleSource, PageSource, TrackSource

MAX_ADDRESS = 300
"""Characters of an address below /learn/, and of an id."""

MAX_TRACK = 100
"""Characters of a track's slug."""

_TITLE = gettext_lazy("the title")
_GROUP = gettext_lazy("the names of the folders")
_ADDRESS = gettext_lazy("the address")
_ID = gettext_lazy("the id")


def check_tree(tree: ContentTree) -> Iterator[Problem]:
    """Yield every clash and everything too long; a clash names both files."""
    claims = [_Claim(track.slug, "slug", track.folder) for track in tree.tracks]
    yield from _clashes(claims, _("two tracks have the address '%(value)s'"), _("rename one folder"))
    for track in tree.tracks:
        yield from _check_track(track)


def _check_track(track: TrackSource) -> Iterator[Problem]:
    if len(track.slug) > MAX_TRACK:
        yield _too_long(track.folder, 1, _("the address of the track"), MAX_TRACK)
    pages = [page for module in track.modules for page in module.pages()]
    for page in pages:
        yield from _check_lengths(page)
    # A module without a page of its own has an address and an id all the same.
    bare = [module for module in track.modules if module.index is None]
    for module in bare:
        yield from _check_module(module)
    yield from check_aliases(track)
    yield from check_pagination(track)
    claimants: list[PageSource | ModuleSource] = [*pages, *bare]
    for key, attribute, message in (
        ("slug", "url_path", _("two pages have the address '%(value)s'")),
        ("id", "key", _("two pages have the id '%(value)s'")),
    ):
        yield from _clashes(
            [_Claim.of(each, key, attribute) for each in claimants],
            message,
            _("give one another '%(key)s'") % {"key": key},
        )


def _check_lengths(page: PageSource) -> Iterator[Problem]:
    if len(page.title) > MAX_TITLE:
        lines = page.text.split("\n")
        line = next((number for number, each in enumerate(lines, 1) if page.title[:40] in each), 1)
        yield _too_long(page.path, line, _TITLE, MAX_TITLE, line_at(page.text, line))
    for name, value, limit in (
        (_GROUP, page.group, MAX_TITLE),
        (_ADDRESS, page.url_path, MAX_ADDRESS),
        (_ID, page.key, MAX_ADDRESS),
    ):
        if len(value) > limit:
            yield _too_long(page.path, 1, name, limit, line_at(page.text, 1))


def _check_module(module: ModuleSource) -> Iterator[Problem]:
    for name, value in ((_ADDRESS, module.url_path), (_ID, module.key)):
        if len(value) > MAX_ADDRESS:
            yield _too_long(module.folder, 1, name, MAX_ADDRESS)


def _too_long(path: str, line: int, name: str | Promise, limit: int, source_line: str = "") -> Problem:
    message = _("%(name)s is longer than %(limit)d characters") % {"name": name, "limit": limit}
    return Problem(path, line, 1, "too-long", message, _("Write it shorter."), source_line=source_line)


@dataclass(frozen=True, slots=True)
class _Claim:
    """Something that must be one file's alone."""

    value: str
    key: str
    path: str
    page: PageSource | None = None

    @classmethod
    def of(cls, source: PageSource | ModuleSource, key: str, attribute: str) -> _Claim:
        value: str = getattr(source, attribute)
        if isinstance(source, PageSource):
            return cls(value, key, source.path, source)
        return cls(value, key, source.folder)

    def problem(self, message: str, remedy: str) -> Problem:
        """Return a problem where the file makes its claim: at its key, else at its beginning."""
        code = f"duplicate-{self.key}"
        mapped = self.page.matter.mapped if self.page else None
        if mapped is not None and self.key in mapped.data:
            return mapped.problem((self.key,), code, message, remedy)
        return Problem(self.path, 1, 1, code, message, remedy)


def _clashes(claims: Iterable[_Claim], message: str, advice: str) -> Iterator[Problem]:
    seen: dict[str, _Claim] = {}
    for claim in claims:
        first = seen.setdefault(claim.value, claim)
        if first is not claim:
            remedy = _("The other is %(path)s; %(advice)s.") % {"path": first.path, "advice": advice}
            yield claim.problem(message % {"value": claim.value}, remedy)
