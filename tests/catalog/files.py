"""A small catalog in files, sound until a test changes a line of it."""

from pathlib import Path
from textwrap import dedent

SOURCES = """\
sources:
  - {id: card, title: Model card, url: 'https://example.org/card', seen: 2026-11-23}
  - {id: listing, title: A listing, url: 'https://example.org/list', seen: 2026-11-23, evidence: secondary}
"""

LICENSES = """\
licenses:
  - id: open
    name: Open License
    short_name: Open
    steward: Somebody
    summary: Permissive
    osi_approved: true
    text_read: true
    reviewed: 2026-11-23
    source: card
    answers:
      commercial-use: {verdict: yes, clause: '2'}
      user-cap: {verdict: no}
      revenue-cap: {verdict: no}
      attribution: {verdict: yes}
      naming: {verdict: no}
      use-policy: {verdict: no}
      outputs: {verdict: silent}
      redistribution: {verdict: yes, source: listing}
      territory: {verdict: no}
"""

BENCHMARKS = """\
benchmarks:
  - id: mmlu
    name: MMLU
    measures: Breadth of knowledge
    metric: accuracy
    unit: percent
    direction: higher
    chance_percent: 25
    saturation: saturated
    source: card
"""

MACHINES = """\
machines:
  - id: card-24
    vendor: Maker
    name: Card 24
    kind: gpu
    memory_gb: 24
    bandwidth_gb_s: 936.2
    source: listing
"""

FAMILY = """\
family: heron
name: Heron
organization: {id: river-lab, name: River Lab}
known_for: Patience
releases:
  - id: heron-1-7b
    name: Heron 1 7B
    generation: '1'
    defaults:
      license: open
      released: 2024-05-01
      release_basis: official
      parameters: 7241732096
      context_tokens: 8192
      architecture: {structure: dense, attention: gqa, layers: 32, layers_full: 32, hidden: 4096,
        heads: 32, kv_heads: 8, head_dim: 128, feed_forward: 14336, ffn_matrices: 3, vocabulary: 32000,
        tied_embeddings: false}
      sources:
        parameters: [card]
        architecture: [card, {id: listing, note: Read from a copy.}]
        embeddings: [card]
        release: [card]
        context: [card]
        license: [card]
    checkpoints:
      - hub_id: river-lab/Heron-1-7B
        name: Heron 1 7B
        kind: base
        results:
          - source: card
            reporter: River Lab
            kind: vendor
            self_reported: true
            observed: 2024-05-01
            scores:
              - {benchmark: mmlu, value: 60.1, setting: 5-shot}
              - {benchmark: mmlu, value: 62.4, setting: '0-shot, CoT', interval: [61, 63]}
      - hub_id: river-lab/Heron-1-7B-Instruct
        name: Heron 1 7B Instruct
        kind: instruct
        derived_from: heron-1-7b
        relation: fine-tuned
        context_tokens: 32768
        sources:
          context: [listing]
        files: {source: listing, sizes_gib: {Q4_K_M: 4.07}}
"""


def write_catalog(folder: Path, **changes: tuple[str, str]) -> Path:
    """Write the small catalog and return its folder; ``family=("60.1", "x")`` changes text in one file."""
    texts = {
        "sources": SOURCES,
        "licenses": LICENSES,
        "benchmarks": BENCHMARKS,
        "machines": MACHINES,
        "family": FAMILY,
    }
    root = folder / "catalog"
    (root / "families").mkdir(parents=True, exist_ok=True)
    for name, (old, new) in changes.items():
        assert old in texts[name], f"{old!r} is not in {name}"
        texts[name] = texts[name].replace(old, dedent(new))
    for name, text in texts.items():
        path = root / "families" / "heron.yml" if name == "family" else root / f"{name}.yml"
        path.write_text(text, encoding="utf-8")
    return root
