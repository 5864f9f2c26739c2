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
    clashes = list(
        _clashes(
            [_Claim.of(each, "slug", "url_path") for each in claimants],
            _("two pages have the address '%(value)s'"),
            _("give one another 'slug'"),
        )
    )
    yield from clashes
    # Two files of one name have one address and one id: what mends the first mends the second.
    told = {problem.path for problem in clashes}
    yield from _clashes(
        [
            _Claim.of(each, "id", "key")
            for each in claimants
            if _names_itself(each) or _path(each) not in told
        ],
        _("two pages have the id '%(value)s'"),
        _("give one another 'id'"),
    )


def _names_itself(source: PageSource | ModuleSource) -> bool:
    """Whether an author wrote its id; else that is its place."""
    return isinstance(source, PageSource) and source.meta.id is not None


def _path(source: PageSource | ModuleSource) -> str:
    return source.path if isinstance(source, PageSource) else source.folder


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
        page = source if isinstance(source, PageSource) else None
        return cls(getattr(source, attribute), key, _path(source), page)

    @property
    def is_written(self) -> bool:
        """Whether the file itself makes the claim, rather than its name."""
        mapped = self.page.matter.mapped if self.page else None
        return mapped is not None and self.key in mapped.data

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
            is_of_names = claim.page and first.page and not (claim.is_written or first.is_written)
            what = _("rename one of the files") if is_of_names else advice
            remedy = _("The other is %(path)s; %(advice)s.") % {"path": first.path, "advice": what}
            yield claim.problem(message % {"value": claim.value}, remedy)
