"""The catalog that ships: whole, sourced, and known to the loader."""

from pathlib import Path

import pytest
from django.conf import settings

from catalog.facts import FactBook
from catalog.loader import load_catalog
from catalog.memory import Architecture
from catalog.models import Checkpoint, Citation, LicenseAnswer
from catalog.reading.figures import GROUPS
from catalog.records import Kind
from catalog.source import read_catalog

CATALOG = Path(settings.BASE_DIR) / "content" / "catalog"

# Which columns stand behind each group that needs a source.
_COLUMNS = {
    "parameters": ["parameters", "vision_parameters"],
    "active-parameters": ["active_parameters"],
    "release": ["released"],
    "context": ["context_tokens", "context_native_tokens"],
    "license": ["license"],
    "training": ["training_tokens"],
    "languages": ["languages_count"],
    "architecture": ["layers", "hidden", "kv_heads", "mla_rank"],
    "embeddings": ["tied_embeddings"],
}


@pytest.fixture(scope="module")
def source():
    return read_catalog(CATALOG)


def test_it_reads_without_a_warning(source):
    assert source.warnings == ()


def test_it_holds_the_checkpoints_that_lessons_speak_of(source):
    assert len(source.records[Kind.CHECKPOINT]) >= 200
    for slug in (
        "mistral-7b-v0.1",
        "mixtral-8x7b-instruct-v0.1",
        "llama-3.1-8b-instruct",
        "qwen2.5-7b-instruct",
    ):
        assert source.get(Kind.CHECKPOINT, slug) is not None


def test_every_figure_has_a_source_and_a_date(source):
    cited = {(record["checkpoint"][0], record["group"]) for record in source.of(Kind.CITATION)}
    bare = [
        (record["slug"], group)
        for record in source.of(Kind.CHECKPOINT)
        for group, columns in _COLUMNS.items()
        if any(record[column] is not None for column in columns) and (record["slug"], group) not in cited
    ]

    assert bare == []
    assert set(_COLUMNS) == set(GROUPS)
    assert all(record["seen"] for record in source.of(Kind.SOURCE))
    assert all(record["source"] and record["observed_on"] for record in source.of(Kind.RESULT))


def test_every_license_answers_every_question(source):
    questions = set(LicenseAnswer.Question.values)
    for record in source.of(Kind.LICENSE):
        answered = {key[1] for key in source.records[Kind.LICENSE_ANSWER] if key[0] == record["slug"]}
        assert answered == questions


def test_a_license_that_was_not_read_grants_nothing(source):
    unread = {record["slug"] for record in source.of(Kind.LICENSE) if record["summary"] == "Text not read"}

    verdicts = {
        answer["verdict"] for answer in source.of(Kind.LICENSE_ANSWER) if answer["license"][0] in unread
    }
    assert unread
    assert verdicts == {"unread"}


def test_llama_is_free_to_a_cap_and_not_open_source(source):
    llama = source.get(Kind.LICENSE, "llama3.1")
    cap = source.get(Kind.LICENSE_ANSWER, "llama3.1", "user-cap")

    assert llama["osi_approved"] is False
    assert (cap["verdict"], cap["threshold"], cap["clause"]) == ("yes", 700_000_000, "2")


def test_the_licenses_that_exclude_the_eu_name_it(source):
    excluding = {
        record["license"][0]: (record["verdict"], record["place"], record["images_only"])
        for record in source.of(Kind.LICENSE_ANSWER)
        if record["question"] == "territory" and record["verdict"] in ("yes", "if")
    }

    assert excluding == {"llama3.2": ("if", "the EU", True), "llama4": ("yes", "the EU", False)}


def test_details_are_clauses_that_pages_end_with_a_stop_of_their_own(source):
    details = [record["detail"] for record in source.of(Kind.LICENSE_ANSWER) if record["detail"]]

    assert [detail for detail in details if detail.endswith(".") or detail[:1].islower()] == []


def test_computed_sizes_agree_with_the_published_files(source):
    from catalog.memory import weights

    published = list(source.of(Kind.PUBLISHED_FILE))
    for record in published:
        figures = source.get(Kind.CHECKPOINT, *record["checkpoint"])
        shape = Architecture(**{name: figures[name] for name in Architecture.__slots__})
        need = weights(figures["parameters"], shape, record["quantization"])
        size = float(record["size_gib"]) * 2**30
        assert need.low * 0.99 <= size <= need.high * 1.01, record["quantization"]
    assert published


@pytest.mark.django_db
def test_it_loads_and_a_second_load_changes_nothing(source):
    first, second = load_catalog(source), load_catalog(source)

    assert first.counts[Kind.CHECKPOINT].created == Checkpoint.objects.count()
    assert second.changes == 0
    assert FactBook.from_database().changed_in(FactBook.from_source(source)) == ()


@pytest.mark.django_db
def test_stored_rows_satisfy_their_models(source):
    load_catalog(source)

    for checkpoint in Checkpoint.objects.select_related("family", "release", "license"):
        checkpoint.full_clean(validate_unique=False)
    for citation in Citation.objects.all()[:50]:
        citation.full_clean(validate_unique=False)
