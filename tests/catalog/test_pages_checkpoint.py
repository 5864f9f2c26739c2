"""The page of one checkpoint: four answers, sizes on a machine, results, facts with sources."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from catalog.models import Checkpoint
from catalog.templatetags.catalog_tags import WORD_JOINER
from tests.catalog.builders import (
    make_checkpoint,
    make_citation,
    make_family,
    make_license,
    make_machine,
    make_release,
    make_result,
    make_source,
)

pytestmark = pytest.mark.django_db


def page(client: Client, query: str = "", slug: str = "llama-3.1-8b-instruct") -> str:
    response = client.get(f"/models/{slug}/{query}")
    assert response.status_code == 200
    return unescape(response.content.decode()).replace(WORD_JOINER, "")


def text_of(html: str) -> str:
    """Return what a reader sees, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def llama() -> Checkpoint:
    license_ = make_license("Llama 3.1", commercial_use="if", user_cap=("yes", 700_000_000), naming="yes")
    license_.answers.filter(question="naming").update(detail="Begin its name with Llama")
    return make_checkpoint("Llama 3.1 8B Instruct", license=license_)


@pytest.mark.usefixtures("llama")
def test_the_four_questions_are_answered_first_and_in_order(client):
    html = page(client)
    questions = re.findall(r"<dt>([^<]+)</dt>", html)[:4]

    assert questions == ["May I use it at work?", "Does it fit?", "Is it good at my task?", "Who says so?"]
    text = text_of(html)
    assert "Yes, below 700M users Begin its name with Llama. Llama 3.1, clause by clause" in text
    assert "No result was found" in text
    assert "Nobody yet" in text


def test_a_no_is_followed_by_its_reason(client):
    license_ = make_license(
        "EXAONE NC",
        commercial_use={"verdict": "no", "detail": "For research only"},
        naming={"verdict": "if", "detail": "Its name must begin with EXAONE"},
    )
    make_checkpoint("Llama 3.1 8B Instruct", license=license_)

    assert "No For research only. EXAONE NC, clause by clause" in text_of(page(client))


@pytest.mark.usefixtures("llama")
@pytest.mark.parametrize(("quantization", "gib"), [("Q4_K_M", "4.58"), ("Q8_0", "7.95"), ("F16", "15.0")])
def test_weights_are_those_of_published_files(client, quantization, gib):
    row = re.search(rf"<code>{quantization}</code></th>(.*?)</tr>", page(client), re.DOTALL)

    assert row is not None
    assert f">{gib}</td>" in row[1]


@pytest.mark.usefixtures("llama")
def test_a_machine_and_a_context_give_verdicts_and_more_cache(client):
    make_machine()

    html = page(client, "?machine=rtx-4060-ti-16-gb&context=8192")

    assert "Does it fit RTX 4060 Ti 16 GB?" in html
    assert "Yes, up to Q8_0" in html
    assert "Cache 1.00 GiB for 8k at 16 bits" in html
    assert re.search(r"<code>F16</code>.*?\d+ of 32 layers", html, re.DOTALL)
    assert "Cache 16.0 GiB for 128k" in page(client, "?machine=rtx-4060-ti-16-gb&context=131072")


@pytest.mark.usefixtures("llama")
@pytest.mark.parametrize(
    "query", ["?machine=abacus", "?context=much", "?context=-1", "?context=99999999999", "?x=1"]
)
def test_what_cannot_be_used_is_said_and_the_default_shown(client, query):
    html = page(client, query)

    assert "8,192 tokens" in html
    assert ('class="err"' in html) == (query != "?x=1")


@pytest.mark.usefixtures("llama")
def test_the_work_is_the_sum_tensor_by_tensor(client):
    html = page(client)

    assert "<code>attn_q</code>" in html
    assert "one latent vector" not in html
    assert '<td class="r">2,048</td><td class="r">8,192</td><td class="r">1,073,741,824</td>' in html


def test_where_the_cache_is_not_known_weights_are_a_range_and_the_page_says_so(client):
    make_checkpoint("Mystery 8B", kv_heads=None, head_dim=None, layers_full=None)

    text = text_of(page(client, slug="mystery-8b"))

    assert "its cache cannot be computed from what was published" in text
    assert "4.49–4.67" in text


def test_facts_carry_numbered_sources_with_dates_and_secondary_ones_are_marked(client, llama):
    card = make_source(title="Model card", url="https://example.org/card")
    listing = make_source(title="A listing", url="https://example.org/listing")
    make_citation(llama, "parameters", source=card)
    make_citation(llama, "release", source=listing, evidence="secondary")

    html = page(client)

    assert re.search(r'8,030,261,248<a class="src" href="#source-1">', html)
    assert '<li id="source-1"><a href="https://example.org/card"' in html
    assert "seen 23 November 2026" in html
    assert re.search(r'23 July 2024<a class="src" href="#source-2">.*?secondary source', html, re.DOTALL)


def test_results_stand_by_benchmark_with_setting_reporter_and_stake(client, llama):
    make_result(
        llama, "69.4", "MMLU", reporter="Meta", reporter_kind="vendor", self_reported=True, setting="5-shot"
    )
    make_result(llama, "68.1", "MMLU", reporter="Microsoft", reporter_kind="vendor", setting="5-shot")
    make_result(llama, "1193", "Arena", interval_low="1190", interval_high="1196")

    html = page(client)
    text = text_of(html)

    assert "3 results, 3 reporters 1 by its maker, 1 by independent parties." in text
    assert "Arena 1193" in text
    assert "Compare on Arena" in text
    assert "1190–1196" in text
    assert text.index("Meta, maker") < text.index("Microsoft, competitor")
    assert '<circle class="dot dot--m" cx="138.8"' in html


def test_relatives_are_named(client, llama):
    newer = make_release(llama.family, "Llama 3.2 8B", generation="3.2")
    llama.release.superseded_by = newer
    llama.release.save()
    base = make_checkpoint("Llama 3.1 8B", release=llama.release, kind="base")
    Checkpoint.objects.filter(pk=llama.pk).update(derived_from=base, relation="fine-tuned")
    other = make_family("Hermes", "Nous")
    make_checkpoint("Hermes 8B", family=other, derived_from=llama, relation="fine-tuned")

    text = text_of(page(client))

    assert "fine-tuned from Llama 3.1 8B" in text
    assert "Same release Llama 3.1 8B" in text
    assert "Made from it Hermes 8B" in text
    assert "Superseded by Llama 3.2 8B" in text


@pytest.mark.parametrize("relatives", [0, 25])
def test_queries_do_not_grow_with_the_family(client, django_assert_num_queries, llama, relatives):
    for number in range(relatives):
        make_checkpoint(f"Relative {number}", derived_from=llama, relation="fine-tuned")
        make_citation(llama)
        make_result(llama, number)

    # Seven for the checkpoint, one for the lessons that speak of it.
    with django_assert_num_queries(8):
        page(client)


def test_an_unknown_name_is_not_found(client):
    assert client.get("/models/llama-9/").status_code == 404
    assert client.get("/models/Llama-9/").status_code == 404


@pytest.mark.usefixtures("llama")
def test_strangers_share_the_page(client):
    first = client.get("/models/llama-3.1-8b-instruct/")

    assert first["Cache-Control"].startswith("public")
    again = client.get("/models/llama-3.1-8b-instruct/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
