"""What the files of ``content/catalog/`` may hold: one class for each kind of entry.

Numbers carry their unit in the key: ``_b`` billions, ``_t`` trillions, ``_gb`` 10⁹ bytes, ``_gib`` 2³⁰ bytes.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from catalog.slugs import SLUG_PATTERN
from catalog.yamlsource import Schema

Slug = Annotated[str, Field(pattern=rf"^{SLUG_PATTERN}$", max_length=80)]
LongSlug = Annotated[str, Field(pattern=rf"^{SLUG_PATTERN}$", max_length=120)]
Url = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=500)]
Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
Positive = Annotated[float, Field(gt=0)]
Evidence = Literal["primary", "secondary", "derived"]


class SourceEntry(Schema):
    """A page or file that figures were read from."""

    id: Slug
    title: Annotated[str, Field(min_length=1, max_length=240)]
    url: Url | None = None
    seen: date
    evidence: Evidence = "primary"

    @model_validator(mode="after")
    def _only_arithmetic_has_no_address(self) -> SourceEntry:
        if self.url is None and self.evidence != "derived":
            raise ValueError("a source needs a 'url' unless its evidence is 'derived'")
        return self


class SourceNote(Schema):
    """A citation that needs a word of explanation."""

    id: Slug
    note: Annotated[str, Field(max_length=240)] = ""


def _shape_of_citation(value: Any) -> str:
    return "note" if isinstance(value, (dict, SourceNote)) else "id"


SourceRef = Annotated[
    Annotated[Slug, Tag("id")] | Annotated[SourceNote, Tag("note")], Discriminator(_shape_of_citation)
]
SourceRefs = Annotated[list[SourceRef], Field(min_length=1)]


class GroupSources(Schema):
    """Where each group of figures was read."""

    parameters: SourceRefs | None = None
    active_parameters: SourceRefs | None = Field(None, alias="active-parameters")
    architecture: SourceRefs | None = None
    embeddings: SourceRefs | None = None
    release: SourceRefs | None = None
    context: SourceRefs | None = None
    license: SourceRefs | None = None
    training: SourceRefs | None = None
    languages: SourceRefs | None = None


class ArchitectureEntry(Schema):
    """The integers that memory is computed from; a key that is absent is not known."""

    structure: Literal["dense", "moe", "ssm"] | None = None
    attention: Literal["mha", "gqa", "mqa", "mla", "hybrid", "none"] | None = None
    attention_pattern: Annotated[str, Field(max_length=160)] | None = None
    layers: Count | None = None
    layers_full: Count | None = None
    layers_window: Count | None = None
    window: Count | None = None
    layers_linear: Count | None = None
    hidden: Count | None = None
    heads: Count | None = None
    kv_heads: Count | None = None
    head_dim: Count | None = None
    global_kv_heads: Count | None = None
    global_head_dim: Count | None = None
    kv_shared_layers: Count | None = None
    mla_rank: Count | None = None
    mla_rope: Count | None = None
    mla_query_rank: Count | None = None
    feed_forward: Count | None = None
    ffn_matrices: Literal[2, 3] | None = None
    vocabulary: Count | None = None
    tied_embeddings: bool | None = None
    experts: Count | None = None
    experts_per_token: Count | None = None
    expert_feed_forward: Count | None = None
    shared_expert_ff: Count | None = None
    dense_layers: Count | None = None


class FiguresEntry(Schema):
    """Figures of a checkpoint, or of a release for all its checkpoints."""

    license: Slug | None = None
    additional_licenses: list[Slug] | None = None
    released: date | None = None
    release_basis: Literal["official", "repository", "secondary"] | None = None
    parameters: Annotated[int, Field(gt=0)] | None = None
    parameters_b: Positive | None = None
    vision_parameters_b: Positive | None = None
    active_parameters_b: Positive | None = None
    context_tokens: Annotated[Count, Field(gt=0)] | None = None
    context_native_tokens: Annotated[Count, Field(gt=0)] | None = None
    training_tokens_t: Positive | None = None
    languages_count: Annotated[Count, Field(gt=0)] | None = None
    languages: list[Annotated[str, Field(min_length=2, max_length=12)]] | None = None
    reads: list[Literal["images", "audio"]] | None = None
    architecture: ArchitectureEntry = ArchitectureEntry()
    sources: GroupSources = GroupSources()


class ScoreEntry(Schema):
    """One score of a report."""

    benchmark: Slug
    value: Annotated[float, Field(gt=-100_000, lt=100_000)]
    setting: Annotated[str, Field(max_length=160)] = ""
    interval: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    votes: Count | None = None


class ReportEntry(Schema):
    """Scores that one reporter published in one place on one day."""

    source: Slug
    reporter: Annotated[str, Field(min_length=1, max_length=80)]
    kind: Literal["vendor", "independent", "community"]
    self_reported: bool = False
    observed: date
    evidence: Evidence = "primary"
    note: Annotated[str, Field(max_length=240)] = ""
    scores: Annotated[list[ScoreEntry], Field(min_length=1)]


class FilesEntry(Schema):
    """Published sizes of quantized files."""

    source: Slug
    sizes_gib: Annotated[dict[str, Positive], Field(min_length=1)]


class CheckpointEntry(FiguresEntry):
    """One downloadable set of weights; what it leaves out it takes from its release."""

    hub_id: Annotated[str, Field(pattern=r"^[\w.-]+/[\w.-]+$", max_length=160)]
    slug: LongSlug | None = None
    name: Annotated[str, Field(min_length=1, max_length=120)]
    kind: Literal["base", "instruct", "reasoning", "code", "math", "vision"]
    derived_from: LongSlug | None = None
    relation: Literal["fine-tuned", "distilled", "continued", "pruned"] | None = None
    notes: list[Annotated[str, Field(min_length=1, max_length=400)]] = []
    files: FilesEntry | None = None
    results: list[ReportEntry] = []


class ReleaseEntry(Schema):
    """One generation and size, with the figures its checkpoints share."""

    id: LongSlug
    name: Annotated[str, Field(min_length=1, max_length=120)]
    generation: Annotated[str, Field(min_length=1, max_length=40)]
    superseded_by: LongSlug | None = None
    defaults: FiguresEntry = FiguresEntry()
    checkpoints: Annotated[list[CheckpointEntry], Field(min_length=1)]


class OrganizationEntry(Schema):
    """Whoever makes the family."""

    id: Slug
    name: Annotated[str, Field(min_length=1, max_length=120)]


class FamilyFile(Schema):
    """``families/<family>.yml``."""

    family: Slug
    name: Annotated[str, Field(min_length=1, max_length=120)]
    organization: OrganizationEntry
    known_for: Annotated[str, Field(min_length=1, max_length=240)]
    lineage: Annotated[str, Field(max_length=400)] = ""
    homepage: Url | None = None
    core: bool = False
    sources: list[SourceEntry] = []
    releases: list[ReleaseEntry]
