"""The shape of a model: what its memory is computed from."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Protocol, Self


class Figures(Protocol):
    """Whatever holds a checkpoint's architecture integers: a row, or a file entry not stored yet."""

    layers: int
    layers_full: int | None
    layers_window: int | None
    window: int | None
    layers_linear: int | None
    hidden: int
    heads: int | None
    kv_heads: int | None
    head_dim: int | None
    global_kv_heads: int | None
    global_head_dim: int | None
    kv_shared_layers: int | None
    mla_rank: int | None
    mla_rope: int | None
    feed_forward: int | None
    ffn_matrices: int | None
    vocabulary: int
    tied_embeddings: bool | None
    experts: int | None
    experts_per_token: int | None
    expert_feed_forward: int | None
    shared_expert_ff: int | None
    dense_layers: int | None


@dataclass(frozen=True, slots=True)
class Architecture:
    """Layer counts and widths of a decoder.

    ``layers_full``, ``layers_window`` and ``layers_linear`` count layers by what they cache: every token, the
    last ``window`` tokens, or a fixed state. Layers that cache nothing are in none of the three. Either
    ``kv_heads`` and ``head_dim`` are set, or ``mla_rank`` and ``mla_rope`` (latent attention), or no layer
    attends at all.
    """

    layers: int
    layers_full: int
    layers_window: int
    layers_linear: int
    hidden: int
    vocabulary: int
    window: int | None = None
    heads: int | None = None
    kv_heads: int | None = None
    head_dim: int | None = None
    global_kv_heads: int | None = None
    global_head_dim: int | None = None
    kv_shared_layers: int | None = None
    mla_rank: int | None = None
    mla_rope: int | None = None
    feed_forward: int | None = None
    ffn_matrices: int | None = None
    tied_embeddings: bool | None = None
    experts: int | None = None
    experts_per_token: int | None = None
    expert_feed_forward: int | None = None
    shared_expert_ff: int | None = None
    dense_layers: int | None = None

    @classmethod
    def from_figures(cls, figures: Figures) -> Self | None:
        """Build the shape from a row's figures; None when they do not suffice to compute the cache."""
        if figures.layers_full is None or figures.layers_window is None or figures.layers_linear is None:
            return None
        has_heads = figures.kv_heads is not None and figures.head_dim is not None
        has_latent = figures.mla_rank is not None and figures.mla_rope is not None
        if (figures.layers_full or figures.layers_window) and not (has_heads or has_latent):
            return None
        return cls(**{field.name: getattr(figures, field.name) for field in fields(cls)})

    @property
    def is_latent(self) -> bool:
        """Whether one compressed vector is cached in place of keys and values."""
        return self.mla_rank is not None and self.mla_rope is not None

    @property
    def has_ordinary_attention(self) -> bool:
        """Whether every layer attends with query, key, value and output matrices of one known shape.

        Then the tensors can be listed from the figures; hybrids and latent attention have others.
        """
        uniform = self.global_kv_heads is None and self.global_head_dim is None and not self.kv_shared_layers
        known = None not in (self.heads, self.kv_heads, self.head_dim)
        return known and uniform and self.layers_full + self.layers_window == self.layers
