"""Reads and renders: files, or the site's own texts, to what is ready to be written. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from catalog.facts import FactBook
from catalog.problems import Problem
from catalog.records import CatalogSource
from catalog.source import examine_catalog
from engineersofai.content.prepared import Prepared
from engineersofai.directives import CatalogNames, check_directive
from engineersofai.edits import Choices, borrow_glossary, keep_edits, restrict
from engineersofai.fingerprints import fingerprint, may_skip, report_of_unchanged
from engineersofai.quiz_content import PreparedQuizzes, pieces_of, quiz_files, stray_questions
from engineersofai.roots import is_content_root
from engineersofai.unit_cache import UnitCache
from engineersofai.units import Shared, Unit, UnitJob
from engineersofai.workers import Progress, no_progress, render_units
from lessons.files import ContentFiles, list_files
from lessons.generation import current_generation
from lessons.glossary import FILE_NAME as GLOSSARY_NAME
from lessons.glossary import read_glossary
from lessons.models import SourceFile
from lessons.needs import used
from lessons.ordering import slugify_part, split_prefix
from lessons.prepare import PageJob, PreparedLessons, PreparedPage, numbered, open_library
from lessons.reader import read_tree
from lessons.rendering.context import Facts
from lessons.report import Report
from lessons.source import CATALOG_FOLDER, ContentTree, TrackSource
from lessons.stored import StoredFiles
from quizzes.lint import LessonLength, lint_lengths
from quizzes.loader import QuizContent
from quizzes.source import QuestionSource, duplicate_keys
from quizzes.summary import summarize


def prepare(
    root: Path,
    choices: Choices,
    *,
    stored: bool = True,
    whole: bool = False,
    progress: Progress = no_progress,
) -> Prepared:
    """Read and render a content root, or one track. With ``stored`` false no database is touched.

    With ``whole`` every page is read even where nothing changed since the last load: for reports that list
    them. ``progress`` is told how many pages are rendered, and of how many. Nothing is raised for faulty
    content: all problems of all files come in the result, in reading order.
    """
    is_root = is_content_root(root)
    slug = choices.track or slugify_part(split_prefix(root.resolve().name)[1])
    files = list_files(root, "" if is_root else f"{slug}/")
    notes: list[Problem] = []
    hashes: dict[str, str] = {}
    edits = False
    generation = 0
    mark = ""
    if stored:
        generation = current_generation()
        mark = fingerprint(files) if may_skip(choices) else ""
        name = "" if is_root else slug
        if not whole and (unchanged := report_of_unchanged(name, mark, generation)):
            return _nothing_to_do(files, name, generation, unchanged)
        hashes, notes = keep_edits(files, choices)
        edits = bool(hashes)
        if choices.only:
            kept, nothing_there = restrict(files, choices.only)
            hashes |= kept
            notes += nothing_there
    if not is_root:
        hashes |= borrow_glossary(files, stored=stored)
    # Lessons cite what the site will hold: the catalog of these files if they bring it, else the one stored.
    has_catalog = (root / CATALOG_FOLDER).is_dir()
    brings_catalog = has_catalog and choices.only.partition("/")[0] in {"", CATALOG_FOLDER}
    catalog: CatalogSource | None = None
    if brings_catalog or not stored:
        catalog, facts, catalog_problems = _read_catalog(root if is_root else settings.CONTENT_DIR)
        names = CatalogNames.read(catalog)
        notes += catalog_problems if is_root else []
    else:
        facts, names = FactBook.from_database(), CatalogNames.stored()
    prepared = _prepare_files(
        files, facts, names, single_track="" if is_root else slug, stored=stored, progress=progress
    )
    prepared.name = "" if is_root else slug
    # An edit made on the site is reported at every load, until it is decided.
    prepared.fingerprint = "" if edits else mark
    prepared.catalog = catalog if brings_catalog else None
    prepared.loaded_hashes = hashes
    prepared.generation = generation
    prepared.add_problems(notes)
    return prepared


def prepare_edit(path: str, text: str) -> Prepared:
    """Read and render the site's own texts with one replaced: what an edit in the admin would give."""
    edited = SourceFile.objects.filter(retired_at=None)
    generation = current_generation()
    files = StoredFiles({path: text})
    if path == GLOSSARY_NAME and (faults := read_glossary(text, path).problems):
        # Every term would be unknown to every page: what they say then helps nobody.
        prepared = Prepared(ContentTree(files), None, PreparedLessons(), PreparedQuizzes())
        prepared.add_problems(faults)
        return prepared
    prepared = _prepare_files(files, FactBook.from_database(), CatalogNames.stored())
    prepared.loaded_hashes = dict(edited.values_list("path", "loaded_hash"))
    prepared.generation = generation
    return prepared


def _prepare_files(
    files: ContentFiles,
    facts: Facts | None,
    names: CatalogNames,
    *,
    single_track: str = "",
    stored: bool = True,
    progress: Progress = no_progress,
) -> Prepared:
    tree = read_tree(files, single_track=single_track)
    lessons = open_library(tree, facts, tuple(settings.CONTENT_HOSTS))
    prepared = Prepared(tree, None, lessons, PreparedQuizzes())
    jobs = {job.page.path: job for job in _jobs(tree, prepared.quizzes)}
    shared = Shared(lessons.library, tree.has_glossary)
    units: dict[str, Unit] = {}
    if stored:
        prepared.cache = UnitCache(jobs, shared, tuple(track.folder for track in tree.tracks))
        units = {job.page.path: unit for job, unit in prepared.cache.kept()}
    todo = [job for path, job in jobs.items() if path not in units]
    for job, unit in render_units(todo, shared, progress):
        units[job.page.path] = unit
        prepared.fresh.append((job, unit))
    for unit in units.values():
        for path in used("partial", unit.needs):
            tree.texts[path] = lessons.library.partials[path]
    for track in tree.tracks:
        _collect(track, prepared, jobs, units)
    prepared.add_problems([*tree.problems, *lessons.problems, *prepared.quizzes.problems])
    for page in lessons.pages.values():
        for directive in page.rendered.directives:
            prepared.add_problems(check_directive(directive, page.source.path, page.source.text, names))
    return prepared


def _jobs(tree: ContentTree, quizzes: PreparedQuizzes) -> Iterator[UnitJob]:
    known = frozenset(tree.files.paths)
    for track in tree.tracks:
        for module in track.modules:
            for page, number in numbered(module):
                asks = page is not module.index
                yield UnitJob(
                    page=PageJob.of(page, number, module),
                    address=page.url_path,
                    place=page.key,
                    asks=asks,
                    quiz_files=quiz_files(page, tree, known, quizzes.problems) if asks else (),
                )


def _collect(
    track: TrackSource, prepared: Prepared, jobs: dict[str, UnitJob], units: dict[str, Unit]
) -> None:
    """Take the rendered pages of a track in, in the order of the track."""
    lessons, quizzes = prepared.lessons, prepared.quizzes
    contents: list[QuizContent] = []
    asked: list[QuestionSource] = []
    taken = _written_by_us(track, jobs, units)
    lengths: list[LessonLength] = []
    for module in track.modules:
        for page in module.pages():
            job, unit = jobs[page.path], units[page.path]
            lessons.pages[page.path] = PreparedPage(
                page,
                unit.rendered,
                unit.objectives,
                unit.prerequisites,
                job.page.number,
                frozenset(used("asset", unit.needs)),
            )
            lessons.problems += unit.problems
            prepared.dropped += unit.dropped
            for path, citations in unit.citations.items():
                quizzes.citations.setdefault(path, []).extend(citations)
            if job.asks:
                lengths.append(LessonLength(page.path, unit.rendered.words, unit.summary.questions))
                asked += [one.source for one in unit.questions]
                own = _without_repeats(unit, job, taken)
                taken |= {one.source.key for one in own.questions}
                contents.append(QuizContent(page.key, own.questions))
                quizzes.pieces[page.path] = own.pieces
                quizzes.summaries[page.path] = own.summary
    quizzes.by_track[track.slug] = contents
    quizzes.problems += [*duplicate_keys(asked), *lint_lengths(lengths)]
    fences = {path: page.rendered.quiz_fences for path, page in lessons.pages.items()}
    quizzes.problems += stray_questions(track, prepared.tree, fences)


def _written_by_us(track: TrackSource, jobs: dict[str, UnitJob], units: dict[str, Unit]) -> set[str]:
    """Return the ids of questions in our YAML, in any lesson: one of another format gives way to them."""
    paths = [page.path for module in track.modules for page in module.pages()]
    asked = [one.source for path in paths if jobs[path].asks for one in units[path].questions]
    return {question.key for question in asked if not question.is_foreign}


def _without_repeats(unit: Unit, job: UnitJob, taken: set[str]) -> Unit:
    """Return a unit without foreign questions that another lesson asks: two pages may name one file."""
    kept = [one for one in unit.questions if not (one.source.is_foreign and one.source.key in taken)]
    if len(kept) == len(unit.questions):
        return unit
    sources = [one.source for one in kept]
    return replace(unit, questions=kept, pieces=pieces_of(job.address, sources), summary=summarize(sources))


def _nothing_to_do(files: ContentFiles, name: str, generation: int, report: Report) -> Prepared:
    return Prepared(
        ContentTree(files),
        None,
        PreparedLessons(),
        PreparedQuizzes(),
        generation=generation,
        name=name,
        unchanged=report,
    )


def _read_catalog(root: Path) -> tuple[CatalogSource | None, FactBook | None, list[Problem]]:
    folder = root / CATALOG_FOLDER
    if not folder.is_dir():
        return None, None, []
    source, problems = examine_catalog(folder)
    return source, FactBook.from_source(source), [*problems, *source.warnings]
