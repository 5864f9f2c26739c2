"""Bytes of the key-value cache of one sequence, by kind of layer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from catalog.memory.architecture import Architecture

MICRO_BATCH = 512
"""Tokens that llama.cpp computes at once (``--ubatch-size``); a window's cache holds that many more."""

CACHE_TYPES = MappingProxyType(
    {"f16": Fraction(2), "q8_0": Fraction(34, 32), "q4_0": Fraction(18, 32), "fp8": Fraction(1)}
)
"""Bytes of one cached value, by type of cache."""

DEFAULT_TOKENS = 8192
"""The context that pages assume until the learner chooses: never the advertised maximum."""


class LayerKind(StrEnum):
    """What a layer keeps of what it has read."""

    FULL = "full"
    WINDOW = "window"
    LATENT = "latent"


@dataclass(frozen=True, slots=True)
class CachePart:
    """Layers of one kind: how many, the values each keeps of a token, and for how many tokens."""

    kind: LayerKind
    layers: int
    values_per_token: int
    tokens: int
    bytes: int


@dataclass(frozen=True, slots=True)
class KvCache:
    """The cache of one sequence of ``tokens``; layers with a fixed state add a little that is not counted."""

    tokens: int
    type: str
    parts: tuple[CachePart, ...]

    @property
    def bytes(self) -> int:
        """Return the bytes of all layers together."""
        return sum(part.bytes for part in self.parts)


def kv_cache(shape: Architecture, tokens: int, cache_type: str = "f16") -> KvCache:
    """Return what the cache takes for one sequence; raises ``KeyError`` for an unknown type of cache."""
    size = CACHE_TYPES[cache_type]
    parts = []
    for kind, layers, values in _layers(shape):
        kept = tokens if kind is not LayerKind.WINDOW else min(tokens, (shape.window or 0) + MICRO_BATCH)
        parts.append(CachePart(kind, layers, values, kept, int(layers * values * kept * size)))
    return KvCache(tokens, cache_type, tuple(parts))


def bytes_per_token(shape: Architecture, cache_type: str = "f16") -> int:
    """Return what one more token adds to the cache while every layer still grows.

    Once a window is full only the layers that keep every token grow.
    """
    return int(sum(layers * values for _, layers, values in _layers(shape)) * CACHE_TYPES[cache_type])


def _layers(shape: Architecture) -> list[tuple[LayerKind, int, int]]:
    """Return the layers that own a cache: kind, count, values per token (keys and values together)."""
    if shape.is_latent:
        latent = (shape.mla_rank or 0) + (shape.mla_rope or 0)
        return [(LayerKind.LATENT, shape.layers_full, latent)] if shape.layers_full else []
    kv_heads, head_dim = shape.kv_heads or 0, shape.head_dim or 0
    full, window = _owners(shape)
    found = [
        (LayerKind.FULL, full, 2 * (shape.global_kv_heads or kv_heads) * (shape.global_head_dim or head_dim)),
        (LayerKind.WINDOW, window, 2 * kv_heads * head_dim),
    ]
    return [each for each in found if each[1]]


def _owners(shape: Architecture) -> tuple[int, int]:
    """Return how many full and window layers keep a cache of their own.

    Sharing layers are the last ones and follow the same pattern, so they leave both kinds in proportion.
    """
    shared = shape.kv_shared_layers or 0
    if not shared:
        return shape.layers_full, shape.layers_window
    attending = shape.layers_full + shape.layers_window
    full = shape.layers_full - shared * shape.layers_full // attending
    return full, attending - shared - full
