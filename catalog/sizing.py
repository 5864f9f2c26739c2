"""What a checkpoint needs in memory as it is stored and used, and whether a machine can give that.

The arithmetic is in ``catalog.memory``; here it meets rows and words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import formats, memory
from catalog.memory import Architecture, KvCache, Verdict, Weights
from catalog.models import Machine

QUANTIZATIONS = ("Q2_K", "Q3_K_M", "IQ4_XS", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0", "F16")
"""What pages offer, smallest first: the common files of the Hub."""

BAR_LIMIT = 107.5
"""Where the upright mark of a machine stands on a bar 140 wide."""

BAR_WIDTH = 140

_WORDS: dict[Verdict, tuple[str | Promise, str, str]] = {
    Verdict.FITS: (gettext_lazy("Fits"), "tick", "yes"),
    Verdict.TIGHT: (gettext_lazy("Tight"), "half", "if"),
    Verdict.PARTIAL: (gettext_lazy("In part"), "half", "if"),
    Verdict.NO: (gettext_lazy("No"), "cross", "no"),
}


@dataclass(frozen=True)
class Need:
    """Bytes of weights, cache and buffers together, for one sequence of ``tokens`` with a 16-bit cache."""

    weights: Weights
    cache: KvCache
    buffers: int
    layers: int

    @property
    def quantization(self) -> str:
        """Return how the weights are stored."""
        return self.weights.quantization

    @property
    def tokens(self) -> int:
        """Return the context the cache is for."""
        return self.cache.tokens

    @cached_property
    def total(self) -> int:
        """Return all bytes; of a range of weights the middle."""
        return self.weights.bytes + self.cache.bytes + self.buffers

    @property
    def text(self) -> str:
        """Return all in GiB; a range where the weights are one."""
        rest = self.cache.bytes + self.buffers
        return span_text(self.weights.low + rest, self.weights.high + rest)


@dataclass(frozen=True, slots=True)
class Fit:
    """A verdict in words; ``need`` and ``budget`` are bytes. Of a range of weights the upper end counts."""

    verdict: Verdict
    need: int
    budget: int
    layers: int
    layers_on_card: int | None = None

    @property
    def value(self) -> str:
        """Return the value of the facet: fits, tight, partial or no."""
        return self.verdict.value

    @property
    def text(self) -> str:
        """Say it, with the layers a card can hold where only some fit."""
        if self.layers_on_card is not None:
            return _("%(some)d of %(all)d layers") % {"some": self.layers_on_card, "all": self.layers}
        return str(_WORDS[self.verdict][0])

    @property
    def icon(self) -> str:
        """Return the icon that stands beside the words."""
        return _WORDS[self.verdict][1]

    @property
    def css(self) -> str:
        """Return the class of the answer: yes, if or no."""
        return _WORDS[self.verdict][2]

    @property
    def bar(self) -> str:
        """Return the length of the bar that shows the need against the machine's mark."""
        return f"{min(self.need / max(self.budget, 1) * BAR_LIMIT, BAR_WIDTH):.1f}"


@dataclass(frozen=True, slots=True)
class Size:
    """One line of a checkpoint's table of sizes. ``speed`` is tokens a second at most."""

    weights: Weights
    need: Need | None
    fit: Fit | None = None
    speed: str = ""
    bars: tuple[tuple[str, str, str], ...] = ()

    @property
    def bits(self) -> str:
        """Return the average bits of a weight; a range where the tensors are not known."""
        if self.weights.is_exact:
            return f"{self.weights.bits_per_weight:.2f}"
        scale = 8 / self.weights.parameters
        return f"{self.weights.low * scale:.2f}–{self.weights.high * scale:.2f}"

    @property
    def gib(self) -> str:
        """Return the weights in GiB."""
        return span_text(self.weights.low, self.weights.high)

    @property
    def gb(self) -> str:
        """Return the weights in GB, as file lists show them."""
        low, high = formats.gb(self.weights.low), formats.gb(self.weights.high)
        return low if low == high else f"{low}–{high}"


def span_text(low: int, high: int) -> str:
    """Return bytes in GiB, as a range where both ends differ once written."""
    start, end = formats.gib(low), formats.gib(high)
    return start if start == end else f"{start}–{end}"


def need_of(
    architecture: Architecture | None,
    parameters: int,
    *,
    quantization: str,
    tokens: int,
    active_parameters: int | None = None,
    vision_parameters: int | None = None,
) -> Need | None:
    """Return what a model needs, or None where its shape is not known, and so its cache."""
    if architecture is None:
        return None
    stored = memory.weights(
        parameters,
        architecture,
        quantization,
        active_parameters=active_parameters,
        vision_parameters=vision_parameters or 0,
    )
    cache = memory.kv_cache(architecture, tokens)
    return Need(stored, cache, memory.buffer_bytes(architecture.vocabulary), architecture.layers)


def fit_of(need: Need, machine: Machine) -> Fit:
    """Judge whether a machine can give what a model needs."""
    found = memory.fit(
        machine.kind,
        float(machine.memory_gb),
        weights=need.weights.high,
        cache=need.cache.bytes,
        buffers=need.buffers,
        layers=need.layers,
    )
    return Fit(found.verdict, found.need, found.budget, need.layers, found.layers_on_card)


def sizes_of(
    architecture: Architecture | None,
    parameters: int,
    *,
    tokens: int,
    machine: Machine | None,
    active_parameters: int | None = None,
    vision_parameters: int | None = None,
) -> list[Size]:
    """Return the table of sizes of a checkpoint, smallest first; bars share one scale."""
    rows = []
    for quantization in QUANTIZATIONS:
        need = need_of(
            architecture,
            parameters,
            quantization=quantization,
            tokens=tokens,
            active_parameters=active_parameters,
            vision_parameters=vision_parameters,
        )
        stored = (
            need.weights
            if need
            else memory.weights(
                parameters,
                None,
                quantization,
                active_parameters=active_parameters,
                vision_parameters=vision_parameters or 0,
            )
        )
        rows.append((stored, need, fit_of(need, machine) if need and machine else None))
    scale = _scale([need for _stored, need, _fit in rows if need], rows[0][2])
    return [
        Size(stored, need, fit, _speed(stored, need, fit, machine), _bars(need, scale))
        for stored, need, fit in rows
    ]


def _scale(needs: Sequence[Need], fit: Fit | None) -> float:
    """Return drawing units a byte: the longest bar, or the machine's mark, ends at 200."""
    longest = max((need.total for need in needs), default=1)
    if fit is None:
        return 200 / longest
    # A bar far beyond the machine is cut off, else the ones that fit would be too short to compare.
    return 200 / max(min(longest, fit.budget * 1.5), fit.budget * 1.02)


def _bars(need: Need | None, scale: float) -> tuple[tuple[str, str, str], ...]:
    """Return class, start and length of the bars for weights, cache and buffers, cut at 200."""
    if need is None:
        return ()
    bars, start = [], 0.0
    for css, size in (
        ("fill", need.weights.bytes),
        ("fill--act", need.cache.bytes),
        ("fill--edge", need.buffers),
    ):
        end = min(start + size * scale, 200)
        bars.append((css, f"{start:.1f}", f"{end - start:.1f}"))
        start = end
    return tuple(bars)


def mark_of(sizes: Sequence[Size]) -> str:
    """Return where the machine's mark stands on the bars of a table, or nothing without a machine."""
    needs = [size.need for size in sizes if size.need]
    fit = next((size.fit for size in sizes if size.fit), None)
    return "" if fit is None else f"{fit.budget * _scale(needs, fit):.1f}"


def _speed(stored: Weights, need: Need | None, fit: Fit | None, machine: Machine | None) -> str:
    """Return tokens a second at most; nothing unless all of it is in the machine's own memory."""
    if machine is None or need is None or fit is None or fit.verdict not in (Verdict.FITS, Verdict.TIGHT):
        return ""
    bound = memory.decode_bound(float(machine.bandwidth_gb_s), stored.read_per_token, need.cache.bytes)
    return formats.significant(bound.at_most, 2)
