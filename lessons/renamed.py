"""Pages that were renamed or moved, and nothing says so: told by their text, where no doubt is left."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from lessons.frontmatter import read_front_matter
from lessons.models import Lesson
from lessons.source import ModuleSource, PageSource
from lessons.storing import batches

Name = TypeVar("Name")


def same_text(left: Iterable[int], came: Iterable[PageSource]) -> dict[str, int]:
    """Return which of the lessons that left (primary keys) each new page is, by content path.

    It is the one with the same text below its front matter, where only one that left and one new page have
    it. A page with an ``id`` says itself which lesson it is. To be called before texts are stored.
    """
    pages = _by_body((page.path, page.matter.body) for page in came if page.meta.id is None)
    lessons = _by_body(_stored_bodies(left)) if pages else {}
    return {
        paths[0]: lessons[mark][0]
        for mark, paths in pages.items()
        if len(paths) == len(lessons.get(mark, ())) == 1
    }


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


def _stored_bodies(pks: Iterable[int]) -> Iterable[tuple[int, str]]:
    for batch in batches(pks):
        rows = Lesson.objects.filter(pk__in=batch, source__isnull=False)
        for pk, path, text in rows.values_list("pk", "source__path", "source__text").iterator():
            yield pk, read_front_matter(text, path).body


def _by_body(bodies: Iterable[tuple[Name, str]]) -> dict[bytes, list[Name]]:
    """Group what has equal words; pages without any say nothing of which is which."""
    found: dict[bytes, list[Name]] = defaultdict(list)
    for name, body in bodies:
        if words := body.strip():
            found[hashlib.sha256(words.encode()).digest()].append(name)
    return found
