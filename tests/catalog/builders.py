"""Builders of catalog rows: each gives a valid row and takes only what a test is about."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import count
from typing import Any

from catalog.facets import Item
from catalog.facets.items import Score
from catalog.models import (
    Benchmark,
    Checkpoint,
    Citation,
    Family,
    License,
    LicenseAnswer,
    Machine,
    Organization,
    Release,
    Result,
    Source,
)

_numbers = count(1)
DAY = datetime.date(2026, 11, 23)


def make_source(**fields: Any) -> Source:
    number = next(_numbers)
    values = {"slug": f"source-{number}", "title": f"Card {number}", "url": f"https://example.org/{number}"}
    return Source.objects.create(**{**values, "seen": DAY, **fields})


def make_organization(name: str = "Meta") -> Organization:
    return Organization.objects.get_or_create(slug=name.lower().replace(" ", "-"), defaults={"name": name})[0]


def make_family(name: str = "Llama", organization: str = "Meta", **fields: Any) -> Family:
    values = {"name": name, "organization": make_organization(organization), "known_for": "Being copied"}
    return Family.objects.get_or_create(slug=name.lower(), defaults={**values, **fields})[0]


def make_release(family: Family | None = None, name: str = "", **fields: Any) -> Release:
    name = name or f"Release {next(_numbers)}"
    values = {"slug": name.lower().replace(" ", "-"), "generation": "1", "name": name, **fields}
    return Release.objects.create(family=family or make_family(), **values)


def make_license(name: str = "Apache 2.0", **answers: str | tuple[str, int] | dict[str, Any]) -> License:
    """Make a license; answers by question with underscores: a verdict, or with a threshold, or all fields."""
    slug = name.lower().replace(" ", "-")
    found = License.objects.filter(slug=slug).first()
    if found is not None:
        return found
    made = License.objects.create(
        slug=slug,
        name=f"{name} License",
        short_name=name,
        steward="Whoever wrote it",
        summary="permissive",
        text_read=True,
        reviewed_on=DAY,
    )
    source = make_source()
    for question, answer in (answers or {"commercial_use": "yes"}).items():
        if isinstance(answer, tuple):
            answer = {"verdict": answer[0], "threshold": answer[1]}
        elif isinstance(answer, str):
            answer = {"verdict": answer}
        LicenseAnswer.objects.create(
            license=made, question=question.replace("_", "-"), clause="2", source=source, **answer
        )
    return made


def make_checkpoint(name: str = "", *, family: Family | None = None, **fields: Any) -> Checkpoint:
    """Make a checkpoint with the shape of Llama 3.1 8B unless told otherwise."""
    name = name or f"Model {next(_numbers)}"
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    family = family or make_family()
    values: dict[str, Any] = {
        "hub_id": f"maker/{slug}",
        "publisher": "maker",
        "release": fields.pop("release", None) or make_release(family, f"{name} release"),
        "kind": "instruct",
        "license": fields.pop("license", None),
        "parameters": 8_030_261_248,
        "parameters_exact": True,
        "context_tokens": 131_072,
        "released": datetime.date(2024, 7, 23),
        "structure": "dense",
        "attention": "gqa",
        "layers": 32,
        "layers_full": 32,
        "layers_window": 0,
        "layers_linear": 0,
        "hidden": 4096,
        "heads": 32,
        "kv_heads": 8,
        "head_dim": 128,
        "feed_forward": 14_336,
        "ffn_matrices": 3,
        "vocabulary": 128_256,
        "tied_embeddings": False,
        **fields,
    }
    values.setdefault("release_basis", "official" if values["released"] else "")
    return Checkpoint.objects.create(slug=slug, name=name, family=family, **values)


def make_benchmark(name: str = "Arena", **fields: Any) -> Benchmark:
    values = {
        "name": name,
        "measures": "What people prefer",
        "metric": "rating",
        "unit": "rating" if name == "Arena" else "percent",
        "direction": "higher",
        "saturation": "medium",
    }
    found = Benchmark.objects.filter(slug=name.lower()).first()
    return found or Benchmark.objects.create(slug=name.lower(), source=make_source(), **{**values, **fields})


def make_result(
    checkpoint: Checkpoint, value: float | str = 50, benchmark: str = "Arena", **fields: Any
) -> Result:
    values = {"reporter": "LMArena", "reporter_kind": "community", "observed_on": DAY, **fields}
    values.setdefault("source", None)
    values["source"] = values["source"] or make_source()
    return Result.objects.create(
        checkpoint=checkpoint, benchmark=make_benchmark(benchmark), value=Decimal(str(value)), **values
    )


def make_citation(checkpoint: Checkpoint, group: str = "parameters", **fields: Any) -> Citation:
    return Citation.objects.create(
        checkpoint=checkpoint, group=group, source=fields.pop("source", None) or make_source(), **fields
    )


def make_machine(name: str = "RTX 4060 Ti 16 GB", **fields: Any) -> Machine:
    values = {"vendor": "NVIDIA", "kind": "gpu", "memory_gb": 16, "bandwidth_gb_s": 288, **fields}
    return Machine.objects.create(
        slug=name.lower().replace(" ", "-"), name=name, source=make_source(), **values
    )


def an_item(**fields: Any) -> Item:
    """Make a row of a shelf without a database."""
    values = {
        "pk": 1,
        "slug": "x",
        "name": "Llama 3.1 8B",
        "hub_id": "meta-llama/Llama-3.1-8B",
        "family": "llama",
        "family_name": "Llama",
        "release_name": "Llama 3.1 8B",
        "family_is_core": True,
        "organization": "meta",
        "organization_name": "Meta",
        "kind": "base",
        "structure": "dense",
        "parameters": 8 * 10**9,
        "active_parameters": None,
        "vision_parameters": None,
        "context_tokens": 131_072,
        "released": datetime.date(2024, 7, 23),
        "reads_images": False,
        "reads_audio": False,
        "languages": (),
        "license": "llama3.1",
        "license_name": "Llama 3.1",
        "terms": {},
        "scores": {},
        "architecture": None,
    }
    return Item(**{**values, **fields})


def a_score(**fields: Any) -> Score:
    """Make the score of a row of a shelf."""
    values = {
        "benchmark": "mmlu",
        "benchmark_name": "MMLU",
        "value": Decimal(50),
        "reporter_kind": "vendor",
        "reporter": "Meta",
        "self_reported": True,
        "observed_on": datetime.date(2024, 7, 23),
    }
    return Score(**{**values, **fields})
