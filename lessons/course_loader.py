"""One track to rows: its modules, lessons and what hangs on them; in batches, so memory stays bounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from lessons.addresses import Places
from lessons.attaching import attach, detach_assets
from lessons.identity import TrackMatches
from lessons.keys import free_keys
from lessons.matching import Known, Matches
from lessons.models import Lesson, Module, Track
from lessons.prepare import PreparedLessons, PreparedPage
from lessons.report import MOVED, UNCHANGED, MovedPage, Report, RetiredPage
from lessons.source import ModuleSource, PageSource, TrackSource
from lessons.storing import batches, store, write_rows
from lessons.values import Attached, digest, lesson_values, module_values, section_values, text_values

LAST = 1e9
"""The position of a track that names none."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What every track of a load is written with; rows are named by primary key."""

    prepared: PreparedLessons
    html: Mapping[str, str]
    question_counts: Mapping[str, int]
    sources: Mapping[str, int]
    assets: Mapping[str, int]
    terms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Lesson:
    """A lesson to be written, or found as it should be."""

    row: Lesson
    page: PageSource
    action: str
    attached: Attached


class TrackLoader:
    """Writes one track of a load."""

    def __init__(self, source: TrackSource, matches: TrackMatches, inputs: Inputs, report: Report) -> None:
        self.source = source
        self.known = matches
        self.inputs = inputs
        self.report = report
        self.places = Places()

    def load(self) -> Places:
        """Write the track, and retire what left it; return where everything stands."""
        row = self._track()
        self.places.current[row.slug] = (row.pk, None, None)
        modules = self.source.modules
        free_keys(Module, self.known.modules, {module.folder: module.key for module in modules})
        pages = (page for module in modules for page in module.lessons)
        free_keys(Lesson, self.known.lessons, {page.path: page.key for page in pages})
        for position, module in enumerate(self.source.modules):
            self._module(row, module, position, self.known.modules.rows.get(module.folder))
        self._retire(Module, "module", self.known.modules)
        self._retire(Lesson, "lesson", self.known.lessons)
        return self.places

    def _track(self) -> Track:
        source = self.source
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
        self.report.note("track", store(row, values), source.slug)
        return row

    def _module(self, track: Track, source: ModuleSource, position: int, known: Known | None) -> None:
        inputs, index = self.inputs, source.index
        values = module_values(track.pk, source)
        attached = Attached([], set(), set())
        if index is not None:
            page = inputs.prepared.pages[index.path]
            text = text_values(page, inputs.html[index.path], inputs.sources[index.path])
            values |= {**text, "title": source.title, "description": source.description}
            attached = Attached([], self._assets(page), set())
        seal = digest(values, attached)
        action = _action(known, seal, (position, 0))
        menu: list[dict[str, Any]] = []
        if action == UNCHANGED and known is not None:
            row = Module.objects.only("menu").get(pk=known.pk)
            menu = row.menu
        else:
            row = Module(pk=known.pk if known else None, position=position, digest=seal, **values)
            write_rows([row])
        if action not in {UNCHANGED, MOVED}:
            attach(Module, {row.pk: attached})
        name, file = source.url_path, index.path if index else source.folder
        self.report.note_page("module", action, name, file)
        self.places.current.setdefault(source.url_path, (None, row.pk, None))
        wanted = self._lessons(source, track.pk, row.pk)
        if menu != wanted:
            # Made from the lessons, which are counted themselves; it names them by primary key.
            Module.objects.filter(pk=row.pk).update(menu=wanted, updated_at=timezone.now())

    def _lessons(self, source: ModuleSource, track_id: int, module_id: int) -> list[dict[str, Any]]:
        """Write the lessons of a module; return its menu."""
        menu = []
        for batch in batches(enumerate(source.lessons)):
            # The number shown before a title is the file's own prefix, else the place in the module.
            lessons = [self._lesson(page, track_id, module_id, position) for position, page in batch]
            write_rows([each.row for each in lessons if each.action != UNCHANGED])
            attach(
                Lesson,
                {each.row.pk: each.attached for each in lessons if each.action not in {UNCHANGED, MOVED}},
            )
            for each in lessons:
                path, row = each.page.path, each.row
                self.places.lessons[path] = row.pk
                self.places.current[row.path] = (None, None, row.pk)
                self.report.note_page("lesson", each.action, row.path, path)
                if (known := self.known.lessons.rows.get(path)) is not None and known.path != row.path:
                    self.report.moved_pages.append(MovedPage(row.title, known.path, row.path))
                if not row.draft and not row.unlisted:
                    menu.append(_menu_entry(row, self.inputs.question_counts.get(path, 0)))
        return menu

    def _lesson(self, page: PageSource, track_id: int, module_id: int, position: int) -> _Lesson:
        inputs, prepared = self.inputs, self.inputs.prepared.pages[page.path]
        values = text_values(prepared, inputs.html[page.path], inputs.sources[page.path])
        questions = inputs.question_counts.get(page.path, 0)
        values |= lesson_values(prepared, module_id, track_id, questions)
        concepts = {inputs.terms[each] for each in page.meta.concepts if each in inputs.terms}
        attached = Attached(section_values(prepared), self._assets(prepared), concepts)
        seal, number = digest(values, attached), int(prepared.number or 0)
        known = self.known.lessons.rows.get(page.path)
        action = _action(known, seal, (position, number))
        row = Lesson(pk=known.pk if known else None, position=position, number=number, digest=seal, **values)
        return _Lesson(row, page, action, attached)

    def _assets(self, page: PreparedPage) -> set[int]:
        return {self.inputs.assets[path] for path in page.assets if path in self.inputs.assets}

    def _retire(self, model: type[Module] | type[Lesson], kind: str, matches: Matches) -> None:
        """Retire the rows that no page claims: they keep their address, which says so."""
        for known in matches.leaving:
            target = (None, known.pk, None) if model is Module else (None, None, known.pk)
            self.places.gone.setdefault(known.path, target)
        for pks in batches(known.pk for known in matches.leaving if not known.is_retired):
            rows = model._default_manager.filter(pk__in=pks)
            for pk, key, path, title, module in rows.values_list(
                "pk", "key", "path", "title", _MODULE_OF[kind]
            ):
                file, url = matches.files.get(pk, ""), f"/learn/{path}/"
                lesson = key if model is Lesson else ""
                page = RetiredPage(file, url, title, self.source.slug, module, lesson)
                self.report.note_retired(kind, page)
            now = timezone.now()
            rows.update(retired_at=now, updated_at=now)
            detach_assets(model, pks)


_MODULE_OF = {"module": "key", "lesson": "module__key"}


def _action(known: Known | None, seal: str, place: tuple[int, int]) -> str:
    if known is None:
        return "created"
    if known.digest != seal or known.is_retired:
        return "updated"
    return UNCHANGED if (known.position, known.number) == place else MOVED


def _menu_entry(lesson: Lesson, questions: int) -> dict[str, Any]:
    return {
        "id": lesson.pk,
        "path": lesson.path,
        "number": lesson.number,
        "title": lesson.title,
        "label": lesson.menu_title,
        "turn": lesson.turn_title,
        "group": lesson.group,
        "key_concept": lesson.key_concept,
        "minutes": lesson.minutes,
        "questions": questions,
        "complete": str(lesson.complete),
    }
