"""How much memory a model takes, with the work shown.

Everything here is arithmetic on plain numbers: no rows, no settings. Sizes are bytes; GB is 10⁹ bytes (files,
bandwidth), GiB is 2³⁰ bytes (what a card has).
"""

from catalog.memory.architecture import Architecture, Figures
from catalog.memory.budget import (
    DecodeBound,
    Fit,
    Verdict,
    budget_bytes,
    buffer_bytes,
    decode_bound,
    fit,
    need_bytes,
)
from catalog.memory.cache import (
    CACHE_TYPES,
    DEFAULT_TOKENS,
    CachePart,
    KvCache,
    LayerKind,
    bytes_per_token,
    kv_cache,
)
from catalog.memory.quantization import BLOCKS, EFFECTIVE_BITS, QUANTIZATIONS
from catalog.memory.weights import Part, Weights, weights

__all__ = [
    "BLOCKS",
    "CACHE_TYPES",
    "DEFAULT_TOKENS",
    "EFFECTIVE_BITS",
    "QUANTIZATIONS",
    "Architecture",
    "CachePart",
    "DecodeBound",
    "Figures",
    "Fit",
    "KvCache",
    "LayerKind",
    "Part",
    "Verdict",
    "Weights",
    "budget_bytes",
    "buffer_bytes",
    "bytes_per_token",
    "decode_bound",
    "fit",
    "kv_cache",
    "need_bytes",
    "weights",
]
