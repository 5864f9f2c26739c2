"""Checkpoints as facets see them: one flat row each, read in three queries however many there are."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from catalog.memory import Architecture
from catalog.memory.architecture import Figures
from catalog.models import Checkpoint, LicenseAnswer, Result
from catalog.permissions import Term, Terms, WorkAnswer, for_checkpoint, strictest, work_answer

_FIGURES = tuple(Figures.__annotations__)
_FIELDS = {
    "pk": "pk",
    "slug": "slug",
    "name": "name",
    "hub_id": "hub_id",
    "family": "family__slug",
    "family_name": "family__name",
    "release_name": "release__name",
    "family_is_core": "family__is_core",
    "organization": "family__organization__slug",
    "organization_name": "family__organization__name",
    "kind": "kind",
    "structure": "structure",
    "parameters": "parameters",
    "active_parameters": "active_parameters",
    "vision_parameters": "vision_parameters",
    "context_tokens": "context_tokens",
    "released": "released",
    "reads_images": "reads_images",
    "reads_audio": "reads_audio",
    "languages": "languages",
    "license_pk": "license_id",
    "license": "license__slug",
    "license_name": "license__short_name",
}


@dataclass(frozen=True, slots=True)
class Score:
    """One result as a list shows it: value, and who reported it."""

    benchmark: str
    benchmark_name: str
    value: Decimal
    reporter_kind: str
    reporter: str
    self_reported: bool
    observed_on: datetime.date
    low: Decimal | None = None
    high: Decimal | None = None
    source_title: str = ""
    source_url: str = ""
    source_seen: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One checkpoint with all that facets, sorting and a row of the list need. ``None`` means not known."""

    pk: int
    slug: str
    name: str
    hub_id: str
    family: str
    family_name: str
    release_name: str
    family_is_core: bool
    organization: str
    organization_name: str
    kind: str
    structure: str
    parameters: int
    active_parameters: int | None
    vision_parameters: int | None
    context_tokens: int | None
    released: datetime.date | None
    reads_images: bool
    reads_audio: bool
    languages: tuple[str, ...]
    license: str | None
    license_name: str | None
    terms: Terms
    scores: Mapping[str, Score]
    architecture: Architecture | None

    @property
    def kind_label(self) -> str:
        """Return the kind in words."""
        return str(Checkpoint.Kind(self.kind).label)

    @property
    def work(self) -> WorkAnswer:
        """Return whether it may be used at work."""
        return work_answer(self.terms)

    @property
    def active(self) -> int | None:
        """Return parameters at work per token: all of them in a dense model, None where not known."""
        return self.active_parameters if self.structure == Checkpoint.Structure.MOE else self.parameters

    @property
    def haystack(self) -> str:
        """Return what free text is sought in: names split into words, and the name without spaces."""
        texts = (self.name, self.slug, self.hub_id, self.family_name, self.organization_name, self.kind_label)
        squashed = re.sub(r"[^a-z0-9.]", "", self.name.casefold())
        return f" {' '.join(split_words(' '.join(texts)))} {squashed} "


def split_words(text: str) -> list[str]:
    """Split free text into lower-case words, as model names are split: at spaces, hyphens and slashes."""
    return re.findall(r"[^\W_]+(?:\.[^\W_]+)*", text.casefold())


def read_items() -> list[Item]:
    """Read every checkpoint, ordered by name: three queries."""
    own_terms, extra_terms = _read_terms()
    scores = _read_scores()
    names = list(_FIELDS)
    columns = [*_FIELDS.values(), *_FIGURES]
    items = []
    for values in Checkpoint.objects.order_by("name", "slug").values_list(*columns):
        row = dict(zip(names, values[: len(names)], strict=True))
        figures = SimpleNamespace(**dict(zip(_FIGURES, values[len(names) :], strict=True)))
        bundles = [own_terms.get(row.pop("license_pk"), {}), *extra_terms.get(row["pk"], ())]
        items.append(
            Item(
                **{**row, "languages": tuple(row["languages"])},
                terms=for_checkpoint(strictest(bundles), reads_images=row["reads_images"]),
                scores=scores.get(row["pk"], {}),
                architecture=Architecture.from_figures(figures),
            )
        )
    return items


def _read_terms() -> tuple[Mapping[int, Terms], Mapping[int, list[Terms]]]:
    """Read license answers: by license, and by checkpoint for the licenses that bind it besides its own."""
    by_license: dict[int, dict[str, Term]] = defaultdict(dict)
    also: dict[int, set[int]] = defaultdict(set)
    rows = LicenseAnswer.objects.order_by().values_list(
        "license_id",
        "question",
        "license__additional_checkpoints",
        "verdict",
        "threshold",
        "place",
        "images_only",
    )
    for license_pk, question, checkpoint_pk, verdict, threshold, place, images_only in rows:
        by_license[license_pk][question] = Term(verdict, threshold, place, images_only)
        if checkpoint_pk is not None:
            also[checkpoint_pk].add(license_pk)
    extra: dict[int, list[Terms]] = {
        checkpoint: [by_license[pk] for pk in sorted(licenses)] for checkpoint, licenses in also.items()
    }
    return by_license, extra


REPORTER_ORDER = (Result.ReporterKind.COMMUNITY, Result.ReporterKind.INDEPENDENT, Result.ReporterKind.VENDOR)
"""Whose score a list shows where several were reported: those without a stake in it first."""


def _read_scores() -> Mapping[int, Mapping[str, Score]]:
    """Read the score that stands for each checkpoint on each benchmark: see ``representative``."""
    # In the order of the fields of Score.
    rows: Iterable[tuple[Any, ...]] = Result.objects.order_by().values_list(
        "checkpoint_id",
        "benchmark__slug",
        "benchmark__name",
        "value",
        "reporter_kind",
        "reporter",
        "self_reported",
        "observed_on",
        "interval_low",
        "interval_high",
        "source__title",
        "source__url",
        "source__seen",
    )
    found: dict[int, dict[str, list[Score]]] = defaultdict(lambda: defaultdict(list))
    for checkpoint_pk, *fields in rows:
        score = Score(*fields)
        found[checkpoint_pk][score.benchmark].append(score)
    return {
        pk: {benchmark: representative(scores) for benchmark, scores in by_benchmark.items()}
        for pk, by_benchmark in found.items()
    }


def representative(scores: Iterable[Score]) -> Score:
    """Return the one score a list shows: of the most disinterested reporter, then the latest, then the lower.

    The lower of two, since a maker's best setting would else stand for the model.
    """
    return min(
        scores,
        key=lambda score: (
            REPORTER_ORDER.index(Result.ReporterKind(score.reporter_kind)),
            -score.observed_on.toordinal(),
            score.value,
            score.reporter,
        ),
    )
