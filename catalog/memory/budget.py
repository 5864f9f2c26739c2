"""What a machine can give, whether a model fits it, and how fast it can decode at most."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalog.memory.architecture import Architecture
from catalog.memory.cache import MICRO_BATCH

GB = 10**9
GIB = 2**30

RUNTIME_BYTES = GIB // 2
"""What the runtime takes beside weights, cache and logits."""

USUAL_SPEED = (0.45, 0.85)
"""Usual part of the bandwidth bound that decoding reaches; less below 4 bits."""

# The last tenth of a budget is where other programs and long prompts tip it over.
_TIGHT = 0.9


class MachineKind(StrEnum):
    """What a machine's memory belongs to (as ``catalog.models.Machine.Kind``)."""

    GPU = "gpu"
    WORKSTATION = "workstation"
    DATACENTER = "datacenter"
    UNIFIED = "unified"
    CPU_RAM = "cpu-ram"


class Verdict(StrEnum):
    """Whether a need fits a budget."""

    FITS = "fits"
    TIGHT = "tight"
    PARTIAL = "partial"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Fit:
    """The verdict, and how many layers a card can hold where only a part fits."""

    verdict: Verdict
    need: int
    budget: int
    layers_on_card: int | None = None


@dataclass(frozen=True, slots=True)
class DecodeBound:
    """Tokens a second at most, set by reading weights and cache once a token, and what is usual of that."""

    at_most: float

    @property
    def usual(self) -> tuple[float, float]:
        """Return the usual range in tokens a second."""
        low, high = USUAL_SPEED
        return self.at_most * low, self.at_most * high


def buffer_bytes(vocabulary: int) -> int:
    """Return what computing takes beside weights and cache: logits of one micro-batch, and the runtime."""
    return MICRO_BATCH * vocabulary * 4 + RUNTIME_BYTES


def budget_bytes(kind: str, memory_gb: float) -> int:
    """Return the memory a model may use on a machine with so many GB, as sold (2³⁰ bytes each in practice).

    Discrete cards leave half a GiB to the desktop, shared memory gives the GPU its default share, a processor
    leaves 4 GB to the system.
    """
    match MachineKind(kind):
        case MachineKind.UNIFIED:
            return int(memory_gb * GIB * (0.67 if memory_gb <= 32 else 0.75))
        case MachineKind.CPU_RAM:
            return max(0, int((memory_gb - 4) * GIB))
        case _:
            return max(0, int(memory_gb * GIB) - GIB // 2)


def fit(kind: str, memory_gb: float, *, weights: int, cache: int, buffers: int, layers: int) -> Fit:
    """Return whether weights, cache and buffers (bytes) fit a machine.

    Where they do not, a discrete card may still hold some of the layers and leave the rest to main memory.
    """
    need, budget = weights + cache + buffers, budget_bytes(kind, memory_gb)
    if need <= budget:
        return Fit(Verdict.FITS if need <= budget * _TIGHT else Verdict.TIGHT, need, budget)
    if MachineKind(kind) in (MachineKind.UNIFIED, MachineKind.CPU_RAM) or layers == 0:
        return Fit(Verdict.NO, need, budget)
    on_card = int((budget - buffers) / ((weights + cache) / layers))
    return Fit(Verdict.PARTIAL, need, budget, on_card) if on_card >= 1 else Fit(Verdict.NO, need, budget)


def decode_bound(bandwidth_gb_s: float, read_per_token: int, cache: int) -> DecodeBound:
    """Return the bound on decoding one sequence: bandwidth over the bytes that a token reads."""
    return DecodeBound(bandwidth_gb_s * GB / (read_per_token + cache))


def need_bytes(shape: Architecture, weights: int, cache: int) -> int:
    """Return all that a model takes while it runs one sequence."""
    return weights + cache + buffer_bytes(shape.vocabulary)
