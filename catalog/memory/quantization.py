"""How llama.cpp stores weights: block layouts, and which tensor of a mix gets which type.

Source: ggml's block structures and ``llama-quant.cpp`` of llama.cpp; the mix rules are
those of ordinary decoders.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

BLOCKS = MappingProxyType(
    {
        "F32": (1, 4),
        "F16": (1, 2),
        "BF16": (1, 2),
        "Q4_0": (32, 18),
        "Q4_1": (32, 20),
        "Q5_0": (32, 22),
        "Q5_1": (32, 24),
        "Q8_0": (32, 34),
        "Q2_K": (256, 84),
        "Q3_K": (256, 110),
        "Q4_K": (256, 144),
        "Q5_K": (256, 176),
        "Q6_K": (256, 210),
        "IQ4_XS": (256, 136),
        "IQ4_NL": (32, 18),
        "IQ3_S": (256, 110),
        "IQ3_XXS": (256, 98),
        "IQ2_S": (256, 82),
        "IQ2_XS": (256, 74),
        "IQ2_XXS": (256, 66),
        "IQ1_M": (256, 56),
        "IQ1_S": (256, 50),
        "MXFP4": (32, 17),
    }
)
"""Weights in a block and the bytes it takes, by type."""

EFFECTIVE_BITS = MappingProxyType(
    {
        "F32": (32.0, 32.0),
        "F16": (16.0, 16.0),
        "BF16": (16.0, 16.0),
        "Q8_0": (8.5, 8.5),
        "Q6_K": (6.56, 6.6),
        "Q5_K_M": (5.65, 5.8),
        "Q5_K_S": (5.5, 5.6),
        "Q4_K_M": (4.8, 5.0),
        "Q4_K_S": (4.55, 4.7),
        "Q4_0": (4.5, 4.7),
        "IQ4_NL": (4.5, 4.7),
        "IQ4_XS": (4.3, 4.5),
        "Q3_K_L": (4.1, 4.35),
        "Q3_K_M": (3.7, 4.1),
        "Q3_K_S": (3.45, 3.7),
        "Q2_K": (2.9, 3.3),
        "IQ3_M": (3.6, 3.8),
        "IQ3_XXS": (3.1, 3.3),
        "IQ2_M": (2.7, 3.0),
        "IQ2_XXS": (2.1, 2.4),
        "IQ1_M": (1.85, 2.2),
        "IQ1_S": (1.7, 2.05),
    }
)
"""Bits a weight, smallest and largest seen in published files, for models whose tensors are not known.

The mixes below 3 bits are always given as this range: their rules depend on more than the shape.
"""

_FALLBACKS = {"Q4_K": "Q5_0", "Q5_K": "Q5_1", "Q6_K": "Q8_0"}
_LOW_FALLBACK = "IQ4_NL"


@dataclass(frozen=True, slots=True)
class _Mix:
    base: str
    output: str = "Q6_K"
    embedding: str = ""
    """Empty: as the base."""


_MIXES: dict[str, _Mix] = {
    "F32": _Mix("F32", "F32"),
    "F16": _Mix("F16", "F16"),
    "BF16": _Mix("BF16", "BF16"),
    "Q8_0": _Mix("Q8_0", "Q8_0"),
    "Q6_K": _Mix("Q6_K"),
    "Q6_K_L": _Mix("Q6_K", "Q8_0", "Q8_0"),
    "Q5_K_M": _Mix("Q5_K"),
    "Q5_K_L": _Mix("Q5_K", "Q8_0", "Q8_0"),
    "Q5_K_S": _Mix("Q5_K"),
    "Q4_K_M": _Mix("Q4_K"),
    "Q4_K_L": _Mix("Q4_K", "Q8_0", "Q8_0"),
    "Q4_K_S": _Mix("Q4_K"),
    "Q4_0": _Mix("Q4_0"),
    "Q3_K_L": _Mix("Q3_K"),
    "Q3_K_M": _Mix("Q3_K"),
    "Q3_K_S": _Mix("Q3_K"),
    "Q2_K": _Mix("Q2_K"),
    "IQ4_XS": _Mix("IQ4_XS"),
    "IQ4_NL": _Mix("IQ4_NL"),
}

_PLAIN = {"Q6_K_L": "Q6_K", "Q5_K_L": "Q5_K_M", "Q4_K_L": "Q4_K_M"}
"""Files that some publishers name "_L": the mix on the right with embedding and output at Q8_0."""

EXACT = frozenset(_MIXES)
"""Quantizations whose every tensor type is known."""

QUANTIZATIONS = tuple(dict.fromkeys([*_MIXES, *EFFECTIVE_BITS]))
"""Every quantization that weights can be computed for."""


def effective_bits(quantization: str) -> tuple[float, float]:
    """Return the smallest and largest bits a weight seen in published files; ``KeyError`` when not known."""
    return EFFECTIVE_BITS[_PLAIN.get(quantization, quantization)]


def tensor_type(quantization: str, role: str, layer: int, layers: int, heads_per_kv: int) -> str:
    """Return the type that a mix gives a tensor of a layer (counted from 0), whatever its row length.

    ``role`` is ``output``, ``embedding`` or a tensor of a layer: ``attn_q attn_k attn_v attn_output ffn_gate
    ffn_up ffn_down``.
    """
    mix = _MIXES[quantization]
    if role == "output":
        return mix.output
    if role == "embedding":
        return mix.embedding or mix.base
    return _layer_type(_PLAIN.get(quantization, quantization), role, layer, layers, heads_per_kv) or mix.base


def _layer_type(quantization: str, role: str, layer: int, layers: int, heads_per_kv: int) -> str | None:
    """Return the type where a mix departs from its base, else None."""
    value, down, out = role == "attn_v", role == "ffn_down", role == "attn_output"
    match quantization:
        case "Q4_K_M" | "Q5_K_M" if value or down:
            return "Q6_K" if _more_bits(layer, layers) else None
        case "Q4_K_S" if (value and layer < 4) or (down and layer < layers // 8):
            return "Q5_K"
        case "Q3_K_M" if value:
            return "Q5_K" if layer < 2 else "Q4_K"
        case "Q3_K_M" if down:
            return "Q5_K" if layer < layers / 16 else "Q4_K"
        case "Q3_K_M" if out:
            return "Q4_K"
        case "Q3_K_L" if value or down or out:
            return "Q5_K"
        case "Q2_K" if value:
            return "Q4_K" if heads_per_kv >= 4 else "Q3_K"
        case "Q2_K" if down or out:
            return "Q3_K"
        case "IQ4_XS" | "IQ4_NL" if value and heads_per_kv >= 4:
            return "Q5_K"
    return None


def _more_bits(layer: int, layers: int) -> bool:
    """Whether a layer is among those a medium mix spends more bits on: both ends, and every third between."""
    eighth = layers // 8
    return layer < eighth or layer >= 7 * layers // 8 or (layer - eighth) % 3 == 2


def stored_type(wanted: str, row_length: int) -> str:
    """Return the type that is stored in place of one whose blocks do not divide a row."""
    if row_length % BLOCKS[wanted][0] == 0:
        return wanted
    smaller = _FALLBACKS.get(wanted, _LOW_FALLBACK)
    return smaller if row_length % BLOCKS[smaller][0] == 0 else "F16"


def stored_bytes(kind: str, weights: int) -> int:
    """Return the bytes of so many weights of a type; whole blocks."""
    per_block, size = BLOCKS[kind]
    return -(-weights // per_block) * size
