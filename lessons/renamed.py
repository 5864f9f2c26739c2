"""Pages that were renamed or moved, and nothing says so: told by their text, where no doubt is left."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from lessons.frontmatter import read_front_matter
from lessons.models import Lesson
from lessons.ordering import without_prefix
from lessons.source import ModuleSource, PageSource
from lessons.storing import batches

Name = TypeVar("Name")

SHORT = 20
"""Texts of fewer words ("Coming soon.") are many a page's: they tell nothing without the title."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a page is known by when it lies elsewhere."""

    mark: bytes
    """Stands for its text below the front matter; empty where there is none."""
    is_short: bool
    name: str
    """Its file name without prefix and suffix; empty for a bare number, which is a place."""
    title: str

    @classmethod
    def of(cls, path: str, title: str, body: str) -> Words:
        """Return the words of a page that lies at a content path."""
        words = body.strip()
        mark = hashlib.sha256(words.encode()).digest() if words else b""
        name = without_prefix(path.rpartition("/")[2].rpartition(".")[0])
        named = name if any(letter.isalpha() for letter in name) else ""
        return cls(mark, len(words.split(None, SHORT)) < SHORT, named, title)


def words_of(pages: Iterable[PageSource]) -> dict[str, Words]:
    """Return the words of pages by content path."""
    return {page.path: Words.of(page.path, page.title, page.matter.body) for page in pages}


def stored_words(pks: Iterable[int]) -> dict[int, Words]:
    """Return the words of stored lessons by primary key; to be called before texts are stored."""
    found: dict[int, Words] = {}
    for batch in batches(pks):
        rows = Lesson.objects.filter(pk__in=batch, source__isnull=False)
        for pk, title, path, text in rows.values_list(
            "pk", "title", "source__path", "source__text"
        ).iterator():
            found[pk] = Words.of(path, title, read_front_matter(text, path).body)
    return found


def same_text(lessons: Mapping[int, Words], came: Mapping[str, Words]) -> dict[str, int]:
    """Return which of some stored lessons (by primary key) each page is, by content path.

    It is the one with the same text, where only one lesson and one page have it; of several the one with
    the same file name or title, where only one has that. A short text asks for the same title at any rate.
    """
    rows, pages = _by_mark(lessons), _by_mark(came)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for mark in pages.keys() & rows.keys():
        is_short = lessons[rows[mark][0]].is_short
        for tell in _BY_TITLE if is_short else _BY_TEXT:
            left = _grouped((pk for pk in rows[mark] if pk not in taken), lessons, tell)
            new = _grouped((path for path in pages[mark] if path not in found), came, tell)
            for told, paths in new.items():
                if len(paths) == len(left.get(told, ())) == 1:
                    found[paths[0]] = left[told][0]
                    taken.add(left[told][0])
    return found


def same_lessons(came: Iterable[ModuleSource], left: set[int], lessons: Mapping[str, int]) -> dict[str, int]:
    """Return which of the modules that left (primary keys) each new one is, by its folder.

    It is the one that all its lessons come from, where no other new module has lessons of it. ``lessons``
    are the primary keys of known lessons by content path.
    """
    known = {
        module.folder: [lessons[page.path] for page in module.lessons if page.path in lessons]
        for module in came
    }
    home: dict[int, int] = {}
    for pks in batches(pk for found in known.values() for pk in found):
        home |= dict(Lesson.objects.filter(pk__in=pks).values_list("pk", "module_id"))
    origins = {folder: {home[pk] for pk in pks} for folder, pks in known.items()}
    claims: dict[int, int] = defaultdict(int)
    for origin in origins.values():
        for pk in origin:
            claims[pk] += 1
    return {
        folder: pk
        for folder, origin in origins.items()
        if len(origin) == 1
        for pk in origin
        if pk in left and claims[pk] == 1
    }


Tell = Callable[[Words], tuple[str, ...] | None]


def _all(words: Words) -> tuple[str, ...]:
    return ()


def _name_and_title(words: Words) -> tuple[str, ...]:
    return words.name, words.title


def _name(words: Words) -> tuple[str, ...] | None:
    return (words.name,) if words.name else None


def _title(words: Words) -> tuple[str, ...]:
    return (words.title,)


_BY_TITLE: tuple[Tell, ...] = (_title, _name_and_title)
_BY_TEXT: tuple[Tell, ...] = (_all, _name_and_title, _name, _title)
"""What tells pages of one text apart, in turn; None tells nothing."""


def _by_mark(words: Mapping[Name, Words]) -> dict[bytes, list[Name]]:
    """Group what has equal words; pages without any say nothing of which is which."""
    found: dict[bytes, list[Name]] = defaultdict(list)
    for name, each in words.items():
        if each.mark:
            found[each.mark].append(name)
    return found


def _grouped(
    names: Iterable[Name], words: Mapping[Name, Words], tell: Tell
) -> dict[tuple[str, ...], list[Name]]:
    found: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in names:
        if (told := tell(words[name])) is not None:
            found[told].append(name)
    return found
