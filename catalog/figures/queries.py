"""Queries inside lessons: written as for ``/models/``, on any number of lines, each fault in its place.

A page of the catalog forgives a query it cannot use; a lesson is refused, so that a slip does not stay.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.facets import FACETS, FITS, RANGES, Vocabulary, read_filters
from catalog.facets.reading import MAX_TEXT, parameters
from catalog.problems import did_you_mean

NARROWING = frozenset(parameters()) - {"machine", "tokens", "quantization", "score", "sort", "page", FITS.key}
"""Parameters that choose rows, whatever is shown of them."""

LISTED = 8
"""A remedy names the values that are possible where there are no more than these."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as written (``raw``), and in which line of the text, counted from 0."""

    key: str
    value: str
    raw: str
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a query; ``parameter`` is None where something is missing, ``at_key`` its half."""

    parameter: Parameter | None
    message: str
    remedy: str = ""
    at_key: bool = False

    def __str__(self) -> str:
        return f"{self.message}. {self.remedy}".strip()


def parameters_of(text: str) -> list[Parameter]:
    """Read a query; an address copied from the list, or its part behind the question mark, will do too."""
    found = []
    for number, line in enumerate(text.split("\n")):
        query = line.partition("?")[2] if "/models/?" in line or line.lstrip().startswith("?") else line
        for raw in filter(None, (part.strip() for part in query.split("&"))):
            key, _equals, value = raw.partition("=")
            found.append(Parameter(unquote_plus(key).strip(), unquote_plus(value).strip(), raw, number))
    return found


def as_query(written: Iterable[Parameter]) -> QueryDict:
    """Return parameters as an address would give them."""
    query = QueryDict(mutable=True)
    for parameter in written:
        query.appendlist(parameter.key, parameter.value)
    return query


def faults_of(
    written: Collection[Parameter], known: Vocabulary, allowed: Collection[str], own: Collection[str] = ()
) -> Iterator[Fault]:
    """Yield what a catalog cannot answer. ``own`` are further parameters, which the caller checks."""
    choices = _choices(known)
    for one in written:
        if one.key in own:
            continue
        if one.key not in allowed:
            message = _("there is no parameter '%(name)s' here") % {"name": one.key}
            yield Fault(one, message, _hint(one.key, [*allowed, *own]), at_key=True)
        elif one.value and (values := choices.get(one.key)) is not None:
            wanted = one.value.removeprefix("-") if one.key == "sort" else one.value
            if wanted not in values:
                message = _("'%(key)s' has no value '%(value)s'") % {"key": one.key, "value": one.value[:60]}
                yield Fault(one, message, _hint(wanted, values))
        elif one.key == "q" and len(one.value) > MAX_TEXT:
            yield Fault(one, _("longer than %(limit)d characters") % {"limit": MAX_TEXT})
        elif one.key not in choices and _is_refused([one]):
            message = _("'%(value)s' is no number for '%(key)s'") % {"key": one.key, "value": one.value[:60]}
            example = "128k" if one.key in {"tokens", "context_min"} else "7.5"
            yield Fault(one, message, _("Write one such as %(example)s.") % {"example": example})
    yield from _faults_between(written)


def _choices(known: Vocabulary) -> dict[str, Collection[str]]:
    """Return the values of every parameter that has some to choose from."""
    choices = {facet.key: known.values.get(facet.key, ()) for facet in (FITS, *FACETS)}
    return choices | {
        "machine": known.machines,
        "quantization": known.quantizations,
        "score": known.benchmarks,
        "sort": known.columns,
    }


def _hint(wrong: str, known: Collection[str]) -> str:
    if hint := did_you_mean(wrong, known):
        return hint
    if 0 < len(known) <= LISTED:
        return _("Write one of %(values)s.") % {"values": ", ".join(known)}
    return _("Choose on /models/ and copy what stands behind the question mark.")


def _faults_between(written: Iterable[Parameter]) -> Iterator[Fault]:
    """Yield faults of parameters that are sound, each by itself."""
    by_key = {one.key: one for one in written if one.value}
    if FITS.key in by_key and "machine" not in by_key:
        remedy = _("Name a machine too, as in 'machine=rtx-4090'.")
        yield Fault(by_key[FITS.key], _("'fits' without a machine"), remedy)
    for facet in RANGES:
        ends = [by_key[key] for key in (facet.low_key, facet.high_key) if key in by_key]
        if _is_refused(ends) and not any(_is_refused([end]) for end in ends):
            yield Fault(ends[-1], _("the highest value is below the lowest"), _("Exchange the two."))


def _is_refused(numbers: Iterable[Parameter]) -> bool:
    return bool(read_filters(as_query(numbers), Vocabulary({})).errors)
