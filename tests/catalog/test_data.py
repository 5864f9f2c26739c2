"""The list as JSON and CSV: the same rows, every figure with its source, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from tests.catalog.builders import (
    make_checkpoint,
    make_citation,
    make_family,
    make_license,
    make_result,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> None:
    source = make_source(title="Model card", url="https://example.org/card")
    checkpoint = make_checkpoint("Llama 3.1 8B", license=make_license("Llama 3.1", commercial_use="if"))
    for group in ("parameters", "context", "license", "release"):
        make_citation(checkpoint, group, source=source)
    make_result(checkpoint, "1193", interval_low="1190", interval_high="1196", source=source)
    make_checkpoint("Qwen3 4B", family=make_family("Qwen", "Alibaba"))


def lines(client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/models.csv{query}").content.decode())))


@pytest.mark.usefixtures("two")
def test_json_counts_all_rows_and_gives_each_figure_its_source_and_date(client):
    data = client.get("/models.json?sort=name").json()

    assert data["count"] == 2
    first = data["results"][0]
    assert first["slug"] == "llama-3.1-8b"
    assert first["url"] == "http://testserver/models/llama-3.1-8b/"
    card = {
        "title": "Model card",
        "url": "https://example.org/card",
        "seen": "2026-11-23",
        "evidence": "primary",
    }
    for name in ("parameters", "context_tokens", "license", "released"):
        assert first[name]["sources"] == [card], name
    assert first["parameters"]["value"] == 8_030_261_248
    assert first["benchmark_results"][0]["value"] == 1193
    assert first["benchmark_results"][0]["source"] == card
    assert data["results"][1]["license"] == {"value": None, "sources": []}
    assert "problems" not in data


@pytest.mark.usefixtures("two")
def test_page_json_and_csv_answer_the_same_question(client):
    query = "?family=qwen&params_max=8.1"

    assert [row["slug"] for row in client.get(f"/models.json{query}").json()["results"]] == ["qwen3-4b"]
    assert [row["slug"] for row in lines(client, query)] == ["qwen3-4b"]
    assert ">Qwen3 4B</a>" in client.get(f"/models/{query}").content.decode()


@pytest.mark.usefixtures("two")
def test_json_says_what_it_could_not_use(client):
    data = client.get("/models.json?family=lama&colour=red").json()

    assert data["count"] == 2
    assert [problem["parameter"] for problem in data["problems"]] == ["family", "colour"]


@pytest.mark.usefixtures("two")
def test_csv_gives_source_and_date_beside_each_figure(client):
    response = client.get("/models.csv?sort=name")
    row = lines(client, "?sort=name")[0]

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert row["parameters"] == "8030261248"
    assert row["parameters_source"] == "https://example.org/card"
    assert row["parameters_source_seen"] == "2026-11-23"
    assert (row["benchmark"], row["score"], row["score_reporter"]) == ("arena", "1193.000", "LMArena")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(client, start):
    make_checkpoint(f"{start}HYPERLINK(1)", slug="trap", hub_id="trap")

    row = lines(client)[0]

    assert row["name"] == f"'{start}HYPERLINK(1)"


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("path", ["/models.json", "/models.csv"])
def test_data_is_shared_for_a_minute_and_asked_again_by_etag(client, path):
    first = client.get(path)

    assert first["Cache-Control"] == "public, max-age=60"
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("path", "queries"), [("/models.json", 6), ("/models.csv", 5)])
def test_data_takes_as_many_queries_for_one_row_as_for_many(
    client, django_assert_num_queries, rows, path, queries
):
    for number in range(rows):
        checkpoint = make_checkpoint(f"Model {number}")
        make_citation(checkpoint)
        make_result(checkpoint)

    with django_assert_num_queries(queries):
        client.get(path)


def test_public_answers_are_compressed_and_personal_ones_are_not(client):
    make_checkpoint("Llama 3.1 8B")

    public = client.get("/models/", headers={"Accept-Encoding": "gzip"})
    client.cookies["sessionid"] = "somebody"
    personal = client.get("/models/", headers={"Accept-Encoding": "gzip"})

    assert public["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in public["Vary"]
    assert client.get("/models.json", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in personal
