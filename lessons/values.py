"""The columns of modules and lessons as a load wants them, and a digest that tells whether they differ."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from lessons.models import Lesson
from lessons.prepare import PreparedPage
from lessons.source import ModuleSource

_SECTION_NUMBER = re.compile(r'(<span class="sec">)\d+\.')
"""What numbers a heading: it changes when another page comes or goes, and that is no edit of this one."""

SectionValues = tuple[int, str, str, int, str]
"""Position, anchor, title, level of the heading, text."""


def text_values(page: PreparedPage, html: str, source_id: int) -> dict[str, Any]:
    """Return what a page gives to a module or a lesson alike."""
    meta = page.source.meta
    return {
        "title": page.source.title,
        "description": meta.description,
        "level": meta.level,
        "objectives": page.objectives,
        "prerequisites": page.prerequisites,
        "front_matter": meta.model_dump(mode="json", exclude_unset=True),
        "html": html,
        "contents": [
            {"level": each.level, "anchor": each.anchor, "title": each.title}
            for each in page.rendered.headings
            if meta.toc_min_heading_level <= each.level <= meta.toc_max_heading_level
        ],
        "source_id": source_id,
        "draft": meta.draft,
        "unlisted": page.source.unlisted,
    }


def module_values(track_id: int, source: ModuleSource) -> dict[str, Any]:
    """Return what a module is without a page of its own."""
    category = source.category
    return {
        "track_id": track_id,
        "key": source.key,
        "path": source.url_path,
        "title": source.title,
        "description": source.description,
        "level": category.level,
        "objectives": [],
        # The column holds HTML, and a category file plain words, as its other texts are.
        "prerequisites": [escape(each) for each in category.prerequisites],
        "front_matter": {},
        "html": "",
        "contents": [],
        "source_id": None,
        "draft": False,
        "unlisted": False,
        "test": category.test.model_dump(by_alias=True) if category.test else {},
    }


def lesson_values(page: PreparedPage, module_id: int, track_id: int, questions: int) -> dict[str, Any]:
    """Return what only lessons have."""
    meta = page.source.meta
    rule = meta.complete or (Lesson.Completion.QUIZ if questions else Lesson.Completion.VIEW)
    return {
        "track_id": track_id,
        "module_id": module_id,
        "key": page.source.key,
        "path": page.source.url_path,
        "label": page.source.label,
        "group": page.source.group,
        "key_concept": meta.key_concept,
        "minutes": page.minutes,
        "words": page.rendered.words,
        "complete": str(rule),
    }


def section_values(page: PreparedPage) -> list[SectionValues]:
    """Return the sections of a page, in order."""
    return [
        (
            place,
            each.heading.anchor if each.heading else "",
            (each.heading.title if each.heading else page.source.title)[:300],
            each.heading.level if each.heading else 1,
            each.text,
        )
        for place, each in enumerate(page.rendered.sections)
    ]


@dataclass(frozen=True, slots=True)
class Attached:
    """What hangs on a module or lesson in tables of its own."""

    sections: list[SectionValues]
    assets: set[int]
    concepts: set[int]


def digest(values: Mapping[str, Any], attached: Attached) -> str:
    """Return a hash of everything a load would write, but for the place among siblings.

    Rows are compared by it, so that no load fetches the HTML of every lesson to find it unchanged.
    """
    html = _SECTION_NUMBER.sub(r"\1.", values["html"])
    whole = [{**values, "html": html}, attached.sections, sorted(attached.assets), sorted(attached.concepts)]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
