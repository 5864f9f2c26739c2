"""Reading catalog files: inheritance, and every fault at its line and column in one run."""

from decimal import Decimal

import pytest

from catalog.problems import ContentError
from catalog.reading.settings import Setting, parse_setting
from catalog.records import Kind
from catalog.source import examine_catalog, read_catalog
from tests.catalog.files import FAMILY, write_catalog


def complaints(root):
    with pytest.raises(ContentError) as caught:
        read_catalog(root)
    return [str(problem) for problem in caught.value.problems]


def test_a_checkpoint_takes_what_it_does_not_state_from_its_release(tmp_path):
    source = read_catalog(write_catalog(tmp_path))

    base = source.get(Kind.CHECKPOINT, "heron-1-7b")
    instruct = source.get(Kind.CHECKPOINT, "heron-1-7b-instruct")
    assert (base["context_tokens"], instruct["context_tokens"]) == (8192, 32768)
    assert base["layers"] == instruct["layers"] == 32
    assert instruct["derived_from"] == ("heron-1-7b",)
    assert (base["layers_window"], base["layers_linear"]) == (0, 0)


def test_each_group_of_figures_keeps_its_own_sources(tmp_path):
    source = read_catalog(write_catalog(tmp_path))

    def cited(slug, group):
        return [
            (record["source"][0], record["evidence"], record["note"])
            for record in source.of(Kind.CITATION)
            if record["checkpoint"] == (slug,) and record["group"] == group
        ]

    assert cited("heron-1-7b", "context") == [("card", "primary", "")]
    assert cited("heron-1-7b-instruct", "context") == [("listing", "secondary", "")]
    assert cited("heron-1-7b", "architecture") == [
        ("card", "primary", ""),
        ("listing", "secondary", "Read from a copy."),
    ]


def test_a_stated_null_unsets_what_the_release_says(tmp_path):
    root = write_catalog(
        tmp_path,
        family=(
            "context_tokens: 32768\n        sources:\n          context: [listing]\n",
            "context_tokens: null\n",
        ),
    )

    source = read_catalog(root)

    assert source.get(Kind.CHECKPOINT, "heron-1-7b-instruct")["context_tokens"] is None
    assert source.get(Kind.CITATION, "heron-1-7b-instruct", "context", "card") is None


def test_results_keep_setting_interval_and_reporter(tmp_path):
    source = read_catalog(write_catalog(tmp_path))

    first, second = source.of(Kind.RESULT)
    assert (first["value"], first["shots"], first["chain_of_thought"]) == (Decimal("60.1"), 5, None)
    assert (second["shots"], second["chain_of_thought"]) == (0, True)
    assert (second["interval_low"], second["interval_high"]) == (Decimal("61"), Decimal("63"))


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "sentence"),
    [
        ("family", "known_for", "know_for", "4:1", "unknown key 'know_for'. Did you mean 'known_for'?"),
        ("family", "kind: base", "kind: bass", "28:15", "'kind' cannot be 'bass'. Did you mean 'base'?"),
        ("family", "license: open\n", "license: opne\n", "10:16", "no license 'opne'. Did you mean 'open'?"),
        (
            "family",
            "mmlu, value: 60.1",
            "mmul, value: 60.1",
            "36:29",
            "no benchmark 'mmul'. Did you mean 'mmlu'?",
        ),
        (
            "family",
            "derived_from: heron-1-7b",
            "derived_from: heron-1-8b",
            "41:23",
            "no checkpoint 'heron-1-8b'. Did you mean 'heron-1-7b'?",
        ),
        ("family", "context: [card]", "context: [crad]", "23:19", "no source 'crad'. Did you mean 'card'?"),
        (
            "family",
            "        release: [card]\n",
            "",
            "11:7",
            "'released' has no source. Add 'release' to 'sources'.",
        ),
        (
            "family",
            "        sources:\n          context: [listing]\n",
            "",
            "43:9",
            "'context_tokens' has no source of its own. Add 'context' to this checkpoint's 'sources'.",
        ),
        (
            "family",
            "value: 60.1",
            "value: '60.1'",
            "36:42",
            "'value' must be a number. Write it without quotes, found '60.1'.",
        ),
        (
            "family",
            "parameters: 7241732096",
            "parameters: 7.2",
            "13:19",
            "'parameters' must be a whole number.",
        ),
        ("family", "[61, 63]", "[63, 65]", "37:82", "the interval does not hold the value."),
        ("family", "layers_full: 32", "layers_full: 33", "15:56", "the kinds of layers add up to 33 of 32."),
        (
            "family",
            "        relation: fine-tuned\n",
            "",
            "38:9",
            "'derived_from' and 'relation' go together. Give both or neither.",
        ),
        ("licenses", "      territory: {verdict: no}\n", "", "11:5", "missing key 'territory'. Add it here."),
        (
            "licenses",
            "verdict: silent",
            "verdict: maybe",
            "18:26",
            "'verdict' cannot be 'maybe'. Known: if, no, silent, unread, yes.",
        ),
        ("machines", "    source: listing\n", "", "2:5", "missing key 'source'. Add it here."),
        (
            "sources",
            ", url: 'https://example.org/card', seen: 2026-11-23",
            ", url: 'https://example.org/card'",
            "2:5",
            "missing key 'seen'. Add it here.",
        ),
        (
            "sources",
            ", url: 'https://example.org/card'",
            "",
            "2:5",
            "a source needs a 'url' unless its evidence is 'derived'.",
        ),
        (
            "benchmarks",
            "direction: higher",
            "direction: higher\n    direction: lower",
            "8:5",
            "duplicate key 'direction'. It stands in line 7 already.",
        ),
    ],
)
def test_each_fault_is_told_at_its_place(tmp_path, file, old, new, place, sentence):
    root = write_catalog(tmp_path, **{file: (old, new)})

    name = "families/heron" if file == "family" else file
    assert f"catalog/{name}.yml:{place}: {sentence}" in complaints(root)


def test_a_fault_in_the_defaults_is_told_once(tmp_path):
    root = write_catalog(tmp_path, family=("layers_full: 32", "layers_full: 33"))

    assert len(complaints(root)) == 1


def test_one_hub_id_cannot_stand_twice(tmp_path):
    root = write_catalog(tmp_path, family=("Heron-1-7B-Instruct", "Heron-1-7B"))

    assert complaints(root)[0] == (
        "catalog/families/heron.yml:38:17: 'river-lab/Heron-1-7B' is taken by another checkpoint. "
        "It stands at catalog/families/heron.yml:26."
    )


def test_faults_of_all_files_come_in_one_run(tmp_path):
    root = write_catalog(
        tmp_path,
        sources=("title: Model card", "titel: Model card"),
        licenses=("short_name: Open", "short_name: 7"),
        benchmarks=("unit: percent", "unit: [percent"),
        machines=("memory_gb: 24", "memory_gb: 0"),
        family=("kind: base", "kind: bass"),
    )
    (root / "families" / "eight-bit.yml").write_bytes(b"family: caf\xe9\n")

    found = complaints(root)

    assert [line.split(":")[0] for line in found] == [
        "catalog/benchmarks.yml",
        "catalog/families/eight-bit.yml",
        "catalog/families/heron.yml",
        "catalog/licenses.yml",
        "catalog/machines.yml",
        "catalog/sources.yml",
    ]
    assert "catalog/families/eight-bit.yml:1:12: byte 0xe9 is not valid UTF-8" in found[1]


def test_a_broken_file_does_not_make_what_it_defines_unknown(tmp_path):
    root = write_catalog(tmp_path, licenses=("name: Open License", "nmae: Open License"))

    assert [line for line in complaints(root) if "no license" in line] == []


def test_two_families_cannot_define_one_checkpoint(tmp_path):
    root = write_catalog(tmp_path)
    copy = FAMILY.replace("family: heron", "family: egret").replace("name: Heron\n", "name: Egret\n")
    (root / "families" / "egret.yml").write_text(copy)

    assert any("'heron-1-7b' is taken by another checkpoint" in line for line in complaints(root))


def test_what_could_be_read_is_returned_with_its_problems(tmp_path):
    source, problems = examine_catalog(write_catalog(tmp_path, machines=("kind: gpu", "kind: toaster")))

    assert [problem.code for problem in problems] == ["not-allowed"]
    assert source.get(Kind.CHECKPOINT, "heron-1-7b") is not None


def test_stray_files_and_links_are_skipped_with_a_warning(tmp_path):
    root = write_catalog(tmp_path)
    (root / "notes.txt").write_text("x")
    (root / "families" / "linked.yml").symlink_to(root / "machines.yml")
    (root / "_draft.yml").write_text("x: [")

    source = read_catalog(root)

    assert [warning.path for warning in source.warnings] == [
        "catalog/families/linked.yml",
        "catalog/notes.txt",
    ]


def test_a_folder_that_is_not_there_is_an_empty_catalog(tmp_path):
    assert list(read_catalog(tmp_path / "catalog").of(Kind.CHECKPOINT)) == []


@pytest.mark.parametrize(
    ("benchmark", "wording", "setting"),
    [
        ("mmlu", "5-shot", Setting(shots=5)),
        ("mmlu", "CoT; 0-shot; macro_avg/acc", Setting(shots=0, chain_of_thought=True)),
        ("gsm8k", "0-shot chain-of-thought", Setting(shots=0, chain_of_thought=True)),
        ("gsm8k", "listed as 4-shot; the figure equals the 8-shot one", Setting()),
        ("gpqa", "Diamond (Pass@1)", Setting(variant="Diamond")),
        ("aime", "thinking mode; AIME 2024; Accuracy", Setting(variant="2024, thinking mode")),
        ("math", "MATH-500; EM", Setting(variant="MATH-500")),
        ("livecodebench", "LiveCodeBench (0901-0401)", Setting(variant="0901-0401")),
        ("humaneval-plus", "MBPP+ (extended tests); EvalPlus run", Setting(variant="MBPP+")),
        ("mmlu", "", Setting()),
    ],
)
def test_settings_are_taken_apart_only_where_they_leave_no_doubt(benchmark, wording, setting):
    assert parse_setting(benchmark, wording) == setting
