"""From a folder of content to a site: read, render and check everything, then write in one short transaction.

The only place that joins the readers and loaders of catalog, lessons and quizzes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from catalog.facts import ChangedFact, FactBook
from catalog.figures import FigureError
from catalog.loader import load_catalog
from catalog.problems import ContentError, Problem
from catalog.records import CatalogSource
from catalog.source import examine_catalog
from catalog.textfiles import line_at
from engineersofai.directives import CatalogNames, check_directive, draw
from engineersofai.edits import Choices, borrow_glossary, keep_edits, restrict
from engineersofai.fact_changes import touched_by
from engineersofai.fingerprints import fingerprint, may_skip, remember, report_of_unchanged
from engineersofai.quiz_content import PreparedQuizzes, quiz_files, stray_questions
from engineersofai.roots import is_content_root
from engineersofai.unit_cache import UnitCache
from engineersofai.units import Shared, Unit, UnitJob
from engineersofai.workers import Progress, no_progress, render_units
from lessons.files import ContentFiles, list_files
from lessons.generation import current_generation, lock_generation, raise_generation
from lessons.identity import count_leaving
from lessons.loader import load_lessons
from lessons.models import SourceFile, Track
from lessons.needs import used
from lessons.ordering import slugify_part, split_prefix
from lessons.prepare import PageJob, PreparedLessons, PreparedPage, numbered, open_library
from lessons.reader import read_tree
from lessons.rendering import fill_markers
from lessons.rendering.context import Facts
from lessons.report import Report
from lessons.source import CATALOG_FOLDER, ContentTree, TrackSource
from lessons.stored import StoredFiles
from quizzes.loader import QuizContent, load_quizzes
from quizzes.source import duplicate_keys

RETIRE_LIMIT = 0.2
"""A load that would retire a larger part of the lessons asks for ``--prune``."""


@dataclass(slots=True)
class Prepared:
    """Everything read and rendered; nothing is written yet."""

    tree: ContentTree
    catalog: CatalogSource | None
    lessons: PreparedLessons
    quizzes: PreparedQuizzes
    loaded_hashes: dict[str, str] = field(default_factory=dict)
    generation: int = 0
    problems: list[Problem] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    """What the renderer left out, by a plain name."""

    name: str = ""
    """The slug of a single track; empty for a content root."""

    fingerprint: str = ""
    unchanged: Report | None = None
    """The report of a load that changes nothing, where that is known without reading any page."""

    cache: UnitCache | None = None
    fresh: list[tuple[UnitJob, Unit]] = field(default_factory=list)
    """The pages that were rendered now, since nothing that was kept fits."""

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Take problems in, each once, in reading order."""
        self.problems = sorted(dict.fromkeys([*self.problems, *problems]), key=Problem.sort_key)

    @property
    def errors(self) -> list[Problem]:
        """The problems that refuse the load."""
        return [problem for problem in self.problems if problem.is_error]


class Stale(Exception):
    """Somebody else loaded content between reading and writing."""


class _DryRun(Exception):
    """Rolls a dry run back."""


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
    prepared = _prepare_files(StoredFiles({path: text}), FactBook.from_database(), CatalogNames.stored())
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
                    page=PageJob.of(page, number),
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
                contents.append(QuizContent(page.key, unit.questions))
                quizzes.pieces[page.path] = unit.pieces
                quizzes.summaries[page.path] = unit.summary
    quizzes.by_track[track.slug] = contents
    quizzes.problems += duplicate_keys(one.source for quiz in contents for one in quiz.questions)
    fences = {path: page.rendered.quiz_fences for path, page in lessons.pages.items()}
    quizzes.problems += stray_questions(track, prepared.tree, fences)


def load(prepared: Prepared, choices: Choices) -> Report:
    """Write what was prepared, all or nothing; a second load of the same content writes nothing.

    Raises ``ContentError`` when the database refuses the content, ``Stale`` when another load came between.
    """
    if prepared.unchanged is not None:
        return prepared.unchanged
    if prepared.errors:
        raise ContentError(prepared.errors)
    report = Report()
    try:
        with transaction.atomic():
            report = _write(prepared, choices)
            if choices.dry_run:
                raise _DryRun
    except _DryRun:
        return report
    if report.changes:
        audit.record("import", generation=prepared.generation + 1, changes=report.changes)
    return report


def _write(prepared: Prepared, choices: Choices) -> Report:
    report = Report()
    if lock_generation() != prepared.generation:
        raise Stale
    _refuse_mass_retirement(prepared, choices)
    changed_facts = _add_catalog(report, prepared.catalog) if prepared.catalog is not None else ()
    loaded = load_lessons(
        prepared.tree,
        prepared.lessons,
        _FinishedHtml(prepared),
        prepared.quizzes.counts,
        prepared.quizzes.citations,
        prepared.loaded_hashes,
    )
    report.add(loaded.report)
    report.facts = touched_by(changed_facts, prepared.lessons, prepared.quizzes)
    for track in prepared.tree.tracks:
        _add_quizzes(report, prepared, track.slug)
    generation = raise_generation() if report.changes else prepared.generation
    if prepared.cache is not None and prepared.fresh:
        prepared.cache.keep(prepared.fresh)
    if prepared.fingerprint:
        remember(prepared.name, prepared.fingerprint, generation, report)
    return report


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


class _FinishedHtml(Mapping[str, str]):
    """Each page's HTML by path, made when it is asked for: all at once they would take a course's size."""

    def __init__(self, prepared: Prepared) -> None:
        self._pages, self._quizzes = prepared.lessons.pages, prepared.quizzes

    def __getitem__(self, path: str) -> str:
        return _finished_html(self._pages[path], self._quizzes)

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


def _finished_html(page: PreparedPage, quizzes: PreparedQuizzes) -> str:
    """Fill a page's markers. The catalog draws its directives here, since its rows are written by now."""
    pieces = dict(quizzes.pieces.get(page.source.path, {}))
    for index, directive in enumerate(page.rendered.directives):
        try:
            pieces["directive", str(index)] = draw(directive)
        except FigureError as error:
            path, line = page.source.path, directive.line
            excerpt = line_at(page.source.text, line)
            raise ContentError(
                Problem(path, line, 1, "directive", str(error).rstrip("."), source_line=excerpt)
            ) from error
    return fill_markers(page.rendered.html, pieces)


def _refuse_mass_retirement(prepared: Prepared, choices: Choices) -> None:
    if choices.prune:
        return
    for track in prepared.tree.tracks:
        leaving, stored = count_leaving(track)
        if stored >= 5 and leaving > RETIRE_LIMIT * stored:
            message = _("this load would retire %(leaving)d of %(all)d lessons of '%(track)s'") % {
                "leaving": leaving,
                "all": stored,
                "track": track.slug,
            }
            raise ContentError(
                Problem(track.folder, 1, 1, "prune", message, _("Give --prune if that is meant."))
            )


def _add_catalog(report: Report, catalog: CatalogSource) -> Sequence[ChangedFact]:
    loaded = load_catalog(catalog)
    for kind, counts in loaded.counts.items():
        actions = {
            "created": counts.created,
            "updated": counts.updated,
            "deleted": counts.deleted,
            "unchanged": counts.unchanged,
        }
        for action, count in actions.items():
            if count:
                report.counts[str(kind), action] += count
    report.changed.extend(("fact", "updated", f"{fact.slug}.{fact.field}") for fact in loaded.changed_facts)
    return loaded.changed_facts


def _add_quizzes(report: Report, prepared: Prepared, slug: str) -> None:
    track = Track.objects.get(slug=slug)
    loaded = load_quizzes(track, prepared.quizzes.by_track.get(slug, []))
    actions = {
        "created": loaded.created,
        "updated": loaded.updated,
        "retired": loaded.retired,
        "restored": loaded.restored,
    }
    for action, keys in actions.items():
        for key in keys:
            report.note("question", action, key)
    if loaded.unchanged:
        report.counts["question", "unchanged"] += loaded.unchanged
