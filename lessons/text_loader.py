"""Texts, the facts they cite and the glossary, to rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from django.utils import timezone

from lessons.models import FactUse, GlossaryTerm, SourceFile
from lessons.rendering import FactCitation
from lessons.report import FILE, Report
from lessons.source import ContentTree
from lessons.storing import store


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def load_sources(
    tree: ContentTree, report: Report, loaded_hashes: Mapping[str, str]
) -> dict[str, SourceFile]:
    """Store the text of every file of a tree; return the rows by path."""
    rows: dict[str, SourceFile] = {}
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
        report.note(FILE, action, path)
        rows[path] = row
    scope = tuple(track.folder for track in tree.tracks)
    for path, row in stored.items():
        if path not in tree.texts and path.startswith(scope) and row.retired_at is None:
            row.retired_at = timezone.now()
            row.save(update_fields=["retired_at"])
            report.note(FILE, "retired", path)
    return rows


def load_citations(
    sources: Mapping[str, SourceFile], citations: Mapping[str, Iterable[FactCitation]]
) -> None:
    """Store which facts each file cites, and where."""
    for path, found in citations.items():
        source = sources[path]
        wanted = sorted({(each.line, each.slug, each.field) for each in found})
        rows = source.fact_uses.order_by("line", "slug", "field")
        if list(rows.values_list("line", "slug", "field")) == wanted:
            continue
        source.fact_uses.all().delete()
        FactUse.objects.bulk_create(
            FactUse(source=source, line=line, slug=slug, field=field) for line, slug, field in wanted
        )


def load_glossary(tree: ContentTree, report: Report) -> None:
    """Store the terms; one that left the file is retired."""
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
