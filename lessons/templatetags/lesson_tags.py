"""Small helps for pages that show lessons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from lessons.models import Lesson
from lessons.ordering import has_own_number

register = template.Library()


@register.filter
def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping holds under a key, or None."""
    return mapping.get(key) if isinstance(mapping, Mapping) else None


@register.filter
def beside(number: int, title: str) -> str:
    """Return the number to show before a title; empty where the title begins with one of its own."""
    return "" if has_own_number(title, number) else str(number)


@register.filter
def stored_html(html: str) -> SafeString:
    """Show HTML that was rendered and sanitized when its content was loaded."""
    # Safe: lessons.rendering.sanitize made it, and nothing else writes these fields.
    return mark_safe(html)  # noqa: S308


@register.simple_tag
def lessons_citing(slug: str) -> list[Lesson]:
    """Return the published lessons whose text cites a checkpoint, in the order of the course; one query."""
    return list(Lesson.objects.citing(slug).select_related("module"))


@register.filter
def hours(minutes: int) -> str:
    """Return minutes as "3 h 16 min"."""
    whole, rest = divmod(int(minutes), 60)
    return f"{whole} h {rest} min" if whole else f"{rest} min"
