"""Places a license excludes: no short answer leaves them out, and text models are not tarred with them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from catalog.figures import render_families
from catalog.models import Checkpoint
from catalog.templatetags.catalog_tags import WORD_JOINER
from tests.catalog.builders import make_checkpoint, make_family, make_license, make_release

pytestmark = pytest.mark.django_db

ANSWER = "Yes, below 700M users"
EXCEPTION = "ot for those based in the EU"  # the first letter is a capital where it begins a line


def seen(html: str) -> str:
    """Return what a reader sees, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(html).replace(WORD_JOINER, "")))


@pytest.fixture
def generations() -> None:
    """Llama 3.2 grants nothing in the EU for its vision model, Llama 4 for any model."""
    family = make_family("Llama", "Meta")
    cap: dict[str, Any] = {"commercial_use": "if", "user_cap": ("yes", 700_000_000)}
    partly = {"verdict": "if", "place": "the EU", "images_only": True}
    third = make_license("Llama 3.2", **cap, territory=partly)
    fourth = make_license("Llama 4", **cap, territory={"verdict": "yes", "place": "the EU"})
    for name, generation, reads_images, license_ in (
        ("Llama 3.2 3B", "3.2", False, third),
        ("Llama 3.2 11B Vision", "3.2", True, third),
        ("Llama 4 Scout", "4", True, fourth),
        ("Llama 4 Maverick", "4", True, fourth),
    ):
        release = make_release(family, name, generation=generation)
        make_checkpoint(name, family=family, release=release, license=license_, reads_images=reads_images)


@pytest.mark.usefixtures("generations")
@pytest.mark.parametrize(
    ("slug", "excepted"), [("llama-3.2-3b", False), ("llama-3.2-11b-vision", True), ("llama-4-scout", True)]
)
def test_a_checkpoint_says_at_once_whom_its_license_leaves_out(client, slug, excepted):
    text = seen(client.get(f"/models/{slug}/").content.decode())

    assert (f"{ANSWER} N{EXCEPTION}." in text) is excepted
    assert ANSWER in text


@pytest.mark.usefixtures("generations")
def test_the_list_and_its_data_say_so_in_every_row(client):
    page = seen(client.get("/models/?sort=name").content.decode())
    data = client.get("/models.json?sort=name").json()["results"]
    csv = client.get("/models.csv").content.decode()

    assert page.count(f"{ANSWER} N{EXCEPTION}") == 3
    assert [row["may_be_used_at_work"]["answer"] for row in data] == [
        f"{ANSWER}; n{EXCEPTION}",
        ANSWER,
        f"{ANSWER}; n{EXCEPTION}",
        f"{ANSWER}; n{EXCEPTION}",
    ]
    assert csv.count(f"{ANSWER}; n{EXCEPTION}") == 3


@pytest.mark.usefixtures("generations")
def test_places_excluded_are_a_question_about_the_checkpoint(client):
    data = client.get("/models.json?territory=yes&sort=name").json()["results"]

    assert [row["name"] for row in data] == ["Llama 3.2 11B Vision", "Llama 4 Maverick", "Llama 4 Scout"]


@pytest.mark.usefixtures("generations")
def test_a_family_keeps_its_answer_and_names_what_is_excepted():
    text = seen(render_families(["llama"]))

    assert f"{ANSWER} Llama 3.2 11B Vision, Llama 4: n{EXCEPTION}" in text


@pytest.mark.usefixtures("generations")
def test_a_family_that_is_excepted_as_a_whole_names_no_model():
    Checkpoint.objects.filter(reads_images=False).delete()

    assert f"{ANSWER} N{EXCEPTION} Llama 4, Llama 3.2" in seen(render_families(["llama"]))


@pytest.mark.usefixtures("generations")
@pytest.mark.parametrize(
    "path", ["/models/licenses/", "/models/licenses/llama-3.2/", "/models/families/llama/"]
)
def test_a_license_that_excludes_some_models_says_which(client, path):
    assert f"If it reads images, n{EXCEPTION}" in seen(client.get(path).content.decode())
