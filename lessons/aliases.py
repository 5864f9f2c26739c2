"""What pages name as their earlier ids and addresses: an alias never takes what another page has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from catalog.problems import Problem, Severity
from lessons.source import PageSource, TrackSource


def alias_address(track: str, alias: str) -> str:
    """Return the address below /learn/ that an alias stands for, written with the track or without."""
    name = alias.strip("/")
    return name if name.startswith(f"{track}/") else f"{track}/{name}"


def check_aliases(track: TrackSource) -> Iterator[Problem]:
    """Yield a warning for every alias that is another page's id, address or alias: it does nothing."""
    taken: dict[str, str] = {}
    for module in track.modules:
        taken.setdefault(module.url_path, module.index.path if module.index else module.folder)
        for page in module.lessons:
            taken |= {page.url_path: page.path, alias_address(track.slug, page.key): page.path}
    for module in track.modules:
        for page in module.lessons:
            for index, alias in enumerate(page.meta.aliases):
                owner = taken.setdefault(alias_address(track.slug, alias), page.path)
                if owner != page.path:
                    yield _taken(page, index, alias, owner)


def _taken(page: PageSource, index: int, alias: str, owner: str) -> Problem:
    message = _("the alias '%(alias)s' has no effect") % {"alias": alias}
    remedy = _("It belongs to %(path)s.") % {"path": owner}
    assert page.matter.mapped is not None  # aliases come from front matter
    problem = page.matter.mapped.problem(("aliases", index), "alias", message, remedy)
    return replace(problem, severity=Severity.WARNING)
