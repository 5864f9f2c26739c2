"""Facets, held against a brute-force oracle that knows nothing of bitsets."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from catalog.facets import (
    FACETS,
    RANGES,
    Bounds,
    Filters,
    Item,
    Shelf,
    Vocabulary,
    facet_counts,
    read_filters,
)
from catalog.facets.items import read_items
from catalog.permissions import Term
from tests.catalog.builders import a_score, an_item, make_checkpoint, make_family, make_license, make_result

_NAMES = ("Llama 3.1 8B Instruct", "Qwen3 30B-A3B", "Phi-4", "Gemma 2 27B", "Mixtral 8x7B v0.1")


items = st.builds(
    an_item,
    name=st.sampled_from(_NAMES),
    family=st.sampled_from(["llama", "qwen", "phi"]),
    organization=st.sampled_from(["meta", "alibaba"]),
    kind=st.sampled_from(["base", "instruct", "vision"]),
    structure=st.sampled_from(["dense", "moe"]),
    parameters=st.sampled_from([10**9, 7 * 10**9, 8_030_261_248, 70 * 10**9]),
    active_parameters=st.sampled_from([None, 3 * 10**9]),
    context_tokens=st.sampled_from([None, 4096, 131_072, 2**20]),
    released=st.sampled_from([None, datetime.date(2023, 1, 1), datetime.date(2024, 12, 31)]),
    license=st.sampled_from([None, "mit", "llama3.1"]),
    languages=st.sets(st.sampled_from(["de", "en"])).map(lambda codes: tuple(sorted(codes))),
    terms=st.dictionaries(
        st.sampled_from(["commercial-use", "user-cap", "outputs", "use-policy"]),
        st.builds(
            Term,
            st.sampled_from(["yes", "if", "no", "silent", "unread"]),
            st.sampled_from([None, 700_000_000]),
        ),
    ),
    scores=st.sets(st.sampled_from(["mmlu", "arena"])).map(
        lambda slugs: {slug: a_score(benchmark=slug, benchmark_name=slug.upper()) for slug in slugs}
    ),
)
bounds = st.builds(
    Bounds,
    st.none() | st.sampled_from([Decimal("0.5"), Decimal(7), Decimal("8.1")]),
    st.none() | st.sampled_from([Decimal(7), Decimal("8.030261248"), Decimal(100)]),
)


@st.composite
def questions(draw, shelf_items: list[Item]) -> Filters:
    """Draw filters over the values these rows have, with a few that none has."""
    chosen = {}
    for facet in draw(st.sets(st.sampled_from(FACETS), max_size=4)):
        held = sorted({value for item in shelf_items for value in facet.values_of(item)} | {"nobody"})
        chosen[facet.key] = tuple(draw(st.sets(st.sampled_from(held), max_size=3)))
    ranges = {"params": draw(bounds), "active": draw(bounds)} if draw(st.booleans()) else {}
    if draw(st.booleans()):
        ranges["context"] = Bounds(Decimal(draw(st.sampled_from([4096, 131_072]))))
    return Filters(
        text=draw(st.sampled_from(["", "", "llama", "8b", "30b-a3b", "qwen meta", "zzz"])),
        chosen=chosen,
        ranges=ranges,
    )


def passes(item: Item, filters: Filters, but: str | None = None) -> bool:
    """The oracle: whether one row passes, read straight from the definition."""
    if but != "q" and filters.text and not names_it(item, filters.text):
        return False
    for facet in FACETS:
        wanted = set(filters.chosen.get(facet.key, ()))
        if facet.key != but and wanted and not wanted & facet.values_of(item):
            return False
    for figure_of in RANGES:
        held = filters.ranges.get(figure_of.key, Bounds())
        if figure_of.key == but or (held.low is None and held.high is None):
            continue
        figure = figure_of.value_of(item)
        if figure is None:
            return False
        in_units = Decimal(figure) / figure_of.unit
        if held.low is not None and in_units < held.low:
            return False
        if held.high is not None and in_units > held.high:
            return False
    return True


def names_it(item: Item, text: str) -> bool:
    words = {part for word in item.haystack.split() for part in (word,)}
    asked = text.replace("-", " ").lower().split()
    return all(any(word.startswith(one) for word in words) for one in asked)


@given(st.data())
def test_rows_and_every_count_equal_a_brute_force_oracle(data):
    rows = data.draw(st.lists(items, max_size=12))
    filters = data.draw(questions(rows))
    shelf = Shelf(rows)

    counts = facet_counts(filters, shelf)

    assert shelf.matching(filters) == [row for row in rows if passes(row, filters)]
    assert counts.total == sum(passes(row, filters) for row in rows)
    for facet in FACETS:
        for value, number in counts.values[facet.key].items():
            alone = Filters(
                text=filters.text, ranges=filters.ranges, chosen={**filters.chosen, facet.key: (value,)}
            )
            assert number == sum(passes(row, alone) for row in rows), (facet.key, value)
    for facet in RANGES:
        left_out = [
            row for row in rows if facet.value_of(row) is None and passes(row, filters, but=facet.key)
        ]
        assert counts.unknown[facet.key] == len(left_out)
    for key in counts.without:
        assert counts.without[key] == sum(passes(row, filters, but=key) for row in rows)


@given(st.data())
def test_a_question_written_as_an_address_reads_back_as_itself(data):
    rows = data.draw(st.lists(items, min_size=1, max_size=8))
    shelf = Shelf(rows)
    drawn = data.draw(questions(rows))
    held = shelf.values()
    chosen = {key: tuple(v for v in held[key] if v in values) for key, values in drawn.chosen.items()}
    ranges = {
        key: one
        for key, one in drawn.ranges.items()
        if one and not (one.low and one.high and one.low > one.high)
    }
    filters = Filters(text=drawn.text, chosen={k: v for k, v in chosen.items() if v}, ranges=ranges)

    asked = read_filters(QueryDict(filters.query), Vocabulary(values=held))

    assert asked.errors == []
    assert asked.unknown == []
    assert asked.filters.query == filters.query
    assert shelf.matching(asked.filters) == shelf.matching(filters)


@given(
    st.dictionaries(
        st.sampled_from(
            ["q", "kind", "params_min", "context_min", "tokens", "page", "sort", "fits", "machine"]
        )
        | st.text(max_size=5),
        st.lists(st.text(max_size=20), max_size=3),
        max_size=6,
    )
)
def test_any_parameter_with_any_value_is_read_or_reported(params):
    query = QueryDict(mutable=True)
    for key, values in params.items():
        query.setlist(key, values)

    asked = read_filters(query, Vocabulary(values=Shelf([an_item()]).values(), columns=["name", "released"]))

    assert Shelf([an_item()]).facet_counts(asked.filters).total in (0, 1)
    assert (
        read_filters(
            QueryDict(asked.filters.query),
            Vocabulary(values=Shelf([an_item()]).values(), columns=["name", "released"]),
        ).filters
        == asked.filters
    )


@pytest.mark.django_db
def test_rows_are_read_in_three_queries_with_terms_of_every_license(django_assert_num_queries):
    mit = make_license("MIT", commercial_use="yes")
    meta = make_license("Llama 3", commercial_use="if", user_cap=("yes", 700_000_000))
    distilled = make_checkpoint("Distill 8B", family=make_family("DeepSeek", "DeepSeek"), license=mit)
    distilled.additional_licenses.add(meta)
    make_result(distilled, 1200)
    make_checkpoint("Free 8B", license=mit)

    with django_assert_num_queries(3):
        first, second = read_items()

    assert str(first.work.text) == "Yes, below 700M users"
    assert first.scores["arena"].value == 1200
    assert first.architecture is not None
    assert str(second.work.text) == "Yes"
