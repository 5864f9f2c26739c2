"""Numbers as people read them: 8.03B, 128k, 6.1 GiB. Plain functions, used by pages and figures alike."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils.formats import date_format, number_format

GB = 10**9
GIB = 2**30

_SCALES = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "k"))


def significant(value: float, digits: int = 3) -> str:
    """Return a positive number rounded to so many significant digits, without trailing zeros."""
    if value == 0:
        return "0"
    rounded = Decimal(repr(float(f"{value:.{digits}g}")))
    text = format(rounded.normalize(), "f")
    return number_format(Decimal(text), decimal_pos=len(text.partition(".")[2]))


def compact(count: int) -> str:
    """Return a count as 494M, 8.03B or 1.04T: three significant digits, decimal steps."""
    for size, letter in _SCALES:
        # 999.6 million is 1B once rounded, not 1000M.
        if count >= size * 0.9995:
            return f"{significant(count / size)}{letter}"
    return str(count)


def tokens(count: int) -> str:
    """Return a number of tokens as makers write it: 131072 is 128k, 200000 is 200k, 1048576 is 1M."""
    for step in (1024, 1000):
        if count >= step**2 and count % step**2 == 0:
            return f"{count // step**2}M"
        if count >= step and count % step == 0:
            return f"{count // step}k"
    return number_format(count, force_grouping=True)


def gib(size_bytes: float) -> str:
    """Return bytes in GiB (2³⁰): two decimals below 10, one below 100, none above."""
    return _decimals(size_bytes / GIB)


def gb(size_bytes: float) -> str:
    """Return bytes in GB (10⁹): two decimals below 10, one below 100, none above."""
    return _decimals(size_bytes / GB)


def _decimals(value: float) -> str:
    places = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return number_format(Decimal(f"{value:.{places}f}"), decimal_pos=places, force_grouping=True)


def month(day: datetime.date) -> str:
    """Return a date as month and year: Jul 2024."""
    return date_format(day, "M Y")


def score(value: Decimal | float) -> str:
    """Return a result with at most three decimals, and at least one where it is a percentage or a grade."""
    text = format(Decimal(str(value)).quantize(Decimal("0.001")).normalize(), "f")
    places = len(text.partition(".")[2])
    # Ratings are whole numbers; below 100 columns line up only with a decimal.
    return number_format(Decimal(text), decimal_pos=max(places, 1 if abs(float(value)) < 100 else 0))


def short_benchmark(name: str) -> str:
    """Return a benchmark's name as a column heading has room for: *Chatbot Arena (LMArena)* is *Arena*."""
    return name.partition(" (")[0].removeprefix("Chatbot ")
