"""What the table files may hold: licenses, benchmarks, machines and shared sources."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from catalog.reading.schema import Evidence, LongSlug, Slug, SourceEntry, Url
from catalog.yamlsource import Schema


class AnswerEntry(Schema):
    """What a license says to one question."""

    verdict: Literal["yes", "if", "no", "silent", "unread"]
    detail: Annotated[str, Field(max_length=400)] = ""
    threshold: Annotated[int, Field(gt=0)] | None = None
    place: Annotated[str, Field(max_length=60)] = ""
    images_only: bool = False
    clause: Annotated[str, Field(max_length=120)] = ""
    source: Slug | None = None


class AnswersEntry(Schema):
    """Every question has an answer, if only that the text was not read."""

    commercial_use: AnswerEntry = Field(alias="commercial-use")
    user_cap: AnswerEntry = Field(alias="user-cap")
    revenue_cap: AnswerEntry = Field(alias="revenue-cap")
    attribution: AnswerEntry
    naming: AnswerEntry
    use_policy: AnswerEntry = Field(alias="use-policy")
    outputs: AnswerEntry
    redistribution: AnswerEntry
    territory: AnswerEntry


class LicenseEntry(Schema):
    """A license with its answers; ``source`` holds for every answer that names none."""

    id: Slug
    name: Annotated[str, Field(min_length=1, max_length=160)]
    short_name: Annotated[str, Field(min_length=1, max_length=60)]
    spdx_id: Annotated[str, Field(max_length=60)] = ""
    steward: Annotated[str, Field(min_length=1, max_length=120)]
    summary: Annotated[str, Field(min_length=1, max_length=160)]
    osi_approved: bool | None = None
    released: date | None = None
    text_url: Url | None = None
    use_policy_url: Url | None = None
    text_read: bool
    text_read_from: Annotated[str, Field(max_length=240)] = ""
    reviewed: date
    source: Slug
    evidence: Evidence = "primary"
    notes: list[Annotated[str, Field(min_length=1, max_length=400)]] = []
    answers: AnswersEntry


class LicenseFile(Schema):
    """``licenses.yml``."""

    sources: list[SourceEntry] = []
    licenses: list[LicenseEntry]


class BenchmarkEntry(Schema):
    """A benchmark and what is wrong with it."""

    id: Annotated[Slug, Field(max_length=60)]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    measures: Annotated[str, Field(min_length=1, max_length=200)]
    items: Annotated[str, Field(max_length=240)] = ""
    metric: Annotated[str, Field(min_length=1, max_length=160)]
    unit: Literal["percent", "rating", "score", "index", "perplexity"]
    direction: Literal["higher", "lower"]
    chance_percent: Annotated[float, Field(ge=0, lt=100)] | None = None
    usual_shots: Annotated[str, Field(max_length=120)] = ""
    problems: Annotated[str, Field(max_length=400)] = ""
    saturation: Literal["low", "medium", "high", "saturated"]
    paper: Annotated[Url, Field(max_length=200)] | None = None
    source: Slug
    evidence: Evidence = "primary"


class BenchmarkFile(Schema):
    """``benchmarks.yml``."""

    sources: list[SourceEntry] = []
    benchmarks: list[BenchmarkEntry]


class MachineEntry(Schema):
    """A machine; memory is as sold, bandwidth is the peak."""

    id: LongSlug
    vendor: Annotated[str, Field(min_length=1, max_length=60)]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    kind: Literal["gpu", "workstation", "datacenter", "unified", "cpu-ram"]
    memory_gb: Annotated[float, Field(gt=0, lt=100_000)]
    bandwidth_gb_s: Annotated[float, Field(gt=0, lt=1_000_000)]
    source: Slug
    note: Annotated[str, Field(max_length=300)] = ""


class MachineFile(Schema):
    """``machines.yml``."""

    sources: list[SourceEntry] = []
    machines: list[MachineEntry]


class SourceFile(Schema):
    """``sources.yml``: sources that several files cite."""

    sources: list[SourceEntry]
