"""Filters read from an address, and what licenses allow in one answer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.http import QueryDict

from catalog.facets import Shelf, Vocabulary, read_filters
from catalog.facets.items import representative
from catalog.permissions import Term, for_checkpoint, strictest, work_answer
from tests.catalog.builders import a_score, an_item


def test_the_rest_applies_when_one_value_is_no_good():
    shelf = Shelf([an_item(), an_item(pk=2, family="qwen", family_name="Qwen")])

    asked = read_filters(
        QueryDict("family=llama&family=lama&params_min=much&colour=red"), Vocabulary(values=shelf.values())
    )

    assert asked.filters.query == "family=llama"
    assert [parameter for parameter, _sentence in asked.errors] == ["family", "params_min"]
    assert "Did you mean 'llama'?" in asked.errors[0][1]
    assert asked.unknown == ["colour"]


def test_a_lowest_value_above_the_highest_is_reported_and_left_out():
    asked = read_filters(QueryDict("params_min=70&params_max=7"), Vocabulary(values={}))

    assert asked.filters.ranges == {}
    assert asked.errors[0][0] == "params_min"


@pytest.mark.parametrize(("typed", "means"), [("128k", 131_072), ("131072", 131_072), ("1M", 2**20)])
def test_context_is_typed_as_makers_write_it(typed, means):
    asked = read_filters(QueryDict(f"context_min={typed}"), Vocabulary(values={}))

    assert asked.filters.ranges["context"].low == means


def test_fits_without_a_machine_asks_for_one():
    asked = read_filters(QueryDict("fits=fits"), Vocabulary(values={"fits": ["fits", "no"]}))

    assert asked.filters.chosen == {}
    assert asked.errors[0][0] == "fits"


def test_the_score_shown_is_of_whoever_has_no_stake_in_it():
    maker = a_score(value=Decimal(90))
    other = a_score(value=Decimal(80), reporter_kind="independent")

    assert representative([maker, other]) is other


@pytest.mark.parametrize(
    ("terms", "value", "text"),
    [
        ({}, "unknown", "Not known"),
        ({"commercial-use": Term("unread")}, "unknown", "Text not read"),
        ({"commercial-use": Term("yes")}, "yes", "Yes"),
        ({"commercial-use": Term("no")}, "no", "No"),
        ({"commercial-use": Term("if")}, "if", "Yes, with conditions"),
        ({"commercial-use": Term("yes"), "use-policy": Term("yes")}, "if", "Yes, with use rules"),
        (
            {"commercial-use": Term("if"), "user-cap": Term("yes", 700_000_000), "use-policy": Term("yes")},
            "if",
            "Yes, below 700M users",
        ),
        (
            {"commercial-use": Term("if"), "revenue-cap": Term("yes", 1_000_000)},
            "if",
            "Yes, below $1M revenue",
        ),
    ],
)
def test_the_answer_about_work_names_what_binds_most(terms, value, text):
    answer = work_answer(terms)

    assert (answer.value, str(answer.text)) == (value, text)


LLAMA = {"commercial-use": Term("if"), "user-cap": Term("yes", 700_000_000)}


@pytest.mark.parametrize(
    ("territory", "exception"),
    [
        (Term("no"), ""),
        (Term("unread"), ""),
        (Term("yes"), "not in every place"),
        (Term("yes", place="the EU"), "not for those based in the EU"),
        (Term("if", place="the EU", images_only=True), "if it reads images, not for those based in the EU"),
    ],
)
def test_the_answer_about_work_says_where_it_does_not_hold(territory, exception):
    answer = work_answer({**LLAMA, "territory": territory})

    assert (answer.value, str(answer.text), str(answer.exception)) == (
        "if",
        "Yes, below 700M users",
        exception,
    )
    assert str(answer) == "; ".join(filter(None, ["Yes, below 700M users", exception]))


def test_a_place_without_rights_makes_a_plain_yes_conditional():
    excluded = Term("yes", place="the EU")

    assert work_answer({"commercial-use": Term("yes"), "territory": excluded}).value == "if"
    assert str(work_answer({"commercial-use": Term("no"), "territory": excluded})) == "No"


@pytest.mark.parametrize(("reads_images", "verdict"), [(True, "yes"), (False, "no")])
def test_a_place_excluded_for_images_only_is_settled_for_one_checkpoint(reads_images, verdict):
    terms = {**LLAMA, "territory": Term("if", place="the EU", images_only=True)}

    settled = for_checkpoint(terms, reads_images=reads_images)

    assert settled["territory"].verdict == verdict
    assert bool(work_answer(settled).exception) is reads_images
    assert for_checkpoint(LLAMA, reads_images=reads_images) == LLAMA


def test_of_two_licenses_the_stricter_answer_counts():
    both = strictest(
        [
            {"commercial-use": Term("yes"), "user-cap": Term("no")},
            {"commercial-use": Term("if"), "user-cap": Term("yes", 700_000_000)},
        ]
    )

    assert str(work_answer(both).text) == "Yes, below 700M users"
