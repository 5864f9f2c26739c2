"""Texts, the facts they cite and the glossary, to rows."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.db.models import F, Q
from django.utils import timezone

from lessons.glossary import FILE_NAME as GLOSSARY_NAME
from lessons.models import FactUse, GlossaryTerm, Lesson, Module, ReplacedText, SourceFile
from lessons.rendering import FactCitation
from lessons.report import FILE, UNCHANGED, Report
from lessons.source import ContentTree
from lessons.storing import BATCH, batches, store, write_rows


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Stored:
    """A stored text but for the text itself."""

    pk: int
    path: str
    text_hash: str
    loaded_hash: str
    is_retired: bool
    edited_by_id: int | None
    edited_at: datetime | None

    @property
    def is_edited_here(self) -> bool:
        return self.text_hash != self.loaded_hash


def load_sources(tree: ContentTree, report: Report, loaded_hashes: Mapping[str, str]) -> dict[str, int]:
    """Store the text of every file of a tree; return primary keys by path.

    A file that was renamed and not changed stays the row it was. A text edited on the site that another takes
    the place of is kept as ``ReplacedText``. What a file was last loaded with is no part of the site:
    where it alone differs it is written and not reported.
    """
    stored = _stored_in(tree)
    hashes = {path: digest(text) for path, text in tree.texts.items()}
    renamed = _renamed(stored, hashes)
    pks: dict[str, int] = {}
    for batch in batches(tree.texts.items()):
        rows: list[SourceFile] = []
        replaced: list[int] = []
        for path, text in batch:
            known = stored.get(path) or renamed.get(path)
            wanted = hashes[path]
            loaded = loaded_hashes.get(path, wanted)
            report.note(FILE, _action(known, path, wanted), path)
            if known is not None:
                pks[path] = known.pk
                if _is_as_wanted(known, path, wanted, loaded):
                    continue
                if known.is_edited_here and known.text_hash != wanted and not known.is_retired:
                    replaced.append(known.pk)
            rows.append(_row(known, path, text, wanted, loaded))
        _keep_replaced(replaced)
        write_rows(rows)
        pks |= {row.path: row.pk for row in rows}
    moved = {known.pk for known in renamed.values()}
    _retire([known for path, known in stored.items() if path not in hashes and known.pk not in moved], report)
    return pks


def _stored_in(tree: ContentTree) -> dict[str, _Stored]:
    """Return the texts of the loaded tracks and of the root, without the texts."""
    folders = tuple(track.folder for track in tree.tracks)
    scope = Q(path__in=[path for path in (*tree.texts, GLOSSARY_NAME) if "/" not in path])
    for folder in folders:
        scope |= Q(path__startswith=folder)
    columns = ("pk", "path", "text_hash", "loaded_hash", "retired_at", "edited_by_id", "edited_at")
    found: dict[str, _Stored] = {}
    for pk, path, text_hash, loaded_hash, retired_at, by, at in (
        SourceFile.objects.filter(scope).order_by("path").values_list(*columns).iterator()
    ):
        # LIKE knows no case in SQLite.
        if path.startswith(folders) or "/" not in path:
            found[path] = _Stored(pk, path, text_hash, loaded_hash, retired_at is not None, by, at)
    return found


def _renamed(stored: Mapping[str, _Stored], hashes: Mapping[str, str]) -> dict[str, _Stored]:
    """Return by new path the row whose text lies there now, where no doubt is left which it is."""
    left: dict[tuple[str, str], list[_Stored]] = defaultdict(list)
    for path, known in stored.items():
        if path not in hashes and not known.is_retired:
            left[known.text_hash, _kind_of(path)].append(known)
    came: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, text_hash in hashes.items():
        if path not in stored:
            came[text_hash, _kind_of(path)].append(path)
    return {paths[0]: left[key][0] for key, paths in came.items() if len(paths) == len(left[key]) == 1}


def _kind_of(path: str) -> str:
    return "".join(PurePosixPath(path).suffixes[-2:])


def _action(known: _Stored | None, path: str, text_hash: str) -> str:
    if known is None:
        return "created"
    same = (known.path, known.text_hash, known.is_retired) == (path, text_hash, False)
    return UNCHANGED if same else "updated"


def _is_as_wanted(known: _Stored, path: str, text_hash: str, loaded_hash: str) -> bool:
    stored = (known.path, known.text_hash, known.loaded_hash, known.is_retired)
    return stored == (path, text_hash, loaded_hash, False)


def _row(known: _Stored | None, path: str, text: str, text_hash: str, loaded_hash: str) -> SourceFile:
    edited = known if known is not None and text_hash != loaded_hash else None
    return SourceFile(
        pk=known.pk if known else None,
        path=path,
        text=text,
        text_hash=text_hash,
        loaded_hash=loaded_hash,
        edited_by_id=edited.edited_by_id if edited else None,
        edited_at=edited.edited_at if edited else None,
    )


def _keep_replaced(pks: Iterable[int]) -> None:
    """Keep what was written on the site before it is overwritten or its file leaves."""
    ReplacedText.objects.bulk_create(
        ReplacedText(source_id=row.pk, text=row.text, edited_by_id=row.edited_by_id, edited_at=row.edited_at)
        for row in SourceFile.objects.filter(pk__in=list(pks))
    )


def _retire(rows: Iterable[_Stored], report: Report) -> None:
    for batch in batches(row for row in rows if not row.is_retired):
        _keep_replaced(row.pk for row in batch if row.is_edited_here)
        pks = [row.pk for row in batch]
        # An edit of a file that left is kept above; should the file come back, it is loaded as it is.
        SourceFile.objects.filter(pk__in=pks).update(
            retired_at=timezone.now(), loaded_hash=F("text_hash"), edited_by=None, edited_at=None
        )
        FactUse.objects.filter(source__in=pks).delete()
        for model in (Module, Lesson):
            pages = model._default_manager.filter(source__in=pks, retired_at=None)
            report.left_files.update(pages.values_list("source__path", flat=True))
        for row in batch:
            report.note(FILE, "retired", row.path)


def load_citations(sources: Mapping[str, int], citations: Mapping[str, Iterable[FactCitation]]) -> None:
    """Store which facts each file cites, and where; those of a file that cites none any more go."""
    wanted: dict[int, list[tuple[int, str, str]]] = {pk: [] for pk in sources.values()}
    for path, found in citations.items():
        wanted[sources[path]] = sorted({(each.line, each.slug, each.field) for each in found})
    stored: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    uses = FactUse.objects.order_by("source", "line", "slug", "field")
    for pk, line, slug, field in uses.values_list("source", "line", "slug", "field").iterator():
        stored[pk].append((line, slug, field))
    for batch in batches(pk for pk, found in wanted.items() if stored[pk] != found):
        FactUse.objects.filter(source__in=batch).delete()
        FactUse.objects.bulk_create(
            (
                FactUse(source_id=pk, line=line, slug=slug, field=field)
                for pk in batch
                for line, slug, field in wanted[pk]
            ),
            batch_size=BATCH,
        )


def load_glossary(tree: ContentTree, report: Report) -> None:
    """Store the terms; one that left the file is retired, and all are when a whole root has no glossary."""
    if not tree.has_glossary and tree.files.prefix:
        return  # a single track: the glossary is the site's
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
