"""Keys that pass from one stored row to another, as when files are numbered anew."""

from __future__ import annotations

from collections.abc import Mapping

from lessons.matching import Matches
from lessons.models import Lesson, Module


def free_keys(model: type[Module] | type[Lesson], matches: Matches, wanted: Mapping[str, str]) -> None:
    """Have no row hold a key that another row is about to take; to be called before any is written.

    ``wanted`` are the keys of pages by content path, or of modules by folder. What moves on is written with
    its own key afterwards. What leaves keeps the key it gets here: an id that an author may write to have it
    back. The text at its place is another's from now on.
    """
    holders = {row.key: row.pk for row in (*matches.rows.values(), *matches.leaving)}
    for path, key in wanted.items():
        known, holder = matches.rows.get(path), holders.get(key)
        if holder is not None and (known is None or known.pk != holder):
            length = model._meta.get_field("key").max_length or 0
            suffix = f"~{holder}"
            freed = key[: length - len(suffix)] + suffix
            model._default_manager.filter(pk=holder).update(key=freed, source=None)
