"""The list of models as a page: rows, order, filters, notices, the way out, caching."""

from __future__ import annotations

import datetime
import re
from html import unescape

import pytest
from django.test import Client

from tests.catalog.builders import (
    make_checkpoint,
    make_citation,
    make_family,
    make_license,
    make_machine,
    make_result,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "section#results"}


def page(client: Client, query: str = "", **options) -> str:
    response = client.get(f"/models/{query}", **options)
    assert response.status_code == 200
    return response.content.decode()


def names(html: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'<a class="name" href="[^"]+">([^<]+)</a>', html)]


def count_beside(html: str, key: str, value: str) -> tuple[str, bool]:
    """Return the count beside a choice, and whether it is disabled."""
    match = re.search(
        rf'name="{key}" value="{re.escape(value)}"( checked)?( disabled)?>.*?<span class="num">(\d+)</span>',
        html,
        re.DOTALL,
    )
    assert match, f"{key}={value} is not on the page"
    return match[3], bool(match[2])


@pytest.fixture
def three() -> None:
    """A free small model, a capped large one, and one of which little is known."""
    llama, qwen = make_family("Llama", "Meta"), make_family("Qwen", "Alibaba")
    free = make_license("Apache 2.0", commercial_use="yes")
    capped = make_license("Llama 3.1", commercial_use="if", user_cap=("yes", 700_000_000), use_policy="yes")
    make_checkpoint("Qwen3 4B", family=qwen, license=free, parameters=4_022_468_096, kind="base")
    large = make_checkpoint("Llama 3.1 70B", family=llama, license=capped, parameters=70_553_706_496)
    make_checkpoint("Mystery 9B", family=llama, context_tokens=None, released=None)
    make_result(large, 1248)


@pytest.mark.usefixtures("three")
def test_the_license_answer_stands_first_and_in_words(client):
    html = page(client)

    assert "Yes, below 700M users" in html
    assert '<span class="ans mut">' in html
    assert re.search(r'class="ans yes">.*?Yes</span>\s*<small>Apache 2.0', html, re.DOTALL)


@pytest.mark.usefixtures("three")
def test_values_of_a_facet_join_and_facets_intersect(client):
    assert names(page(client, "?family=llama&family=qwen")) == names(page(client))
    assert names(page(client, "?family=llama&work=if")) == ["Llama 3.1 70B"]
    assert names(page(client, "?family=qwen&work=if")) == []


@pytest.mark.usefixtures("three")
def test_counts_say_what_each_value_would_give_and_zero_stays_visible(client):
    html = page(client, "?family=qwen")

    assert count_beside(html, "family", "llama") == ("2", False)
    assert count_beside(html, "work", "yes") == ("1", False)
    assert count_beside(html, "work", "if") == ("0", True)


@pytest.mark.usefixtures("three")
def test_a_range_holds_its_ends_and_says_what_it_leaves_out(client):
    assert names(page(client, "?params_max=4.022468096")) == ["Qwen3 4B"]

    html = page(client, "?context_min=128k")

    assert names(html) == ["Llama 3.1 70B", "Qwen3 4B"]
    assert "1 more is left out: the figure is not known." in html


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Llama 3.1 70B", "Mystery 9B", "Qwen3 4B"]),
        ("params", ["Qwen3 4B", "Mystery 9B", "Llama 3.1 70B"]),
        ("-params", ["Llama 3.1 70B", "Mystery 9B", "Qwen3 4B"]),
        ("context", ["Llama 3.1 70B", "Qwen3 4B", "Mystery 9B"]),
        ("-context", ["Llama 3.1 70B", "Qwen3 4B", "Mystery 9B"]),
        ("-score", ["Llama 3.1 70B", "Mystery 9B", "Qwen3 4B"]),
        ("memory", ["Qwen3 4B", "Mystery 9B", "Llama 3.1 70B"]),
    ],
)
@pytest.mark.usefixtures("three")
def test_rows_are_ordered_with_ties_by_name_and_missing_ones_last(client, sort, expected):
    assert names(page(client, f"?sort={sort}")) == expected


@pytest.mark.usefixtures("three")
def test_nonsense_is_named_and_the_rest_applies(client):
    html = page(
        client, "?family=qwen&kind=instrcut&params_min=lots&colour=red&page=zero&sort=size&machine=abacus"
    )

    assert names(html) == ["Qwen3 4B"]
    text = unescape(html)
    assert "“instrcut” is not a value of “Kind”" in text
    assert "Did you mean 'instruct'?" in text
    assert "“lots” is not a number such as 7.5" in text
    assert "Not known here and ignored: colour." in text


@pytest.mark.usefixtures("three")
def test_an_empty_result_names_the_one_filter_whose_removal_helps_most(client):
    html = page(client, "?family=qwen&work=if&kind=base&q=4b")

    assert "No checkpoint passes all 4 filters" in html
    match = re.search(r'<a class="btn btn--quiet" href="([^"]+)">(Drop [^<]+)</a>', html)
    assert match is not None
    assert unescape(match[2]) == "Drop “At work: Yes, with conditions”, 1 checkpoint"
    assert names(page(client, unescape(match[1]).removeprefix("/models/"))) == ["Qwen3 4B"]


def test_a_page_holds_thirty_rows_and_the_last_page_answers_beyond_the_end(client):
    family = make_family()
    for number in range(31):
        make_checkpoint(f"Model {number:02}", family=family)

    assert len(names(page(client, "?sort=name"))) == 30
    assert names(page(client, "?sort=name&page=2")) == ["Model 30"]
    assert names(page(client, "?sort=name&page=99")) == ["Model 30"]


@pytest.mark.parametrize("rows", [1, 40])
def test_the_list_takes_four_queries_however_many_rows(client, django_assert_num_queries, rows):
    license_ = make_license("Llama 3.1", commercial_use="if", user_cap=("yes", 700_000_000))
    for number in range(rows):
        checkpoint = make_checkpoint(f"Model {number}", license=license_, parameters=10**9 + number)
        make_result(checkpoint, 1000 + number)
    make_machine()

    with django_assert_num_queries(4):
        page(client, "?machine=rtx-4060-ti-16-gb&fits=fits&work=if&sort=memory")


@pytest.mark.usefixtures("three")
def test_a_chosen_machine_adds_verdicts_and_the_facet_of_what_fits(client):
    make_machine()

    without = page(client)
    html = page(client, "?machine=rtx-4060-ti-16-gb")

    assert 'name="fits"' not in without
    assert count_beside(html, "fits", "fits") == ("2", False)
    assert names(page(client, "?machine=rtx-4060-ti-16-gb&fits=partial")) == ["Llama 3.1 70B"]
    assert re.search(r"\d+ of 32 layers", html)
    assert "Choose a machine to see what fits it." in page(client, "?fits=fits")


@pytest.mark.usefixtures("three")
def test_htmx_gets_the_results_alone_with_counts_and_the_canonical_address(client):
    response = client.get("/models/?q=&family=qwen&params_min=&tokens=8192", headers=HTMX)
    html = response.content.decode()

    assert names(html) == ["Qwen3 4B"]
    assert "<html" not in html
    assert 'id="facet-work" hx-swap-oob="innerMorph"' in html
    assert '<p id="status" hx-swap-oob="innerHTML">1 of 3 checkpoints</p>' in html
    assert response["HX-Push-Url"] == "/models/?family=qwen"


@pytest.mark.usefixtures("three")
def test_going_back_gets_the_whole_page_though_htmx_asks(client):
    html = page(client, "?family=qwen", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert "<html" in html
    assert names(html) == ["Qwen3 4B"]


@pytest.mark.usefixtures("three")
def test_strangers_share_the_page_and_ask_again_for_nothing(client):
    first = client.get("/models/")

    assert first["Cache-Control"] == "public, max-age=60, stale-while-revalidate=60"
    assert {"Cookie", "HX-Request", "HX-Target"} <= set(first["Vary"].split(", "))
    assert "Set-Cookie" not in first
    assert client.get("/models/", headers={"If-None-Match": first["ETag"]}).status_code == 304

    client.cookies["sessionid"] = "someone"
    assert client.get("/models/")["Cache-Control"] == "private, no-cache"


@pytest.mark.usefixtures("three")
def test_text_finds_names_families_makers_and_parts_of_names(client):
    assert names(page(client, "?q=70b")) == ["Llama 3.1 70B"]
    assert names(page(client, "?q=llama3.1")) == ["Llama 3.1 70B"]
    assert names(page(client, "?q=alibaba+4b")) == ["Qwen3 4B"]
    assert names(page(client, "?q=%22%3Cscript%3E")) == []


def test_an_empty_catalog_is_a_page(client):
    html = page(client)

    assert "of 0 checkpoints" in html


def test_other_methods_are_refused(client):
    assert client.post("/models/").status_code == 405


def test_license_years_and_results_are_facets_with_an_unknown_value(client):
    checkpoint = make_checkpoint("Dated 8B", released=datetime.date(2023, 5, 1))
    make_checkpoint("Undated 8B", released=None)
    make_result(checkpoint, 70, "MMLU", reporter_kind="vendor", reporter="Meta", self_reported=True)
    make_citation(checkpoint)

    assert names(page(client, "?year=2023")) == ["Dated 8B"]
    assert names(page(client, "?year=unknown")) == ["Undated 8B"]
    assert names(page(client, "?license=unknown&sort=name")) == ["Dated 8B", "Undated 8B"]
    assert names(page(client, "?benchmark=mmlu")) == ["Dated 8B"]
