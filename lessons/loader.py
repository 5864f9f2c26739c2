"""Prepared lessons to rows: only what differs is written, nothing that learners hang on is deleted.

Runs inside the caller's transaction. Identity is a page's ``id``, else its path without prefixes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from lessons.addresses import load_addresses
from lessons.asset_loader import load_assets
from lessons.models import (
    Asset,
    GlossaryTerm,
    Lesson,
    Module,
    RenderedText,
    Section,
    SourceFile,
    Track,
)
from lessons.prepare import PreparedLessons, PreparedPage
from lessons.rendering import FactCitation
from lessons.report import Report
from lessons.source import ContentTree, ModuleSource, TrackSource
from lessons.storing import store
from lessons.text_loader import load_citations, load_glossary, load_sources

LAST = 1e9
"""The position of a track that names none."""


@dataclass(slots=True)
class LessonLoad:
    """What the loaders of the apps above need to know: the rows by content path."""

    report: Report = field(default_factory=Report)
    lessons: dict[str, Lesson] = field(default_factory=dict)
    sources: dict[str, SourceFile] = field(default_factory=dict)


def load_lessons(
    tree: ContentTree,
    prepared: PreparedLessons,
    html: Mapping[str, str],
    question_counts: Mapping[str, int],
    citations: Mapping[str, Iterable[FactCitation]],
    loaded_hashes: Mapping[str, str],
) -> LessonLoad:
    """Store a tree.

    ``html`` is each page's finished HTML by path, ``question_counts`` how many questions it has,
    ``citations`` the facts cited by file, ``loaded_hashes`` the hash a file was last loaded with, where an
    edit made on the site stands for it.
    """
    load = LessonLoad()
    load.sources = load_sources(tree, load.report, loaded_hashes)
    load_citations(load.sources, citations)
    load_glossary(tree, load.report)
    assets = load_assets(prepared, load.report)
    writer = _Writer(tree, prepared, html, question_counts, load, assets)
    for track in tree.tracks:
        writer.track(track)
    load_addresses(tree, load.lessons)
    return load


class _Writer:
    """Writes tracks, modules and lessons of one load."""

    def __init__(
        self,
        tree: ContentTree,
        prepared: PreparedLessons,
        html: Mapping[str, str],
        question_counts: Mapping[str, int],
        load: LessonLoad,
        assets: Mapping[str, Asset],
    ) -> None:
        self.tree = tree
        self.prepared = prepared
        self.html = html
        self.question_counts = question_counts
        self.load = load
        self.assets = assets
        self.terms = {row.slug: row.pk for row in GlossaryTerm.objects.filter(retired_at=None)}

    def track(self, source: TrackSource) -> None:
        """Write a track, and retire what left it."""
        row = Track.objects.filter(slug=source.slug).first() or Track()
        values = {
            "slug": source.slug,
            "title": source.title,
            "description": source.category.description,
            "level": source.category.level,
            "prerequisites": list(source.category.prerequisites),
            "position": min(source.order[0], LAST),
            "retired_at": None,
        }
        self.load.report.note("track", store(row, values), source.slug)
        modules = {each.key: each for each in row.modules.all()}
        lessons = {each.key: each for each in Lesson.objects.filter(track=row)}
        kept: set[int] = set()
        for place, module in enumerate(source.modules):
            kept |= self.module(row, module, place, modules, lessons)
        self._retire(modules.values(), {module.key for module in source.modules}, "module")
        self._retire(lessons.values(), {key for key, each in lessons.items() if each.pk in kept}, "lesson")

    def module(
        self,
        track: Track,
        source: ModuleSource,
        position: int,
        modules: dict[str, Module],
        lessons: dict[str, Lesson],
    ) -> set[int]:
        """Write a module and its lessons; return the lessons' primary keys."""
        row = modules.get(source.key) or Module()
        values: dict[str, Any] = {
            "track_id": track.pk,
            "key": source.key,
            "path": source.url_path,
            "title": source.title,
            "description": source.category.description,
            "level": source.category.level,
            "position": position,
            "html": "",
            "contents": [],
            "objectives": [],
            "prerequisites": list(source.category.prerequisites),
            "retired_at": None,
            "test": source.category.test.model_dump(by_alias=True) if source.category.test else {},
        }
        if source.index is not None:
            values |= self._text(self.prepared.pages[source.index.path])
            values["description"] = source.index.meta.description or source.category.description
        action = store(row, values)
        rows = []
        for place, page in enumerate(source.lessons):
            rows.append(self.lesson(row, self.prepared.pages[page.path], place, lessons))
        # The menu names lessons by primary key, so it is made when they have one.
        menu = [self._menu_entry(lesson) for lesson in rows if lesson.is_published and not lesson.unlisted]
        if row.menu != menu:
            # Made from the lessons, which are counted themselves.
            row.menu = menu
            row.save(update_fields=["menu", "updated_at"])
        if source.index is not None:
            self._set_assets(row, self.prepared.pages[source.index.path])
        self.load.report.note("module", action, source.url_path)
        return {lesson.pk for lesson in rows}

    def lesson(self, module: Module, page: PreparedPage, position: int, lessons: dict[str, Lesson]) -> Lesson:
        """Write a lesson with its sections."""
        meta = page.source.meta
        row = self._known(page, lessons)
        questions = self.question_counts.get(page.source.path, 0)
        values = self._text(page) | {
            "track_id": module.track_id,
            "module_id": module.pk,
            "key": page.source.key,
            "path": page.source.url_path,
            "position": position,
            "label": meta.sidebar_label,
            "group": page.source.group,
            "number": int(page.number or 0),
            "key_concept": meta.key_concept,
            "minutes": page.minutes,
            "words": page.rendered.words,
            "complete": meta.complete or (Lesson.Completion.QUIZ if questions else Lesson.Completion.VIEW),
            "retired_at": None,
        }
        action = store(row, values)
        lessons[row.key] = row
        self._sections(row, page)
        self._set_assets(row, page)
        concepts = {self.terms[each] for each in meta.concepts if each in self.terms}
        if set(row.concepts.values_list("pk", flat=True)) != concepts:
            row.concepts.set(concepts)
        self.load.lessons[page.source.path] = row
        self.load.report.note("lesson", action, page.source.url_path)
        return row

    def _known(self, page: PreparedPage, lessons: dict[str, Lesson]) -> Lesson:
        """Return the lesson's row: by its key, else by an alias or its place that no other page claims.

        By its place a page keeps its learners when it is given an id, as it should be before it is renamed.
        """
        source = page.source
        if source.key in lessons:
            return lessons[source.key]
        claimed = {each.source.key for each in self.prepared.pages.values()}
        for old in [*(alias.strip("/") for alias in source.meta.aliases), source.place]:
            for key, row in list(lessons.items()):
                if key not in claimed and old in {key, row.path}:
                    del lessons[key]
                    return row
        return Lesson()

    def _text(self, page: PreparedPage) -> dict[str, Any]:
        meta = page.source.meta
        html = self.html[page.source.path]
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
            "source_id": self.load.sources[page.source.path].pk,
            "draft": meta.draft,
            "unlisted": meta.unlisted,
        }

    def _menu_entry(self, lesson: Lesson) -> dict[str, Any]:
        path = next(path for path, row in self.load.lessons.items() if row.pk == lesson.pk)
        return {
            "id": lesson.pk,
            "path": lesson.path,
            "number": lesson.number,
            "title": lesson.title,
            "label": lesson.menu_title,
            "group": lesson.group,
            "key_concept": lesson.key_concept,
            "minutes": lesson.minutes,
            "questions": self.question_counts.get(path, 0),
            "complete": str(lesson.complete),
        }

    def _sections(self, lesson: Lesson, page: PreparedPage) -> None:
        wanted = [
            (
                place,
                each.heading.anchor if each.heading else "",
                (each.heading.title if each.heading else page.source.title)[:300],
                each.heading.level if each.heading else 1,
                each.text,
            )
            for place, each in enumerate(page.rendered.sections)
        ]
        fields = ("position", "anchor", "title", "heading_level", "text")
        if list(lesson.sections.values_list(*fields)) == wanted:
            return
        lesson.sections.all().delete()
        Section.objects.bulk_create(
            Section(lesson=lesson, **dict(zip(fields, values, strict=True))) for values in wanted
        )

    def _set_assets(self, row: Module | Lesson, page: PreparedPage) -> None:
        wanted = {self.assets[path].pk for path in page.rendered.assets if path in self.assets}
        if set(row.assets.values_list("pk", flat=True)) != wanted:
            row.assets.set(wanted)

    def _retire(self, rows: Iterable[RenderedText], kept: set[str], kind: str) -> None:
        for row in rows:
            if row.key not in kept and row.retired_at is None:
                row.retired_at = timezone.now()
                row.save(update_fields=["retired_at", "updated_at"])
                self.load.report.note(kind, "retired", row.title)
