"""``::: models`` in lessons: the list's own query, drawn, and refused where the list would guess."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from catalog.facets import Vocabulary
from catalog.figures import FigureError, render_models
from catalog.loader import load_catalog
from catalog.source import examine_catalog
from catalog.vocabulary import stored_vocabulary, vocabulary_of_source
from tests.catalog.builders import make_checkpoint, make_family, make_license, make_machine, make_result
from tests.catalog.files import write_catalog
from tests.trees import load, refusal, write_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def models() -> None:
    apache = make_license("Apache 2.0")
    llama, qwen = make_family("Llama", "Meta"), make_family("Qwen", "Alibaba")
    small = make_checkpoint("Llama 8B", family=llama, license=apache)
    make_checkpoint("Llama 70B", family=llama, parameters=70_553_706_496, license=apache)
    make_checkpoint("Qwen 7B", family=qwen, parameters=7_615_616_512, kind="base", context_tokens=None)
    make_result(small, 1171)
    make_machine("Card 24", memory_gb=24)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def names(html: str) -> list[str]:
    return re.findall(r'href="/models/([^"?]+)/"', html)


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize(
    "query",
    [
        "family=llama",
        "family=llama&family=qwen&sort=params",
        "params_max=8&sort=-params",
        "q=70b",
        "machine=card-24&fits=fits&sort=name",
        "",
    ],
)
def test_rows_and_their_order_are_those_of_the_list(client: Client, query: str) -> None:
    drawn = render_models("", query)
    listed = re.findall(
        r'class="name" href="/models/([^"]+)/"', client.get(f"/models/?{query}").content.decode()
    )

    assert listed
    assert names(drawn) == listed


@pytest.mark.usefixtures("models")
def test_a_row_tells_license_size_context_and_memory() -> None:
    text = words(render_models("Small ones", "family=llama\nparams_max=10\nsort=params"))

    assert "Small ones" in text
    assert re.search(r"Llama 8B Instruct Yes Apache 2.0 6\.\d+ GiB 8.03B 128k", text)
    assert "Memory: weights as Q4_K_M, 8k of 16-bit cache, and overhead; computed." in text
    assert "Order: Fewest parameters." in text


@pytest.mark.usefixtures("models")
def test_memory_is_for_the_machine_context_and_quantization_that_were_named() -> None:
    text = words(render_models("", "q=70b&machine=card-24&quantization=Q2_K&tokens=2048"))

    assert "Memory: weights as Q2_K, 2k of 16-bit cache" in text
    assert "Machine: Card 24." in text
    assert re.search(r"\d+ of 32 layers|In part|No ", text)


@pytest.mark.usefixtures("models")
def test_scores_are_shown_with_who_reported_them_where_they_order_the_rows() -> None:
    assert "1171 votes by people" in words(render_models("", "family=llama"))
    assert "1171" not in render_models("", "family=llama&sort=name")
    assert "1171" in render_models("", "family=llama&sort=name&score=arena")


@pytest.mark.usefixtures("models")
def test_what_is_cut_off_is_a_link_away() -> None:
    html = render_models("", "family=llama&sort=name&limit=1")

    assert names(html) == ["llama-70b"]
    assert '<a href="/models/?family=llama&amp;sort=name">All 2 models in the catalog' in html
    assert "The same in the catalog" in render_models("", "family=llama")


@pytest.mark.usefixtures("models")
def test_cards_hold_the_same_and_what_is_stored_points_at_no_file() -> None:
    table, cards = (render_models("", f"family=llama&view={view}") for view in ("table", "cards"))

    assert names(cards) == names(table)
    assert "<table" not in cards
    assert "8.03B parameters" in words(cards)
    for html in (table, cards):
        assert "/static/" not in html
        assert "style=" not in html
        assert " id=" not in html


@pytest.mark.usefixtures("models")
def test_a_title_is_text_and_never_markup() -> None:
    html = render_models("<b>x</b>", "family=llama")

    assert "<b>" not in html
    assert "&lt;b&gt;x" in html


@pytest.mark.usefixtures("models")
def test_nothing_found_is_an_error_and_not_an_empty_table() -> None:
    with pytest.raises(FigureError, match="No checkpoint is found"):
        render_models("", "family=llama&kind=base")


def lesson(*body: str) -> dict[str, str]:
    return {"course/01-first/01-a.md": "# A\n\n" + "\n".join(body) + "\n"}


def write_course(folder: Path, *body: str) -> Path:
    write_catalog(folder)
    return write_tree(folder, {"course/_category_.yml": "label: C\n", **lesson(*body)})


@pytest.mark.parametrize(
    ("body", "place", "said"),
    [
        (
            (":::models", "familly=heron", ":::"),
            (4, 1),
            "there is no parameter 'familly' here. Did you mean 'family'?",
        ),
        (
            (":::models", "family=heronn", ":::"),
            (4, 8),
            "'family' has no value 'heronn'. Did you mean 'heron'?",
        ),
        ((":::models family=heronn", ":::"), (3, 18), "'family' has no value 'heronn'"),
        (
            (":::models", "sort=name", "kind=base&kind=bose", ":::"),
            (5, 16),
            "'kind' has no value 'bose'. Did you mean 'base'?",
        ),
        ((":::models", "sort=-size", ":::"), (4, 6), "'sort' has no value '-size'"),
        ((":::models", "quantization=Q4_K_N", ":::"), (4, 14), "Did you mean 'Q4_K_M'?"),
        ((":::models", "machine=card-25", ":::"), (4, 9), "Did you mean 'card-24'?"),
        ((":::models", "params_max=seven", ":::"), (4, 12), "'seven' is no number for 'params_max'"),
        (
            (":::models", "params_min=8", "params_max=7", ":::"),
            (5, 12),
            "the highest value is below the lowest",
        ),
        ((":::models", "fits=fits", ":::"), (4, 6), "'fits' without a machine"),
        ((":::models", "page=2", ":::"), (4, 1), "there is no parameter 'page' here"),
        ((":::models", "view=tiles", ":::"), (4, 6), "there is no view 'tiles'. Write table or cards."),
        ((":::models", "limit=0", ":::"), (4, 7), "'limit' cannot be '0'. Write a number from 1 to 100."),
        ((":::landscape T", "benchmark=mmla", ":::"), (4, 11), "'benchmark' has no value 'mmla'"),
        ((":::landscape T", "family=heron", ":::"), (3, 1), "a landscape needs exactly one benchmark"),
        ((":::families", "heron herron", ":::"), (4, 7), "unknown family 'herron'. Did you mean 'heron'?"),
    ],
)
def test_a_slip_is_refused_at_its_place_before_anything_is_written(
    tmp_path: Path, body: tuple[str, ...], place: tuple[int, int], said: str
) -> None:
    report = refusal(write_course(tmp_path, *body), "--check")

    assert f"01-a.md:{place[0]}:{place[1]}: " in report
    assert said in report


@pytest.mark.parametrize(
    "body",
    [
        (":::models Herons", "family=heron", "sort=-params", ":::"),
        (":::models family=heron&view=cards", ":::"),
        (":::models", "https://example.org/models/?family=heron&sort=name", ":::"),
        (":::models", "?family=heron", ":::"),
        (":::models", "machine=card-24&fits=fits", "year=2024&license=open&language=unknown", ":::"),
    ],
)
def test_a_lesson_shows_rows_of_the_catalog_loaded_with_it(
    tmp_path: Path, client: Client, body: tuple[str, ...]
) -> None:
    load(write_course(tmp_path, *body))

    assert '<a href="/models/heron-1-7b/">' in client.get("/learn/course/first/a/").content.decode()


def test_a_changed_catalog_renders_anew_what_it_draws_and_reports_only_what_differs(
    tmp_path: Path, client: Client
) -> None:
    load(write_course(tmp_path, ":::models", "family=heron&sort=name", ":::"))
    write_catalog(tmp_path, family=("known_for: Patience", "known_for: Speed"))

    assert "lesson: 1 unchanged" in load(tmp_path)

    write_catalog(tmp_path, family=("context_tokens: 8192", "context_tokens: 4096"))

    assert "lesson: 1 updated" in load(tmp_path)
    assert "4k" in client.get("/learn/course/first/a/").content.decode()


def held(known: Vocabulary) -> dict[str, set[str]]:
    found = {key: set(values) for key, values in known.values.items()}
    others = {
        "machine": known.machines,
        "quantization": known.quantizations,
        "score": known.benchmarks,
        "sort": known.columns,
    }
    return found | {name: set(values) for name, values in others.items()}


def test_what_files_may_be_asked_is_what_their_rows_may_be_asked() -> None:
    source, problems = examine_catalog(settings.BASE_DIR / "content" / "catalog")
    assert [problem for problem in problems if problem.is_error] == []

    load_catalog(source)

    assert held(vocabulary_of_source(source)) == held(stored_vocabulary())
