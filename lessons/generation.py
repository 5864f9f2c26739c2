"""The site's generation: it grows with every load that changes something, and finished pages are of one."""

from __future__ import annotations

from lessons.models import Generation


def current_generation() -> int:
    """Return the number of the last load that changed something; 0 before the first. One query."""
    return Generation.objects.filter(pk=1).values_list("number", flat=True).first() or 0
