"""How templates write the catalog's figures and addresses."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog import formats
from catalog.facets import Filters
from catalog.models import LicenseAnswer
from catalog.reporters import Stake
from catalog.shapes import ICONS, MARKS, mark_name

register = template.Library()

WORD_JOINER = "\u2060"
"""Keeps a line from breaking before what follows."""


@register.simple_tag
def models_url(query: str = "", name: str = "checkpoint_list") -> str:
    """Return the address of the list (or of its data, by route name) for a canonical query string."""
    path = reverse(f"catalog:{name}")
    return f"{path}?{query}" if query else path


@register.filter
def compact(count: int | None) -> str:
    """Write a count as 494M, 8.03B or 1.04T; nothing for what is not known."""
    return "" if count is None else formats.compact(count)


@register.filter
def tokens(count: int | None) -> str:
    """Write a number of tokens as 8k or 1M; nothing for what is not known."""
    return "" if count is None else formats.tokens(count)


@register.filter
def gib(size_bytes: float | None) -> str:
    """Write bytes in GiB, without the unit; nothing for what is not known."""
    return "" if size_bytes is None else formats.gib(size_bytes)


@register.filter
def gb(size_bytes: float | None) -> str:
    """Write bytes in GB, without the unit; nothing for what is not known."""
    return "" if size_bytes is None else formats.gb(size_bytes)


@register.filter
def month(day: datetime.date | None) -> str:
    """Write a date as month and year; nothing for what is not known."""
    return "" if day is None else formats.month(day)


@register.filter
def score(value: Decimal | None) -> str:
    """Write a result as published; nothing where there is none."""
    return "" if value is None else formats.score(value)


@register.filter
def mark(family_slug: str) -> str:
    """Return the name of a family's mark."""
    return mark_name(family_slug)


@register.filter
def mark_path(name: str) -> str:
    """Return the outline of a mark, in a box of 12."""
    return MARKS[name]


@register.filter
def icon_path(name: str) -> str:
    """Return the lines of an icon of an answer, in a box of 16."""
    return ICONS[name]


@register.filter
def short_name(benchmark: str) -> str:
    """Write a benchmark's name as a heading has room for."""
    return formats.short_benchmark(benchmark)


@register.filter
def intcomma(count: int | None) -> str:
    """Write an integer with its thousands apart; nothing for what is not known."""
    return "" if count is None else number_format(count, force_grouping=True)


@register.simple_tag
def letter(stake: Stake, legend: str) -> SafeString:
    """Return the letter that says who reported a score, as a link to the legend with this id.

    A tag and not a fragment: the comma that follows must touch it.
    """
    return format_html(
        '<a class="src" href="#{}" title="{}">{}<span class="vh">: {}</span></a>',
        legend,
        capfirst(str(stake.said)),
        stake.letter,
        stake.said,
    )


@register.simple_tag
def refs(*numbers: int) -> SafeString:
    """Return numbers of sources as links to the list of them; they stay on the line of what they follow."""
    links = ((number, _("source"), number) for number in numbers)
    html = '<a class="src" href="#source-{}"><span class="vh">{} </span>{}</a>'
    return format_html("{}{}", WORD_JOINER if numbers else "", format_html_join(WORD_JOINER, html, links))


@register.simple_tag
def refs_to(numbers: Iterable[int]) -> SafeString:
    """Return several numbers of sources as links: see ``refs``."""
    return refs(*numbers)


@register.simple_tag
def page_url(filters: Filters, number: int) -> str:
    """Return the address of one page of the list."""
    return models_url(filters.but(page=number).query)


@register.filter
def answer_to(answers: Mapping[str, LicenseAnswer], question: str) -> LicenseAnswer | None:
    """Return the answer to one question of a license, or None where there is none."""
    return answers.get(question)
