"""The files that pages show, to rows: only those in use are kept."""

from __future__ import annotations

from collections.abc import Mapping

from lessons.models import Asset, AssetPath
from lessons.prepare import AssetSource, PreparedLessons
from lessons.report import Report
from lessons.storing import store


def load_assets(prepared: PreparedLessons, report: Report) -> dict[str, Asset]:
    """Store what pages point at; return the rows by content path."""
    used = {path for page in prepared.pages.values() for path in page.rendered.assets}
    wanted = {path: prepared.assets[path] for path in sorted(used) if path in prepared.assets}
    stored = {
        (row.sha256, row.name): row
        for row in Asset.objects.filter(sha256__in={each.sha256 for each in wanted.values()}).defer("data")
    }
    rows: dict[str, Asset] = {}
    for path, source in wanted.items():
        row = stored.get((source.sha256, source.name))
        if row is None:
            row = _create_asset(source)
            stored[source.sha256, source.name] = row
            report.note("asset", "created", path)
        else:
            report.note("asset", "unchanged", path)
        rows[path] = row
    _load_asset_paths(rows)
    return rows


def _load_asset_paths(rows: Mapping[str, Asset]) -> None:
    stored = {row.path: row for row in AssetPath.objects.filter(path__in=rows)}
    for path, asset in rows.items():
        store(stored.get(path) or AssetPath(), {"path": path, "asset_id": asset.pk})


def _create_asset(source: AssetSource) -> Asset:
    return Asset.objects.create(
        sha256=source.sha256,
        name=source.name,
        content_type=source.content_type,
        data=source.data,
        width=source.width,
        height=source.height,
    )
