"""The list as data: JSON with every figure's source, CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from catalog.listing import Listing, Row
from catalog.models import Checkpoint, Citation, LicenseAnswer, Result, Source

Group = Citation.Group

_FIGURES: tuple[tuple[str, Group, Callable[[Row], Any]], ...] = (
    ("parameters", Group.PARAMETERS, lambda row: row.item.parameters),
    ("active_parameters", Group.ACTIVE_PARAMETERS, lambda row: row.item.active_parameters),
    ("context_tokens", Group.CONTEXT, lambda row: row.item.context_tokens),
    ("released", Group.RELEASE, lambda row: row.item.released),
    ("license", Group.LICENSE, lambda row: row.item.license),
)
"""Figures that data rows give, with the group of citations that says where they were read."""

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def as_json(listing: Listing, absolute: Callable[[str], str]) -> dict[str, object]:
    """Return all matching rows; ``absolute`` makes full addresses of paths. Two queries."""
    citations = _citations(listing.rows)
    results = _results(listing.rows)
    answer: dict[str, object] = {
        "count": len(listing.rows),
        "results": [
            _json_row(row, citations[row.item.pk], results[row.item.pk], absolute) for row in listing.rows
        ],
    }
    problems = [{"parameter": key, "message": sentence} for key, sentence in listing.asked.errors]
    problems += [{"parameter": key, "message": "unknown parameter"} for key in listing.asked.unknown]
    if problems:
        answer["problems"] = problems
    return answer


def _json_row(
    row: Row, citations: Mapping[str, list[Citation]], results: list[Result], absolute: Callable[[str], str]
) -> dict[str, object]:
    item = row.item
    figures: dict[str, object] = {}
    for name, group, value_of in _FIGURES:
        value = value_of(row)
        figures[name] = {
            "value": value,
            "sources": []
            if value is None
            else [_json_source(c.source, c.evidence) for c in citations[group]],
        }
    return {
        "slug": item.slug,
        "name": item.name,
        "url": absolute(Checkpoint(slug=item.slug).get_absolute_url()),
        "hub_id": item.hub_id,
        "family": item.family,
        "organization": item.organization_name,
        "kind": item.kind,
        "structure": item.structure,
        "may_be_used_at_work": {"value": item.work.value, "answer": str(item.work)},
        "license_answers": {question: term.verdict for question, term in _in_order(item.terms)},
        **figures,
        "memory": row.need
        and {
            "quantization": row.need.quantization,
            "context_tokens": row.need.tokens,
            "bytes": row.need.total,
            "source": "computed",
        },
        "benchmark_results": [_json_result(result) for result in results],
    }


def _in_order(terms: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """Return license answers in the order in which pages show the questions."""
    return ((question, terms[question]) for question in LicenseAnswer.Question.values if question in terms)


def _json_result(result: Result) -> dict[str, object]:
    return {
        "benchmark": result.benchmark.slug,
        "value": float(result.value),
        "setting": result.setting,
        "reporter": result.reporter,
        "reporter_kind": result.reporter_kind,
        "observed_on": result.observed_on,
        "source": _json_source(result.source, result.evidence),
    }


def _json_source(source: Source, evidence: str) -> dict[str, object]:
    return {"title": source.title, "url": source.url, "seen": source.seen, "evidence": evidence}


def as_csv(listing: Listing) -> str:
    """Return all matching rows, one line each under one heading line. One query."""
    citations = _citations(listing.rows)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_headings())
    for row in listing.rows:
        writer.writerow([_safe(cell) for cell in _cells(row, citations[row.item.pk])])
    return out.getvalue()


def _headings() -> list[str]:
    headings = ["slug", "name", "hub_id", "family", "organization", "kind", "structure"]
    headings += ["may_be_used_at_work", "license_name"]
    for name, _group, _value_of in _FIGURES:
        headings += [name, f"{name}_source", f"{name}_source_seen"]
    headings += ["quantization", "memory_context_tokens", "memory_bytes"]
    score = ["benchmark", "score", "score_reporter", "score_observed_on", "score_source", "score_source_seen"]
    return headings + score


def _cells(row: Row, citations: Mapping[str, list[Citation]]) -> list[object]:
    item, need, score = row.item, row.need, row.score
    cells: list[object] = [item.slug, item.name, item.hub_id, item.family, item.organization_name, item.kind]
    cells += [item.structure, item.work, item.license_name]
    for _name, group, value_of in _FIGURES:
        value = value_of(row)
        source = citations[group][0].source if value is not None and citations[group] else None
        cells += [value, source and source.url, source and source.seen]
    cells += [need.quantization, need.tokens, need.total] if need else [None] * 3
    if score is None:
        return cells + [None] * 6
    cells += [score.benchmark, score.value, score.reporter, score.observed_on]
    return [*cells, score.source_url, score.source_seen]


def _safe(cell: object) -> str:
    """Return a cell as text that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_RISKY) else text


def _citations(rows: Iterable[Row]) -> Mapping[int, Mapping[str, list[Citation]]]:
    """Read where figures were read, by checkpoint and group; what is missing has none."""
    found: dict[int, dict[str, list[Citation]]] = defaultdict(lambda: defaultdict(list))
    wanted = {row.item.pk for row in rows}
    for citation in Citation.objects.select_related("source").order_by("checkpoint", "id"):
        if citation.checkpoint_id in wanted:
            found[citation.checkpoint_id][citation.group].append(citation)
    return found


def _results(rows: Iterable[Row]) -> Mapping[int, list[Result]]:
    """Read every result of the rows, by checkpoint."""
    found: dict[int, list[Result]] = defaultdict(list)
    wanted = {row.item.pk for row in rows}
    for result in Result.objects.select_related("benchmark", "source").order_by(
        "benchmark__slug", "-value", "id"
    ):
        if result.checkpoint_id in wanted:
            found[result.checkpoint_id].append(result)
    return found
