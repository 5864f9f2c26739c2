"""Pages of families and licenses."""

from __future__ import annotations

import datetime
import re
from html import unescape

import pytest
from django.test import Client

from catalog.templatetags.catalog_tags import WORD_JOINER
from tests.catalog.builders import make_checkpoint, make_family, make_license, make_release

pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    html = unescape(response.content.decode()).replace(WORD_JOINER, "")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def two_licenses() -> None:
    family = make_family("Gemma", "Google")
    terms = make_license("Gemma Terms", commercial_use="yes", use_policy="yes")
    apache = make_license("Apache 2.0", commercial_use="yes")
    later = make_release(family, "Gemma 4 12B", generation="4", released=datetime.date(2026, 5, 1))
    earlier = make_release(
        family, "Gemma 3 12B", generation="3", released=datetime.date(2025, 3, 1), superseded_by=later
    )
    make_checkpoint(
        "Gemma 3 12B IT", family=family, release=earlier, license=terms, released=datetime.date(2025, 3, 1)
    )
    make_checkpoint(
        "Gemma 4 12B IT", family=family, release=later, license=apache, released=datetime.date(2026, 5, 1)
    )


@pytest.mark.usefixtures("two_licenses")
def test_a_family_shows_its_releases_and_how_its_license_changed(client):
    text = text_of(client, "/models/families/gemma/")

    assert "Gemma 4 12B Instruct" in text
    assert text.index("Gemma Terms 1 checkpoint Yes, with use rules Gemma 3") < text.index(
        "Apache 2.0 1 checkpoint Yes Gemma 4"
    )
    releases = text[text.index("Releases and sizes") :]
    assert releases.index("Gemma 4 12B") < releases.index("Gemma 3 12B")


@pytest.mark.usefixtures("two_licenses")
def test_licenses_stand_side_by_side_with_a_warning(client):
    make_license("Llama 3.1", commercial_use="if", user_cap=("yes", 700_000_000), outputs="silent")

    text = text_of(client, "/models/licenses/")

    assert "not legal advice" in text
    assert (
        "Llama 3.1 Whoever wrote it Yes, below 700M users 700M users Not known The text does not say" in text
    )


@pytest.mark.usefixtures("two_licenses")
def test_a_license_answers_each_question_with_clause_and_source(client):
    text = text_of(client, "/models/licenses/gemma-terms/")

    assert "May I use it at work? Yes 2 source 1" in text
    assert "Is there an acceptable-use policy? Yes 2" in text
    assert "Reviewed on 23 November 2026. The whole text was read." in text
    assert "Gemma Gemma 3 12B IT" in text


def test_a_license_that_binds_besides_their_own_lists_its_checkpoints_too(client):
    meta = make_license("Llama 3", commercial_use="if")
    distilled = make_checkpoint("Distill 8B", license=make_license("MIT", commercial_use="yes"))
    distilled.additional_licenses.add(meta)

    assert "Distill 8B" in text_of(client, "/models/licenses/llama-3/")


@pytest.mark.parametrize("more", [0, 20])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("/models/families/gemma/", 3), ("/models/licenses/", 2), ("/models/licenses/gemma-terms/", 3)],
)
@pytest.mark.usefixtures("two_licenses")
def test_queries_do_not_grow_with_rows(client, django_assert_num_queries, path, queries, more):
    family, terms = make_family("Gemma", "Google"), make_license("Gemma Terms")
    for number in range(more):
        make_checkpoint(f"Gemma {number}B", family=family, license=terms)
        make_license(f"License {number}")

    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.parametrize("path", ["/models/families/nobody/", "/models/licenses/none/"])
def test_unknown_names_are_not_found(client, path):
    assert client.get(path).status_code == 404
