"""From the parameters of an address to filters: what cannot be used is reported and the rest is kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.facets.definitions import FACETS, FITS, RANGES, RangeFacet
from catalog.facets.filters import DEFAULT_SCORE, DEFAULT_SORT, Bounds, Filters
from catalog.formats import tokens as write_tokens
from catalog.problems import did_you_mean

MAX_TEXT = 200
MAX_TOKENS = 10**7
_LARGEST = Decimal(10**12)
_STEPS = {"": 1, "k": 1024, "m": 1024**2}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may be asked for: values by facet, machines, quantizations, benchmarks with results, columns."""

    values: Mapping[str, Collection[str]]
    machines: Collection[str] = ()
    quantizations: Collection[str] = ()
    benchmarks: Collection[str] = ()
    columns: Collection[str] = ()


@dataclass(slots=True)
class Asked:
    """Filters, with what could not be used: ``errors`` by parameter, and parameters that do not exist."""

    filters: Filters = field(default_factory=Filters)
    errors: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def refuse(self, parameter: str, sentence: str) -> None:
        """Note that the value of a parameter was not used, and why."""
        self.errors.append((parameter, sentence))


def read_filters(params: QueryDict, known: Vocabulary) -> Asked:
    """Read filters from the parameters of an address."""
    asked = Asked()
    machine = _read_one(asked, params, "machine", known.machines, "")
    asked.filters = Filters(
        text=_read_text(asked, params),
        chosen=_read_facets(asked, params, known, has_machine=bool(machine)),
        ranges={key: bounds for key, bounds in _read_ranges(asked, params) if bounds},
        machine=machine,
        tokens=_read_tokens(asked, params),
        quantization=_read_one(asked, params, "quantization", known.quantizations, Filters().quantization),
        score=_read_one(asked, params, "score", known.benchmarks, _default_score(known.benchmarks)),
        sort=_read_sort(asked, params, known.columns),
        page=_read_page(asked, params),
    )
    asked.unknown = sorted(set(params) - set(parameters()))
    return asked


def parameters() -> list[str]:
    """Return every parameter there is, in canonical order."""
    keys = ["q", *(facet.key for facet in (FITS, *FACETS))]
    for facet in RANGES:
        keys += [facet.low_key, facet.high_key] if facet.has_max else [facet.low_key]
    return [*keys, "machine", "tokens", "quantization", "score", "sort", "page"]


def _default_score(benchmarks: Collection[str]) -> str:
    """Return the benchmark shown unless asked otherwise, or nothing where no result is held at all."""
    return DEFAULT_SCORE if DEFAULT_SCORE in benchmarks or not benchmarks else next(iter(benchmarks))


def _read_text(asked: Asked, params: QueryDict) -> str:
    text = " ".join(params.get("q", "").replace("\0", " ").split())
    if len(text) > MAX_TEXT:
        asked.refuse("q", _("Only the first %(count)d characters were sought.") % {"count": MAX_TEXT})
    return text[:MAX_TEXT].strip()


def _read_facets(
    asked: Asked, params: QueryDict, known: Vocabulary, *, has_machine: bool
) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    for facet in (FITS, *FACETS):
        wanted = {value for value in params.getlist(facet.key) if value}
        if facet is FITS and wanted and not has_machine:
            asked.refuse(facet.key, _("Choose a machine to see what fits it."))
            continue
        values = known.values.get(facet.key, ())
        for value in sorted(wanted.difference(values)):
            asked.refuse(facet.key, _not_there(str(facet.chip_label), value, values))
        if found := tuple(value for value in values if value in wanted):
            chosen[facet.key] = found
    return chosen


def _not_there(label: str, value: str, values: Iterable[str]) -> str:
    """Say that a facet has no such value, and which one may be meant."""
    sentence = _("“%(value)s” is not a value of “%(label)s”, so it was left out.") % {
        "value": value[:60],
        "label": label,
    }
    return f"{sentence} {did_you_mean(value[:60], values)}".strip()


def _read_ranges(asked: Asked, params: QueryDict) -> Iterable[tuple[str, Bounds]]:
    for facet in RANGES:
        bounds = Bounds(
            _read_number(asked, params, facet, facet.low_key),
            _read_number(asked, params, facet, facet.high_key) if facet.has_max else None,
        )
        if bounds.low is not None and bounds.high is not None and bounds.low > bounds.high:
            sentence = _("The lowest value is above the highest, so neither was used.")
            asked.refuse(facet.low_key, f"{facet.label}: {sentence}")
            continue
        yield facet.key, bounds


def _read_number(asked: Asked, params: QueryDict, facet: RangeFacet, parameter: str) -> Decimal | None:
    """Read one end of a range; 128k and 1M mean 1024 and 1024² where the figure counts tokens."""
    text = params.get(parameter, "").strip()
    if not text:
        return None
    number = _parse_steps(text) if facet.unit == 1 else _parse_decimal(text)
    if number is None:
        example = "128k" if facet.unit == 1 else "7.5"
        sentence = _("“%(value)s” is not a number such as %(example)s, so it was left out.") % {
            "value": text[:60],
            "example": example,
        }
        asked.refuse(parameter, f"{facet.label}: {sentence}")
    return number


def _parse_decimal(text: str) -> Decimal | None:
    """Return a number from 0 to 10¹² with at most nine decimals, else None; underscores and NaN are none."""
    if not re.fullmatch(r"\d{1,13}(\.\d{1,9})?", text, re.ASCII):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number <= _LARGEST else None


def _parse_steps(text: str) -> Decimal | None:
    """Return a number of tokens typed as 131072, 128k or 1M, else None."""
    match = re.fullmatch(r"(\d{1,9})([kKmM]?)", text, re.ASCII)
    return Decimal(int(match[1]) * _STEPS[match[2].lower()]) if match else None


def _read_one(asked: Asked, params: QueryDict, parameter: str, values: Collection[str], default: str) -> str:
    """Read a parameter that has one of several values."""
    value = params.get(parameter, "")
    if not value or value == default:
        return default
    if value not in values:
        asked.refuse(parameter, _not_there(parameter, value, values))
        return default
    return value


def _read_tokens(asked: Asked, params: QueryDict) -> int:
    """Read the context that memory is computed for."""
    text = params.get("tokens", "").strip()
    default = Filters().tokens
    if not text:
        return default
    number = _parse_steps(text)
    if number is None or not 1 <= number <= MAX_TOKENS:
        sentence = _("“%(value)s” is not a number of tokens, so memory is shown for %(default)s.")
        asked.refuse("tokens", sentence % {"value": text[:60], "default": write_tokens(default)})
        return default
    return int(number)


def _read_sort(asked: Asked, params: QueryDict, columns: Collection[str]) -> str:
    value = params.get("sort", "")
    if not value:
        return DEFAULT_SORT
    if value.removeprefix("-") not in columns:
        asked.refuse("sort", _not_there("sort", value, columns))
        return DEFAULT_SORT
    return value


def _read_page(asked: Asked, params: QueryDict) -> int:
    text = params.get("page", "").strip()
    if not text:
        return 1
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or int(text) < 1:
        sentence = _("“%(value)s” is not a page, so the first one is shown.")
        asked.refuse("page", sentence % {"value": text[:60]})
        return 1
    return int(text)
