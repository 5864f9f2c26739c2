"""Memory: arithmetic held against published files and worked examples."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.memory import (
    BLOCKS,
    EFFECTIVE_BITS,
    QUANTIZATIONS,
    Architecture,
    LayerKind,
    Verdict,
    budget_bytes,
    buffer_bytes,
    bytes_per_token,
    decode_bound,
    fit,
    kv_cache,
    weights,
)

GB, GIB, MIB = 10**9, 2**30, 2**20

LLAMA_3_1_8B = Architecture(
    layers=32,
    layers_full=32,
    layers_window=0,
    layers_linear=0,
    hidden=4096,
    heads=32,
    kv_heads=8,
    head_dim=128,
    feed_forward=14336,
    ffn_matrices=3,
    vocabulary=128256,
    tied_embeddings=False,
)
LLAMA_2_70B = replace(
    LLAMA_3_1_8B, layers=80, layers_full=80, hidden=8192, heads=64, feed_forward=28672, vocabulary=32000
)
MIXTRAL_8X7B = replace(
    LLAMA_3_1_8B,
    vocabulary=32000,
    feed_forward=None,
    experts=8,
    experts_per_token=2,
    expert_feed_forward=14336,
    shared_expert_ff=0,
    dense_layers=0,
)
MIXTRAL_PARAMETERS = 46_702_792_704


def shape(**figures):
    """Return a shape of which only the cache matters."""
    base = {
        "layers": 64,
        "layers_full": 0,
        "layers_window": 0,
        "layers_linear": 0,
        "hidden": 4096,
        "vocabulary": 32000,
    }
    return Architecture(**{**base, **figures})


# Sizes in GiB that llama.cpp's quantize README prints for Llama 3.1 8B.
@pytest.mark.parametrize(
    ("quantization", "published_gib"),
    [
        ("Q2_K", 2.95),
        ("Q3_K_S", 3.41),
        ("Q3_K_L", 4.02),
        ("IQ4_XS", 4.17),
        ("Q4_K_S", 4.36),
        ("Q4_K_M", 4.58),
        ("Q5_K_S", 5.21),
        ("Q5_K_M", 5.33),
        ("Q6_K", 6.14),
        ("Q8_0", 7.95),
        ("F16", 14.96),
    ],
)
def test_weights_are_within_one_percent_of_published_files(quantization, published_gib):
    need = weights(8_030_261_248, LLAMA_3_1_8B, quantization)

    assert need.is_exact
    assert need.bytes / GIB == pytest.approx(published_gib, rel=0.01)
    assert sum(part.bytes for part in need.parts) == pytest.approx(need.bytes, abs=8_000_000)


def test_weights_of_a_70b_match_its_published_file():
    # 38.54 GiB: llama.cpp's perplexity README, Llama 2 70B at Q4_K_M.
    assert weights(68_976_648_192, LLAMA_2_70B, "Q4_K_M").bytes / GIB == pytest.approx(38.54, rel=0.001)


def test_a_mixture_of_experts_is_held_whole():
    need = weights(MIXTRAL_PARAMETERS, MIXTRAL_8X7B, "F16", active_parameters=12_900_000_000)

    assert need.bytes / GB == pytest.approx(93.4, rel=0.001)
    assert weights(MIXTRAL_PARAMETERS, MIXTRAL_8X7B, "Q4_K_M").bytes / GB == pytest.approx(28.4, rel=0.035)


def test_a_mixture_of_experts_reads_only_what_a_token_uses():
    need = weights(MIXTRAL_PARAMETERS, MIXTRAL_8X7B, "F16")

    # 12.9 billion active parameters, less the embedding table of which one row is read.
    assert need.read_per_token / 2 == pytest.approx(12.88e9 - 32000 * 4096, rel=0.002)


def test_tied_embeddings_are_stored_once_as_the_output():
    tied = replace(LLAMA_3_1_8B, tied_embeddings=True)
    need = weights(8_030_261_248 - 128256 * 4096, tied, "Q4_K_M")

    assert [part.type for part in need.parts if part.role == "embedding_and_output"] == ["Q6_K"]
    assert not [part for part in need.parts if part.role in ("embedding", "output")]


def test_rows_that_blocks_do_not_divide_fall_back_to_smaller_blocks():
    narrow = replace(
        LLAMA_3_1_8B, hidden=896, heads=14, kv_heads=2, head_dim=64, feed_forward=4864, vocabulary=151936
    )
    parameters = 896 * 151936 * 2 + 32 * (896 * 896 * 2 + 896 * 128 * 2 + 3 * 896 * 4864)
    need = weights(parameters, narrow, "Q4_K_M")

    types = {part.role: part.type for part in need.parts}
    assert types["attn_q"] == "Q5_0"
    assert types["output"] == "Q8_0"


def test_files_named_l_keep_embedding_and_output_at_eight_bits():
    plain = weights(8_030_261_248, LLAMA_3_1_8B, "Q4_K_M")
    large = weights(8_030_261_248, LLAMA_3_1_8B, "Q4_K_L")

    embedding = 128256 * 4096
    assert (
        large.bytes - plain.bytes
        == embedding * 34 // 32 * 2 - embedding * 144 // 256 - embedding * 210 // 256
    )


@pytest.mark.parametrize("quantization", ["IQ1_S", "IQ2_XXS", "IQ3_M"])
def test_lowest_mixes_are_shown_as_a_range(quantization):
    published = {"IQ1_S": 1.87, "IQ2_XXS": 2.23, "IQ3_M": 3.52}[quantization]
    need = weights(8_030_261_248, LLAMA_3_1_8B, quantization)

    assert not need.is_exact
    assert need.low / GIB <= published <= need.high / GIB


def test_figures_that_do_not_account_for_the_parameters_give_a_range():
    need = weights(10_000_000_000, LLAMA_3_1_8B, "Q4_K_M")

    assert not need.is_exact
    assert (need.low, need.high) == (6_000_000_000, 6_250_000_000)


def test_vision_parts_are_a_file_of_their_own():
    need = weights(8_030_261_248 + 400_000_000, LLAMA_3_1_8B, "Q4_K_M", vision_parameters=400_000_000)

    assert need.bytes == weights(8_030_261_248, LLAMA_3_1_8B, "Q4_K_M").bytes
    assert need.projector_bytes == 800_000_000


@pytest.mark.parametrize("quantization", QUANTIZATIONS)
def test_every_quantization_lies_within_the_bits_seen_in_files(quantization):
    need = weights(8_030_261_248, LLAMA_3_1_8B, quantization)
    low, high = EFFECTIVE_BITS.get(quantization, (need.bits_per_weight - 1, need.bits_per_weight + 1))

    assert low - 0.05 <= need.bits_per_weight <= high + 0.05


def test_bits_of_blocks():
    bits = {kind: size * 8 / count for kind, (count, size) in BLOCKS.items()}

    assert bits["Q4_K"] == 4.5
    assert bits["Q5_K"] == 5.5
    assert bits["Q6_K"] == 6.5625
    assert bits["Q8_0"] == 8.5
    assert bits["MXFP4"] == 4.25


# The worked examples of the design: shape, tokens, type of cache, MiB.
@pytest.mark.parametrize(
    ("figures", "tokens", "cache_type", "mib"),
    [
        ({"layers": 61, "layers_full": 61, "mla_rank": 512, "mla_rope": 64}, 32768, "q8_0", 1166.625),
        ({"layers_window": 52, "window": 1024, "kv_heads": 16, "head_dim": 128}, 131072, "f16", 624),
        ({"layers_full": 10, "kv_heads": 16, "head_dim": 128}, 131072, "f16", 10240),
        ({"layers_full": 24, "kv_heads": 8, "head_dim": 64}, 131072, "f16", 6144),
        ({"layers_full": 16, "layers_linear": 48, "kv_heads": 4, "head_dim": 256}, 262144, "f16", 16384),
        ({"layers_full": 32, "kv_heads": 8, "head_dim": 128}, 8192, "f16", 1024),
        ({"layers_full": 28, "kv_heads": 4, "head_dim": 128}, 131072, "f16", 7168),
    ],
)
def test_cache_of_worked_examples(figures, tokens, cache_type, mib):
    assert kv_cache(shape(**figures), tokens, cache_type).bytes / MIB == mib


def test_a_window_stops_the_cache_from_growing():
    windowed = shape(layers=32, layers_window=32, window=4096, kv_heads=8, head_dim=128)

    assert kv_cache(windowed, 4096).bytes == 512 * MIB
    # The window and one micro-batch.
    assert kv_cache(windowed, 32768).bytes == kv_cache(windowed, 4096 + 512).bytes == 576 * MIB
    assert bytes_per_token(windowed) == 128 * 1024


def test_full_layers_may_have_heads_of_their_own():
    mixed = shape(
        layers_full=10,
        layers_window=50,
        window=1024,
        kv_heads=16,
        head_dim=256,
        global_kv_heads=4,
        global_head_dim=512,
    )
    parts = {part.kind: part for part in kv_cache(mixed, 8192).parts}

    assert parts[LayerKind.FULL].values_per_token == 2 * 4 * 512
    assert parts[LayerKind.WINDOW].values_per_token == 2 * 16 * 256


def test_layers_that_share_a_cache_take_none():
    sharing = shape(
        layers=35, layers_full=7, layers_window=28, window=512, kv_heads=2, head_dim=256, kv_shared_layers=15
    )

    assert sum(part.layers for part in kv_cache(sharing, 8192).parts) == 20


def test_head_dimension_is_not_derived_from_the_hidden_size():
    gemma = shape(layers_full=10, hidden=5376, heads=32, kv_heads=16, head_dim=128)

    assert kv_cache(gemma, 1).parts[0].values_per_token == 2 * 16 * 128 != 2 * 16 * (5376 // 32)


def test_buffers_hold_the_logits_of_a_micro_batch_and_the_runtime():
    assert buffer_bytes(128256) == 512 * 128256 * 4 + GIB // 2


@pytest.mark.parametrize(
    ("kind", "memory_gb", "gib"),
    [("gpu", 24, 23.5), ("unified", 32, 21.44), ("unified", 64, 48), ("cpu-ram", 16, 12), ("cpu-ram", 2, 0)],
)
def test_budget_of_machines(kind, memory_gb, gib):
    assert budget_bytes(kind, memory_gb) / GIB == pytest.approx(gib)


def test_verdicts_from_fits_to_no():
    def verdict(kind, weights_gib):
        return fit(kind, 24, weights=int(weights_gib * GIB), cache=GIB, buffers=GIB, layers=80)

    assert verdict("gpu", 10).verdict is Verdict.FITS
    assert verdict("gpu", 21).verdict is Verdict.TIGHT
    partial = verdict("gpu", 40)
    assert (partial.verdict, partial.layers_on_card) == (Verdict.PARTIAL, 43)
    assert verdict("unified", 40).verdict is Verdict.NO
    assert verdict("gpu", 4000).verdict is Verdict.NO


def test_decoding_is_bound_by_what_a_token_reads():
    bound = decode_bound(1008, 4 * GB, 40_000_000)

    assert bound.at_most == pytest.approx(249.5, rel=0.001)
    assert bound.usual == pytest.approx((112.3, 212.1), rel=0.001)


@given(
    layers=st.integers(1, 128),
    kv_heads=st.sampled_from([1, 2, 4, 8, 16]),
    tokens=st.integers(1, 200_000),
    window=st.integers(1, 8192),
)
def test_a_window_never_takes_more_than_full_attention(layers, kv_heads, tokens, window):
    full = shape(layers_full=layers, layers=layers, kv_heads=kv_heads, head_dim=128)
    windowed = shape(layers_window=layers, layers=layers, window=window, kv_heads=kv_heads, head_dim=128)

    assert kv_cache(windowed, tokens).bytes <= kv_cache(full, tokens).bytes == bytes_per_token(full) * tokens


@given(
    layers=st.integers(1, 96),
    hidden=st.sampled_from([576, 896, 1024, 2880, 4096, 8192]),
    width=st.sampled_from([1536, 4864, 14336, 2880]),
    quantization=st.sampled_from(QUANTIZATIONS),
)
def test_weights_are_whole_and_grow_with_precision(layers, hidden, width, quantization):
    any_shape = replace(LLAMA_3_1_8B, layers=layers, layers_full=layers, hidden=hidden, feed_forward=width)
    attention = 2 * hidden * 32 * 128 + 2 * hidden * 8 * 128
    parameters = 2 * hidden * 128256 + layers * (attention + 3 * hidden * width)

    need = weights(parameters, any_shape, quantization)

    assert 0 < need.low <= need.bytes <= need.high
    assert need.bytes <= weights(parameters, any_shape, "F32").bytes
