"""Facts: text with a unit, a source and a date; the same from files and from rows."""

import pytest

from catalog.citable import FIELDS, large_number
from catalog.facts import FactBook, UnknownFact
from catalog.loader import load_catalog
from catalog.source import read_catalog
from tests.catalog.files import write_catalog


@pytest.fixture
def source(tmp_path):
    return read_catalog(write_catalog(tmp_path))


@pytest.fixture
def book(source):
    return FactBook.from_source(source)


def test_a_fact_has_its_unit_its_source_and_a_date(book):
    fact = book.fact("heron-1-7b-instruct", "context")

    assert fact.text == "32,768 tokens"
    assert (fact.source_title, fact.source_url) == ("A listing", "https://example.org/list")
    assert fact.seen == "23 November 2026"
    assert fact.url == "/models/heron-1-7b-instruct/"


def test_facts_are_written_as_a_reader_expects(book):
    texts = {field: fact.text for field, fact in book.known("heron-1-7b").items()}

    assert texts == {
        "name": "Heron 1 7B",
        "family": "Heron",
        "organization": "River Lab",
        "released": "1 May 2024",
        "license": "Open",
        "params": "7.24 billion",
        "context": "8,192 tokens",
        "layers": "32",
        "hidden": "4,096",
        "heads": "32",
        "kv_heads": "8",
        "head_dim": "128",
        "feed_forward": "14,336",
        "vocabulary": "32,000",
        "weights_f16": "14.5 GB (13.5 GiB)",
        "weights_q8_0": "7.7 GB (7.2 GiB)",
        "weights_q4_k_m": "4.4 GB (4.1 GiB)",
        "kv_per_token": "128 KiB",
    }


@pytest.mark.parametrize(
    ("slug", "field", "message"),
    [
        ("heron-1-7", "context", "The catalog has no checkpoint 'heron-1-7'. Did you mean 'heron-1-7b'?"),
        ("heron-1-7b", "contxt", "A checkpoint has no field 'contxt'. Did you mean 'context'?"),
        ("heron-1-7b", "experts", "The catalog does not know 'experts' of 'heron-1-7b'."),
    ],
)
def test_an_unknown_fact_says_what_was_meant(book, slug, field, message):
    with pytest.raises(UnknownFact) as caught:
        book.fact(slug, field)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (46_702_792_704, "46.7 billion"),
        (671_000_000_000, "671 billion"),
        (1_026_410_000_000, "1.03 trillion"),
        (134_515_008, "135 million"),
        (999_700_000, "1 billion"),
        (8192, "8,192"),
    ],
)
def test_large_numbers_in_three_digits(count, text):
    assert large_number(count) == text


@pytest.mark.django_db
def test_stored_facts_equal_those_of_the_files(source, book):
    load_catalog(source)

    stored = FactBook.from_database()
    assert stored.changed_in(book) == ()


@pytest.mark.django_db
def test_stored_facts_take_two_queries(source, django_assert_num_queries):
    load_catalog(source)

    with django_assert_num_queries(2):
        FactBook.from_database()


def test_every_field_has_a_label():
    assert all(str(field.label) for field in FIELDS.values())
