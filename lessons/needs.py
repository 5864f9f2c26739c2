"""What a page looked up while it was rendered: while none of it changes, it need not be rendered again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from lessons.rendering.context import AssetLink, Fact, Facts, Library, Term

V = TypeVar("V")

Needs = dict[str, str]
"""A short hash of what was found, by what was looked for: ``page:a/01-b.md``, ``fact:slug.field``."""

MISSING = "-"


class Recorder:
    """A library that notes every look-up in ``needs``."""

    def __init__(self, library: Library) -> None:
        self.needs: Needs = {}
        self.library = Library(
            facts=None if library.facts is None else _NotedFacts(library.facts, self.needs),
            terms=_Noted("term", library.terms, self.needs),
            pages=_Noted("page", library.pages, self.needs),
            assets=_Noted("asset", library.assets, self.needs),
            content_hosts=library.content_hosts,
            partials=_Noted("partial", library.partials, self.needs),
        )


def used(kind: str, needs: Needs) -> list[str]:
    """Return what was looked for and found, of one kind: the paths of the partials that a page imports."""
    return [
        name.partition(":")[2] for name in needs if name.startswith(f"{kind}:") and needs[name] != MISSING
    ]


class Finder:
    """Tells what a library holds now, in the terms of ``Needs``; remembers what it was asked."""

    def __init__(self, library: Library) -> None:
        self._facts = library.facts
        self._mappings: dict[str, Mapping[str, Any]] = {
            "term": library.terms,
            "page": library.pages,
            "asset": library.assets,
            "partial": library.partials,
        }
        self._known: Needs = {}

    def meets(self, needs: Needs) -> bool:
        """Whether everything that was looked up would be found as it was."""
        return all(self._find(name) == found for name, found in needs.items())

    def _find(self, name: str) -> str:
        if name not in self._known:
            kind, _colon, key = name.partition(":")
            self._known[name] = self._look(kind, key)
        return self._known[name]

    def _look(self, kind: str, key: str) -> str:
        if kind == "fact":
            return MISSING if self._facts is None else _find_fact(self._facts, *key.rsplit(".", 1))[0]
        mapping = self._mappings[kind]
        return _short(bool(mapping)) if not key else _short_of(mapping, key)


class _Noted(Mapping[str, V]):
    """A mapping that notes what is asked of it; going through all of it (for a suggestion) is not noted."""

    def __init__(self, kind: str, mapping: Mapping[str, V], needs: Needs) -> None:
        self._kind, self._mapping, self._needs = kind, mapping, needs

    def __getitem__(self, key: str) -> V:
        self._needs[f"{self._kind}:{key}"] = _short_of(self._mapping, key)
        return self._mapping[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._mapping)

    def __len__(self) -> int:
        return len(self._mapping)

    def __bool__(self) -> bool:
        self._needs[f"{self._kind}:"] = _short(bool(self._mapping))
        return bool(self._mapping)


class _NotedFacts:
    def __init__(self, facts: Facts, needs: Needs) -> None:
        self._facts, self._needs = facts, needs

    def fact(self, slug: str, field: str) -> Fact:
        """Return one fact, noted; raises ``LookupError`` as the book does."""
        self._needs[f"fact:{slug}.{field}"], found = _find_fact(self._facts, slug, field)
        if isinstance(found, LookupError):
            raise found
        return found


def _find_fact(facts: Facts, slug: str, field: str) -> tuple[str, Fact | LookupError]:
    try:
        found = facts.fact(slug, field)
    except LookupError as error:
        return MISSING, error
    return _short(found), found


def _short_of(mapping: Mapping[str, Any], key: str) -> str:
    return _short(mapping[key]) if key in mapping else MISSING


def _short(value: str | bool | AssetLink | Term | Fact) -> str:
    return hashlib.blake2s(repr(value).encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()
