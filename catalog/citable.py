"""The fields of a checkpoint that lessons and questions can cite, and how each is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.memory import Architecture, bytes_per_token, weights

KIB, GB, GIB = 2**10, 10**9, 2**30


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a group of figures was read."""

    title: str
    url: str
    seen: date


@dataclass(frozen=True, slots=True)
class Subject:
    """A checkpoint as facts see it: its figures, the names around it, and its sources by group."""

    slug: str
    figures: Any
    family: str
    organization: str
    license: str | None
    sources: Mapping[str, Cited]

    @property
    def shape(self) -> Architecture | None:
        """Return what memory is computed from, where it is known."""
        return Architecture.from_figures(self.figures)


@dataclass(frozen=True, slots=True)
class Field:
    """A citable field: its label, the group whose source it shares, and how it is written."""

    label: Promise
    group: str
    write: Callable[[Subject], str | None]
    unit: Promise | str = ""


def large_number(count: int) -> str:
    """Return a count to three significant digits in words: 46.7 billion."""
    for size, words in (
        (10**12, _("%(number)s trillion")),
        (10**9, _("%(number)s billion")),
        (10**6, _("%(number)s million")),
    ):
        if count >= size * 0.9995:
            return words % {"number": f"{float(f'{count / size:.3g}'):g}"}
    return f"{count:,}"


def _count(*names: str) -> Callable[[Subject], str | None]:
    """Write the first of these figures that is known, as a plain number."""

    def write(subject: Subject) -> str | None:
        for name in names:
            if (value := getattr(subject.figures, name)) is not None:
                return f"{value:,}"
        return None

    return write


def _large(name: str) -> Callable[[Subject], str | None]:
    def write(subject: Subject) -> str | None:
        value = getattr(subject.figures, name)
        return None if value is None else large_number(value)

    return write


def _tokens(name: str) -> Callable[[Subject], str | None]:
    def write(subject: Subject) -> str | None:
        value = getattr(subject.figures, name)
        return None if value is None else _("%(count)s tokens") % {"count": f"{value:,}"}

    return write


def _released(subject: Subject) -> str | None:
    return date_format(subject.figures.released, "j F Y") if subject.figures.released else None


def _weights(quantization: str) -> Callable[[Subject], str | None]:
    def write(subject: Subject) -> str | None:
        figures = subject.figures
        need = weights(
            figures.parameters,
            subject.shape,
            quantization,
            active_parameters=figures.active_parameters,
            vision_parameters=figures.vision_parameters or 0,
        )
        if need.is_exact:
            return f"{need.bytes / GB:.1f} GB ({need.bytes / GIB:.1f} GiB)"
        return f"{need.low / GB:.1f}–{need.high / GB:.1f} GB"

    return write


def _kv_per_token(subject: Subject) -> str | None:
    shape = subject.shape
    return None if shape is None else f"{bytes_per_token(shape) / KIB:,.4g} KiB"


FIELDS: dict[str, Field] = {
    "name": Field(gettext_lazy("name"), "parameters", lambda subject: str(subject.figures.name)),
    "family": Field(gettext_lazy("family"), "parameters", lambda subject: subject.family),
    "organization": Field(gettext_lazy("organization"), "parameters", lambda subject: subject.organization),
    "released": Field(gettext_lazy("release date"), "release", _released),
    "license": Field(gettext_lazy("license"), "license", lambda subject: subject.license),
    "params": Field(
        gettext_lazy("parameters"), "parameters", _large("parameters"), gettext_lazy("parameters")
    ),
    "active": Field(
        gettext_lazy("active parameters"),
        "active-parameters",
        _large("active_parameters"),
        gettext_lazy("parameters"),
    ),
    "context": Field(gettext_lazy("context"), "context", _tokens("context_tokens"), gettext_lazy("tokens")),
    "window": Field(gettext_lazy("window"), "architecture", _tokens("window"), gettext_lazy("tokens")),
    "layers": Field(gettext_lazy("layers"), "architecture", _count("layers")),
    "hidden": Field(gettext_lazy("hidden size"), "architecture", _count("hidden")),
    "heads": Field(gettext_lazy("query heads"), "architecture", _count("heads")),
    "kv_heads": Field(gettext_lazy("key-value heads"), "architecture", _count("kv_heads")),
    "head_dim": Field(gettext_lazy("head dimension"), "architecture", _count("head_dim")),
    "feed_forward": Field(
        gettext_lazy("feed-forward width"), "architecture", _count("feed_forward", "expert_feed_forward")
    ),
    "vocabulary": Field(gettext_lazy("vocabulary"), "architecture", _count("vocabulary")),
    "experts": Field(gettext_lazy("experts"), "architecture", _count("experts")),
    "experts_per_token": Field(
        gettext_lazy("experts per token"), "architecture", _count("experts_per_token")
    ),
    "weights_f16": Field(gettext_lazy("weights at F16"), "architecture", _weights("F16"), "GB"),
    "weights_q8_0": Field(gettext_lazy("weights at Q8_0"), "architecture", _weights("Q8_0"), "GB"),
    "weights_q4_k_m": Field(gettext_lazy("weights at Q4_K_M"), "architecture", _weights("Q4_K_M"), "GB"),
    "kv_per_token": Field(gettext_lazy("KV cache per token"), "architecture", _kv_per_token, "KiB"),
}
"""Every field that can be cited, in the order of the authoring guide."""
