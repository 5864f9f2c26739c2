"""Units as kept between loads: a page is rendered again only when it, or something it looked up, changed."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from typing import Any

from pydantic import TypeAdapter

from catalog.problems import Problem
from catalog.yamlsource import Mapped, Position
from engineersofai.pipeline_version import pipeline_version
from engineersofai.units import Shared, Unit, UnitJob
from lessons.models import Rendering
from lessons.needs import Finder
from lessons.packing import PackedPage
from lessons.rendering import Directive, FactCitation, Fence, Heading
from lessons.storing import batches
from quizzes.content import body_as_json, body_from_json
from quizzes.loader import QuestionContent
from quizzes.schema import AnySpec
from quizzes.source import QuestionSource
from quizzes.summary import QuizSummary

CHUNK = 500
"""Rows fetched or written at a time."""

_COLUMNS = ("path", "job_hash", "needs", "data", "page")

_PLACES: tuple[tuple[str, ...], ...] = ((), ("id",), ("type",))
"""The places of a question that problems of a whole track may point at."""


def job_hash(job: UnitJob, shared: Shared) -> str:
    """Return a hash of everything a unit is made from, but for what it looks up."""
    page = job.page
    made_from = (
        pipeline_version(),
        astuple(page),
        (job.address, job.place, job.asks, shared.has_glossary, shared.library.content_hosts),
        [(each.path, each.text) for each in job.quiz_files],
    )
    return hashlib.sha256(repr(made_from).encode("utf-8", "surrogatepass")).hexdigest()


class UnitCache:
    """The units of one tree that were kept by an earlier load."""

    def __init__(self, jobs: Mapping[str, UnitJob], shared: Shared, folders: tuple[str, ...]) -> None:
        """Take the jobs by path; ``folders`` are those of the tracks they make up."""
        self._jobs, self._shared, self._folders = jobs, shared, folders

    def kept(self) -> Iterator[tuple[UnitJob, Unit]]:
        """Yield every job that need not be done, with its unit; a damaged row is as good as none."""
        finder = Finder(self._shared.library)
        stored = Rendering.objects.values_list("path", "job_hash", "needs")
        good = {
            path: (mark, needs)
            for path, mark, needs in stored.iterator(CHUNK)
            if path in self._jobs
            and mark == job_hash(self._jobs[path], self._shared)
            and _meets(finder, needs)
        }
        for paths in batches(good, CHUNK):
            rows = Rendering.objects.filter(path__in=paths)
            for path, mark, needs, data, page in rows.values_list(*_COLUMNS):
                if (mark, needs) != good[path]:
                    continue  # another load has written it meanwhile
                try:
                    unit = _decode(bytes(data), bytes(page), needs, self._jobs[path])
                except _DAMAGED:
                    continue
                yield self._jobs[path], unit

    def keep(self, units: Iterable[tuple[UnitJob, Unit]]) -> None:
        """Store what was rendered anew, and forget pages that left; call it in the load's transaction."""
        for some in batches(units, CHUNK):
            rows = [
                Rendering(
                    path=job.page.path,
                    job_hash=job_hash(job, self._shared),
                    needs=unit.needs,
                    data=_encode(unit),
                    page=unit.rendered.packed,
                )
                for job, unit in some
            ]
            Rendering.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["path"],
                update_fields=["job_hash", "needs", "data", "page"],
            )
        gone = [
            path
            for path in Rendering.objects.values_list("path", flat=True)
            if path.startswith(self._folders) and path not in self._jobs
        ]
        for paths in batches(gone, CHUNK):
            Rendering.objects.filter(path__in=paths).delete()


_DAMAGED = (zlib.error, ValueError, TypeError, LookupError, AttributeError)
"""What reading a row raises that something else than ``keep`` wrote, or half wrote."""


def _meets(finder: Finder, needs: Any) -> bool:
    try:
        return finder.meets(needs)
    except _DAMAGED:
        return False


@dataclass(frozen=True, slots=True)
class _KeptQuestion:
    """A question as kept: the loader needs its key, its place and its body, not the whole text."""

    spec: AnySpec
    body: dict[str, Any]
    path: str
    places: list[tuple[int, int]]
    rest: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _KeptUnit:
    headings: tuple[Heading, ...]
    words: int
    quiz_fences: tuple[Fence, ...]
    directives: tuple[Directive, ...]
    page_citations: tuple[FactCitation, ...]
    assets: frozenset[str]
    objectives: list[str]
    prerequisites: list[str]
    problems: list[Problem]
    dropped: dict[str, int]
    questions: list[_KeptQuestion]
    pieces: list[tuple[str, str, str]]
    citations: dict[str, list[FactCitation]]
    summary: QuizSummary
    packed_hash: str
    """Of the page's packed bytes, which stand in another column and are unpacked when they are stored."""


_ADAPTER: TypeAdapter[_KeptUnit] = TypeAdapter(_KeptUnit)

_REST = [each.name for each in fields(QuestionSource) if each.name not in {"spec", "mapped"}]


def _encode(unit: Unit) -> bytes:
    page = unit.rendered
    kept = _KeptUnit(
        headings=page.headings,
        words=page.words,
        quiz_fences=page.quiz_fences,
        directives=page.directives,
        page_citations=page.citations,
        assets=page.assets,
        objectives=unit.objectives,
        prerequisites=unit.prerequisites,
        problems=unit.problems,
        dropped=dict(unit.dropped),
        questions=[_kept_question(each) for each in unit.questions],
        pieces=[(*place, html) for place, html in unit.pieces.items()],
        citations=unit.citations,
        summary=unit.summary,
        packed_hash=hashlib.sha256(page.packed).hexdigest(),
    )
    return zlib.compress(_ADAPTER.dump_json(kept), 1)


def _decode(data: bytes, packed: bytes, needs: dict[str, str], job: UnitJob) -> Unit:
    kept = _ADAPTER.validate_json(zlib.decompress(data))
    if hashlib.sha256(packed).hexdigest() != kept.packed_hash:
        raise ValueError
    texts = {job.page.path: job.page.text, **{each.path: each.text for each in job.quiz_files}}
    return Unit(
        rendered=PackedPage(
            kept.headings,
            kept.words,
            kept.quiz_fences,
            kept.directives,
            kept.page_citations,
            kept.assets,
            packed,
        ),
        objectives=kept.objectives,
        prerequisites=kept.prerequisites,
        problems=kept.problems,
        dropped=Counter(kept.dropped),
        questions=[_question(each, texts.get(each.path, "")) for each in kept.questions],
        pieces={(kind, name): html for kind, name, html in kept.pieces},
        citations=kept.citations,
        summary=kept.summary,
        needs=needs,
    )


def _kept_question(content: QuestionContent) -> _KeptQuestion:
    source = content.source
    places = [source.mapped.position(("questions", source.index, *place)) for place in _PLACES]
    return _KeptQuestion(
        spec=source.spec,
        body=body_as_json(content.body),
        path=source.path,
        places=[(place.line, place.column) for place in places],
        rest={name: getattr(source, name) for name in _REST},
    )


def _question(kept: _KeptQuestion, text: str) -> QuestionContent:
    index = kept.rest["index"]
    values = {
        ("questions", index, *place): Position(*found)
        for place, found in zip(_PLACES, kept.places, strict=True)
    }
    mapped = Mapped(kept.path, None, {}, values, text)
    return QuestionContent(QuestionSource(kept.spec, mapped, **kept.rest), body_from_json(kept.body))
