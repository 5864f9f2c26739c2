"""The site's generation: it grows with every load that changes something, and finished pages are of one."""

from __future__ import annotations

from lessons.models import Generation


def current_generation() -> int:
    """Return the number of the last load that changed something; 0 before the first. One query."""
    return Generation.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def lock_generation() -> int:
    """Return the generation, and keep every other load waiting until this transaction ends.

    Before the first load there is no row to lock: the insert makes a second first load wait just the same.
    """
    locked = Generation.objects.select_for_update().filter(pk=1).values_list("number", flat=True)
    number = locked.first()
    if number is None:
        Generation.objects.bulk_create([Generation(pk=1)], ignore_conflicts=True)
        number = locked.get()
    return number


def raise_generation() -> int:
    """Count a load that changed something, in its transaction; return the new number."""
    row = Generation.objects.get(pk=1)
    row.number += 1
    row.save()
    return row.number
