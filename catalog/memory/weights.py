"""Bytes of a model's weights at a quantization, tensor by tensor where the shapes are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.memory.architecture import Architecture
from catalog.memory.quantization import EXACT, effective_bits, stored_bytes, stored_type, tensor_type

HEADER_BYTES = 7_000_000
"""Tokenizer and metadata at the head of a file, about."""

# Shapes must account for a model to this part of its parameters, or the tensors are not those we think.
_TOLERANCE = 0.02
# Up to this part, what is left over is biases and norms, which stay in F32.
_SMALL = 0.001
# Attention that cannot be listed (latent, recurrent) is at most this part of a model.
_UNLISTED_AT_MOST = 0.4


@dataclass(frozen=True, slots=True)
class Part:
    """Tensors of one role that are stored alike, summed over layers."""

    role: str
    type: str
    weights: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What a model's weights take, in bytes.

    Where the tensors are known ``low`` and ``high`` equal ``bytes`` and ``parts`` is the sum, written out.
    Else they are the range of published files and ``bytes`` its middle. ``read_per_token`` is what decoding
    one token reads of them: all but the embedding table, and of experts only those that are chosen.
    """

    quantization: str
    parameters: int
    bytes: int
    low: int
    high: int
    read_per_token: int
    parts: tuple[Part, ...] = ()
    projector_bytes: int = 0
    """A vision part comes as a file of its own in F16; it is not in ``bytes``."""

    @property
    def is_exact(self) -> bool:
        """Whether the figure is a sum over tensors rather than a range."""
        return self.low == self.high

    @property
    def bits_per_weight(self) -> float:
        """Return the average bits that a parameter takes, the header included."""
        return self.bytes * 8 / self.parameters


@lru_cache(maxsize=4096)
def weights(
    parameters: int,
    architecture: Architecture | None,
    quantization: str,
    *,
    active_parameters: int | None = None,
    vision_parameters: int = 0,
) -> Weights:
    """Return what the weights of a model take at a quantization.

    ``parameters`` counts all, ``vision_parameters`` those outside the text decoder. Raises ``KeyError`` for a
    quantization that is not known.
    """
    text = parameters - vision_parameters
    projector = vision_parameters * 2
    if quantization in EXACT and architecture is not None:
        parts = _parts(architecture, text, quantization)
        if parts is not None:
            total = sum(part.bytes for part in parts) + HEADER_BYTES
            read = _read_per_token(parts, architecture)
            return Weights(quantization, text, total, total, total, read, parts, projector)
    low_bits, high_bits = effective_bits(quantization)
    low, high = round(text * low_bits / 8), round(text * high_bits / 8)
    middle = (low + high) // 2
    # In a mixture of experts the total says nothing about what a token reads; without the active count, the
    # whole is the safe bound.
    share = min(1.0, active_parameters / text) if active_parameters else 1.0
    return Weights(quantization, text, middle, low, high, round(middle * share), (), projector)


def _parts(shape: Architecture, parameters: int, quantization: str) -> tuple[Part, ...] | None:
    """Return the tensors of a decoder, or None when the figures do not account for its parameters."""
    if shape.tied_embeddings is None or shape.ffn_matrices is None:
        return None
    if shape.experts is None and shape.feed_forward is None:
        return None
    if shape.experts is not None and (shape.dense_layers is None or shape.shared_expert_ff is None):
        return None
    heads_per_kv = (shape.heads or 1) // (shape.kv_heads or 1)
    sums: dict[tuple[str, str], list[int]] = {}

    def add(role: str, kind: str, count: int) -> None:
        entry = sums.setdefault((role, kind), [0, 0])
        entry[0] += count
        entry[1] += stored_bytes(kind, count)

    for layer in range(shape.layers):
        for role, base_role, row, count in _layer_tensors(shape, layer):
            if base_role == "f32":
                add(role, "F32", count)
                continue
            wanted = tensor_type(quantization, base_role, layer, shape.layers, heads_per_kv)
            add(role, stored_type(wanted, row), count)
    matrix = shape.vocabulary * shape.hidden
    output = stored_type(tensor_type(quantization, "output", 0, shape.layers, heads_per_kv), shape.hidden)
    embedding = stored_type(
        tensor_type(quantization, "embedding", 0, shape.layers, heads_per_kv), shape.hidden
    )
    if shape.tied_embeddings:
        add("embedding_and_output", output, matrix)
    else:
        add("embedding", embedding, matrix)
        add("output", output, matrix)
    add("norms", "F32", shape.hidden)
    rest = parameters - sum(count for count, _ in sums.values())
    base = stored_type(tensor_type(quantization, "attn_q", 0, shape.layers, heads_per_kv), shape.hidden)
    if shape.has_ordinary_attention:
        if abs(rest) > parameters * _TOLERANCE:
            return None
        if rest > 0:
            add("other", "F32" if rest <= parameters * _SMALL else base, rest)
    else:
        if not 0 < rest <= parameters * _UNLISTED_AT_MOST:
            return None
        add("attention", base, rest)
    return tuple(Part(role, kind, count, size) for (role, kind), (count, size) in sums.items())


def _layer_tensors(shape: Architecture, layer: int) -> Iterator[tuple[str, str, int, int]]:
    """Yield the tensors of a layer: label, the mix's name for its role, row length, weights."""
    d = shape.hidden
    if shape.has_ordinary_attention:
        head_dim = shape.head_dim or 0
        query, key = (shape.heads or 0) * head_dim, (shape.kv_heads or 0) * head_dim
        yield "attn_q", "attn_q", d, d * query
        yield "attn_k", "attn_k", d, d * key
        yield "attn_v", "attn_v", d, d * key
        yield "attn_output", "attn_output", query, query * d
    yield "norms", "f32", d, 2 * d
    if shape.experts is not None and layer >= (shape.dense_layers or 0):
        width = shape.expert_feed_forward or 0
        yield from _feed_forward(shape, "expert_", width, shape.experts)
        yield "router", "f32", d, d * shape.experts
        if shape.shared_expert_ff:
            yield from _feed_forward(shape, "shared_", shape.shared_expert_ff, 1)
    else:
        yield from _feed_forward(shape, "", shape.feed_forward or 0, 1)


def _feed_forward(
    shape: Architecture, prefix: str, width: int, copies: int
) -> Iterator[tuple[str, str, int, int]]:
    count = shape.hidden * width * copies
    if shape.ffn_matrices == 3:
        yield f"{prefix}ffn_gate", "ffn_gate", shape.hidden, count
    yield f"{prefix}ffn_up", "ffn_up", shape.hidden, count
    yield f"{prefix}ffn_down", "ffn_down", width, count


def _read_per_token(parts: tuple[Part, ...], shape: Architecture) -> int:
    """Return the bytes that one token reads: the chosen experts, and no more than a row of the embedding."""
    read = 0.0
    for part in parts:
        if part.role.startswith("expert_"):
            read += part.bytes * (shape.experts_per_token or 0) / (shape.experts or 1)
        elif part.role != "embedding":
            read += part.bytes
    return round(read)
