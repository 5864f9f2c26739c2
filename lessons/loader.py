"""Prepared lessons to rows: only what differs is written, nothing that learners hang on is deleted.

Runs inside the caller's transaction. Identity is a page's ``id``, else its prefix-stripped path, within its track.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import timezone

from lessons.models import (
    Asset,
    AssetPath,
    FactUse,
    GlossaryTerm,
    Lesson,
    Module,
    Page,
    RenderedText,
    Section,
    SourceFile,
    Track,
)
from lessons.prepare import AssetSource, PreparedLessons, PreparedPage
from lessons.rendering import FactCitation
from lessons.report import Report
from lessons.source import ContentTree, ModuleSource, TrackSource
from lessons.storing import store


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

    ``html`` is each page's finished HTML by path, ``question_counts`` how many questions it has, ``citations``
    the facts cited by file, ``loaded_hashes`` the hash a file was last loaded with, where an edit made on the
    site stands for it.
    """
    load = LessonLoad()
    _load_sources(tree, load, loaded_hashes)
    _load_citations(load, citations)
    _load_glossary(tree, load.report)
    assets = _load_assets(prepared, load.report)
    writer = _Writer(tree, prepared, html, question_counts, load, assets)
    for position, track in enumerate(tree.tracks):
        writer.track(track, position)
    _load_pages(tree, load)
    return load


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _load_sources(tree: ContentTree, load: LessonLoad, loaded_hashes: Mapping[str, str]) -> None:
    stored = {row.path: row for row in SourceFile.objects.all()}
    for path, text in tree.texts.items():
        row = stored.get(path) or SourceFile(path=path)
        values = {
            "text": text,
            "text_hash": digest(text),
            "loaded_hash": loaded_hashes.get(path) or digest(text),
            "retired_at": None,
        }
        action = store(row, values)
        load.report.note("file", action, path)
        load.sources[path] = row
    scope = tuple(track.folder for track in tree.tracks)
    for path, row in stored.items():
        if path not in tree.texts and path.startswith(scope) and row.retired_at is None:
            row.retired_at = timezone.now()
            row.save(update_fields=["retired_at"])
            load.report.note("file", "retired", path)


def _load_citations(load: LessonLoad, citations: Mapping[str, Iterable[FactCitation]]) -> None:
    for path, found in citations.items():
        source = load.sources[path]
        wanted = sorted({(each.line, each.slug, each.field) for each in found})
        rows = source.fact_uses.order_by("line", "slug", "field")
        if list(rows.values_list("line", "slug", "field")) == wanted:
            continue
        source.fact_uses.all().delete()
        FactUse.objects.bulk_create(
            FactUse(source=source, line=line, slug=slug, field=field) for line, slug, field in wanted
        )


def _load_glossary(tree: ContentTree, report: Report) -> None:
    if not tree.has_glossary:
        return
    stored = {row.slug: row for row in GlossaryTerm.objects.all()}
    for key, entry in tree.glossary.terms.items():
        values = {
            "slug": key,
            "term": entry.term,
            "aliases": list(entry.aliases),
            "definition": " ".join(entry.definition.split()),
            "source_url": entry.source.url,
            "source_title": entry.source.title,
            "seen_on": entry.source.seen,
            "retired_at": None,
        }
        report.note("term", store(stored.get(key) or GlossaryTerm(), values), key)
    for key, row in stored.items():
        if key not in tree.glossary.terms and row.retired_at is None:
            row.retired_at = timezone.now()
            row.save(update_fields=["retired_at"])
            report.note("term", "retired", key)


def _load_assets(prepared: PreparedLessons, report: Report) -> dict[str, Asset]:
    used = {path for page in prepared.pages.values() for path in page.rendered.assets}
    wanted = {path: prepared.assets[path] for path in sorted(used) if path in prepared.assets}
    stored = {
        (row.sha256, row.name): row
        for row in Asset.objects.filter(sha256__in={each.sha256 for each in wanted.values()}).defer("data")
    }
    rows: dict[str, Asset] = {}
    for path, source in wanted.items():
        row = stored.get((source.sha256, source.name))
        if row is None:
            row = _create_asset(source)
            stored[source.sha256, source.name] = row
            report.note("asset", "created", path)
        else:
            report.note("asset", "unchanged", path)
        rows[path] = row
    _load_asset_paths(rows)
    return rows


def _load_asset_paths(rows: Mapping[str, Asset]) -> None:
    stored = {row.path: row for row in AssetPath.objects.filter(path__in=rows)}
    for path, asset in rows.items():
        store(stored.get(path) or AssetPath(), {"path": path, "asset_id": asset.pk})


def _create_asset(source: AssetSource) -> Asset:
    return Asset.objects.create(
        sha256=source.sha256,
        name=source.name,
        content_type=source.content_type,
        data=source.data,
        width=source.width,
        height=source.height,
    )


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

    def track(self, source: TrackSource, position: int) -> None:
        """Write a track, and retire what left it."""
        row = Track.objects.filter(slug=source.slug).first() or Track()
        values = {
            "slug": source.slug,
            "title": source.title,
            "description": source.category.description,
            "level": source.category.level,
            "prerequisites": list(source.category.prerequisites),
            "position": float(source.category.position or position),
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
            row.menu = menu
            row.save(update_fields=["menu", "updated_at"])
            action = "updated" if action == "unchanged" else action
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
        """Return the lesson's row: by its key, else by an alias that no other page claims."""
        if page.source.key in lessons:
            return lessons[page.source.key]
        claimed = {each.source.key for each in self.prepared.pages.values()}
        for alias in page.source.meta.aliases:
            old = alias.strip("/")
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
            "content_hash": digest(html),
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


def _load_pages(tree: ContentTree, load: LessonLoad) -> None:
    """Give every track, module and lesson its address; an address that was left redirects to the new one."""
    stored = {row.path: row for row in Page.objects.for_reading()}
    slugs = [track.slug for track in tree.tracks]
    targets: dict[str, dict[str, Any]] = {}
    for track in Track.objects.filter(slug__in=slugs):
        targets[track.slug] = {"track_id": track.pk, "module_id": None, "lesson_id": None}
    for module in Module.objects.filter(track__slug__in=slugs).order_by(
        F("retired_at").asc(nulls_first=True)
    ):
        # Pages at the top of a track form a module at the track's own address: the track's page stands for both.
        targets.setdefault(module.path, {"track_id": None, "module_id": module.pk, "lesson_id": None})
    for lesson in Lesson.objects.filter(track__slug__in=slugs, retired_at=None):
        targets[lesson.path] = {"track_id": None, "module_id": None, "lesson_id": lesson.pk}
    for path, target in targets.items():
        store(stored.get(path) or Page(), {"path": path, **target, "is_current": True})
    for path, row in stored.items():
        moved = row.lesson_id is not None or row.module_id is not None
        if path not in targets and row.is_current and moved and path.split("/")[0] in slugs:
            if row.target.retired_at is None:
                row.is_current = False
                row.save(update_fields=["is_current"])
    _load_aliases(tree, load, {**stored, **dict.fromkeys(targets)})


def _load_aliases(tree: ContentTree, load: LessonLoad, taken: Mapping[str, object]) -> None:
    """An alias of a page is an old address of it, below its track."""
    for page in tree.pages():
        lesson = load.lessons.get(page.path)
        if lesson is None:
            continue
        for alias in page.meta.aliases:
            track = page.url_path.split("/")[0]
            old = alias.strip("/")
            path = old if old.startswith(f"{track}/") else f"{track}/{old}"
            if path not in taken:
                Page.objects.get_or_create(path=path, defaults={"lesson": lesson, "is_current": False})
