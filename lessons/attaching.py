"""What hangs on modules and lessons in tables of its own: sections, assets, concepts. Many rows at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lessons.models import Lesson, Module, Section
from lessons.signals import still_needed
from lessons.storing import BATCH, set_links
from lessons.values import Attached

_SECTION = ("position", "anchor", "title", "heading_level", "text")


def attach(model: type[Module] | type[Lesson], wanted: Mapping[int, Attached]) -> None:
    """Give each row, by primary key, the sections, assets and concepts wanted."""
    if not wanted:
        return
    owner = f"{model._meta.model_name}_id"
    kept = _needed_of_unlinked(model, {pk: each.assets for pk, each in wanted.items()})
    assets = {pk: each.assets | kept.get(pk, set()) for pk, each in wanted.items()}
    set_links(model.assets.through, owner, "asset_id", assets)
    if model is Lesson:
        concepts = {pk: each.concepts for pk, each in wanted.items()}
        set_links(Lesson.concepts.through, owner, "glossaryterm_id", concepts)
        Section.objects.filter(lesson_id__in=list(wanted)).delete()
        Section.objects.bulk_create(
            (
                Section(lesson_id=pk, **dict(zip(_SECTION, values, strict=True)))
                for pk, each in wanted.items()
                for values in each.sections
            ),
            batch_size=BATCH,
        )


def detach_assets(model: type[Module] | type[Lesson], pks: Collection[int]) -> None:
    """Take the assets away from rows that were retired, but for those an app above still shows."""
    nothing: dict[int, set[int]] = {pk: set() for pk in pks}
    kept = nothing | _needed_of_unlinked(model, nothing)
    set_links(model.assets.through, f"{model._meta.model_name}_id", "asset_id", kept)


def _needed_of_unlinked(
    model: type[Module] | type[Lesson], wanted: Mapping[int, set[int]]
) -> dict[int, set[int]]:
    """Return, by row, the assets that it stops showing while an app above still does."""
    owner = f"{model._meta.model_name}_id"
    links = model.assets.through._default_manager.filter(**{f"{owner}__in": list(wanted)})
    unlinked = [(pk, asset) for pk, asset in links.values_list(owner, "asset_id") if asset not in wanted[pk]]
    needed = still_needed({asset for _pk, asset in unlinked})
    found: dict[int, set[int]] = {}
    for pk, asset in unlinked:
        if asset in needed:
            found.setdefault(pk, set()).add(asset)
    return found
