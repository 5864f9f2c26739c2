"""Addresses below /learn/: every track, module and lesson has one, and those it had before lead to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from lessons.models import Lesson, Module, Page, Track
from lessons.source import ContentTree
from lessons.storing import store


def load_addresses(tree: ContentTree, lessons: Mapping[str, Lesson]) -> None:
    """Give every track, module and lesson its address; an address that was left redirects to the new one."""
    stored = {row.path: row for row in Page.objects.for_reading()}
    slugs = [track.slug for track in tree.tracks]
    targets: dict[str, dict[str, Any]] = {}
    for track in Track.objects.filter(slug__in=slugs):
        targets[track.slug] = {"track_id": track.pk, "module_id": None, "lesson_id": None}
    for module in Module.objects.filter(track__slug__in=slugs).order_by(
        F("retired_at").asc(nulls_first=True)
    ):
        # Pages at the top of a track form a module at the track's address: the track's page is for both.
        targets.setdefault(module.path, {"track_id": None, "module_id": module.pk, "lesson_id": None})
    for lesson in Lesson.objects.filter(track__slug__in=slugs, retired_at=None):
        targets[lesson.path] = {"track_id": None, "module_id": None, "lesson_id": lesson.pk}
    for path, target in targets.items():
        store(stored.get(path) or Page(), {"path": path, **target, "is_current": True})
    for path, row in stored.items():
        in_scope = path.split("/")[0] in slugs and row.track_id is None
        if in_scope and path not in targets and row.is_current and row.target.retired_at is None:
            row.is_current = False
            row.save(update_fields=["is_current"])
    _load_aliases(tree, lessons, {**stored, **dict.fromkeys(targets)})


def _load_aliases(tree: ContentTree, lessons: Mapping[str, Lesson], taken: Mapping[str, object]) -> None:
    """An alias of a page is an old address of it, below its track."""
    for page in tree.pages():
        lesson = lessons.get(page.path)
        if lesson is None:
            continue
        for alias in page.meta.aliases:
            track = page.url_path.split("/")[0]
            old = alias.strip("/")
            path = old if old.startswith(f"{track}/") else f"{track}/{old}"
            if path not in taken:
                Page.objects.get_or_create(path=path, defaults={"lesson": lesson, "is_current": False})
