"""The files that pages show, to rows: only those in use are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from lessons.asset_source import AssetSource
from lessons.models import Asset, AssetPath, Lesson, Module
from lessons.prepare import PreparedLessons
from lessons.report import UNCHANGED, Report
from lessons.signals import still_needed
from lessons.source import ContentTree
from lessons.stored import StoredFiles
from lessons.storing import batches, write_rows


def load_assets(tree: ContentTree, prepared: PreparedLessons, report: Report) -> dict[str, int]:
    """Store what pages point at; return primary keys by content path."""
    used = {path for page in prepared.pages.values() for path in page.assets}
    wanted = {path: prepared.assets[path] for path in sorted(used) if path in prepared.assets}
    rows: dict[str, int] = {}
    for batch in batches(wanted.items()):
        hashes = [source.sha256 for _path, source in batch]
        found = Asset.objects.filter(sha256__in=hashes).values_list("sha256", "name", "pk")
        stored = {(sha256, name): pk for sha256, name, pk in found}
        for path, source in batch:
            pk = stored.get((source.sha256, source.name))
            report.note("asset", "created" if pk is None else UNCHANGED, path)
            rows[path] = stored[source.sha256, source.name] = pk or _create_asset(source).pk
    _load_paths(tree, rows)
    return rows


def clean_assets(report: Report) -> None:
    """Remove what no page shows any more and no path leads to; call when the pages are written."""
    linked = Q(pk__in=Lesson.assets.through.objects.values("asset_id"))
    linked |= Q(pk__in=Module.assets.through.objects.values("asset_id"))
    unused = Asset.objects.filter(paths=None).exclude(linked)
    names = dict(unused.values_list("pk", "name"))
    gone = names.keys() - still_needed(names)
    for batch in batches(sorted(gone)):
        Asset.objects.filter(pk__in=batch).delete()
    for pk in sorted(gone):
        report.note("asset", "retired", names[pk])


def _load_paths(tree: ContentTree, rows: Mapping[str, int]) -> None:
    """Remember where in the tree each lies; a place that nothing points at any more is forgotten.

    Not by an edit made on the site: it would take the image away from whoever wants it back.
    """
    stored = _stored_paths(track.folder for track in tree.tracks)
    write_rows(
        [
            AssetPath(pk=stored.get(path, (None, None))[0], path=path, asset_id=asset)
            for path, asset in rows.items()
            if path not in stored or stored[path][1] != asset
        ]
    )
    is_edit = isinstance(tree.files, StoredFiles)
    gone = [pk for path, (pk, _asset) in stored.items() if path not in rows and not is_edit]
    for batch in batches(gone):
        AssetPath.objects.filter(pk__in=batch).delete()


def _stored_paths(folders: Iterable[str]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for folder in folders:
        rows = AssetPath.objects.filter(path__startswith=folder).values_list("path", "pk", "asset_id")
        found |= {path: (pk, asset) for path, pk, asset in rows if path.startswith(folder)}
    return found


def _create_asset(source: AssetSource) -> Asset:
    return Asset.objects.create(
        sha256=source.sha256,
        name=source.name,
        content_type=source.content_type,
        data=source.read(),
        width=source.width,
        height=source.height,
    )
