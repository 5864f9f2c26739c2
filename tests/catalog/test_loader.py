"""Storing a catalog: idempotent, exact about what changed, never half done."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.facts import ChangedFact
from catalog.loader import load_catalog
from catalog.models import Checkpoint, Citation, License, Release, Result, Source
from catalog.records import Kind
from catalog.source import read_catalog
from tests.catalog.files import FAMILY, write_catalog

pytestmark = pytest.mark.django_db


def load(folder, **changes):
    return load_catalog(read_catalog(write_catalog(folder, **changes)))


def changed(report):
    return {kind: (c.created, c.updated, c.deleted) for kind, c in report.counts.items() if c.changes}


def test_first_load_stores_every_row(tmp_path):
    report = load(tmp_path)

    assert report.counts[Kind.CHECKPOINT].created == Checkpoint.objects.count() == 2
    assert report.counts[Kind.RESULT].created == Result.objects.count() == 2
    instruct = Checkpoint.objects.get(slug="heron-1-7b-instruct")
    assert instruct.derived_from.slug == "heron-1-7b"
    assert instruct.release.released.isoformat() == "2024-05-01"
    assert instruct.architecture() is not None
    assert License.objects.get(slug="open").answers_by_question["redistribution"].source.slug == "listing"


def test_second_load_changes_and_writes_nothing(tmp_path):
    load(tmp_path)

    with CaptureQueriesContext(connection) as queries:
        report = load(tmp_path)

    assert report.changes == 0
    assert report.changed_facts == ()
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
    assert report.counts[Kind.CHECKPOINT].unchanged == 2


def test_one_corrected_figure_is_one_change_and_named_as_a_fact(tmp_path):
    load(tmp_path)

    report = load(tmp_path, family=("context_tokens: 32768", "context_tokens: 65536"))

    assert changed(report) == {Kind.CHECKPOINT: (0, 1, 0)}
    assert report.changed_facts == (
        ChangedFact("heron-1-7b-instruct", "context", "32,768 tokens", "65,536 tokens"),
    )
    assert Checkpoint.objects.get(slug="heron-1-7b-instruct").context_tokens == 65536


def test_a_changed_source_touches_every_fact_that_cites_it(tmp_path):
    load(tmp_path)

    report = load(tmp_path, sources=("title: A listing", "title: A corrected listing"))

    assert changed(report) == {Kind.SOURCE: (0, 1, 0)}
    # It reads as before; its source does not.
    assert report.changed_facts == (
        ChangedFact("heron-1-7b-instruct", "context", "32,768 tokens", "32,768 tokens"),
    )


def test_rows_that_left_the_files_are_deleted(tmp_path):
    load(tmp_path)
    instruct = FAMILY[FAMILY.index("      - hub_id: river-lab/Heron-1-7B-Instruct") :]

    report = load(tmp_path, family=(instruct, ""))

    assert changed(report)[Kind.CHECKPOINT] == (0, 0, 1)
    assert not Citation.objects.filter(checkpoint__slug="heron-1-7b-instruct").exists()
    assert ChangedFact("heron-1-7b-instruct", "context", "32,768 tokens", None) in report.changed_facts


def test_a_renamed_checkpoint_may_keep_its_name(tmp_path):
    load(tmp_path)

    load(
        tmp_path,
        family=(
            "hub_id: river-lab/Heron-1-7B-Instruct",
            "hub_id: river-lab/Heron-1-7B-Instruct\n        slug: heron-tuned",
        ),
    )

    assert sorted(Checkpoint.objects.values_list("slug", flat=True)) == ["heron-1-7b", "heron-tuned"]


def test_two_checkpoints_may_swap_their_names(tmp_path):
    load(tmp_path)
    swapped = (
        FAMILY.replace("        name: Heron 1 7B\n", "        name: ?\n")
        .replace("        name: Heron 1 7B Instruct\n", "        name: Heron 1 7B\n")
        .replace("        name: ?\n", "        name: Heron 1 7B Instruct\n")
    )

    load(tmp_path, family=(FAMILY, swapped))

    assert Checkpoint.objects.get(slug="heron-1-7b").name == "Heron 1 7B Instruct"
    assert Checkpoint.objects.get(slug="heron-1-7b-instruct").name == "Heron 1 7B"


def test_a_license_may_be_replaced_by_another_in_one_load(tmp_path):
    load(tmp_path)
    root = write_catalog(tmp_path, family=("license: open\n", "license: free\n"))
    licenses = root / "licenses.yml"
    licenses.write_text(licenses.read_text().replace("id: open", "id: free"))

    report = load_catalog(read_catalog(root))

    assert changed(report)[Kind.LICENSE] == (1, 0, 1)
    assert Checkpoint.objects.get(slug="heron-1-7b").license.slug == "free"


def test_further_licenses_bind_and_unbind(tmp_path):
    bound = (
        "        derived_from: heron-1-7b\n",
        "        derived_from: heron-1-7b\n        additional_licenses: [open]\n",
    )
    sourced = ("          context: [listing]\n", "          context: [listing]\n          license: [card]\n")
    twice = FAMILY.replace(*bound).replace(*sourced)

    report = load(tmp_path, family=(FAMILY, twice))
    assert report.counts[Kind.CHECKPOINT].created == 2
    assert [
        each.slug for each in Checkpoint.objects.get(slug="heron-1-7b-instruct").additional_licenses.all()
    ] == ["open"]

    report = load(tmp_path)
    assert changed(report)[Kind.CHECKPOINT] == (0, 1, 0)
    assert not Checkpoint.objects.get(slug="heron-1-7b-instruct").additional_licenses.exists()


def test_a_release_points_at_the_one_that_superseded_it(tmp_path):
    later = (
        FAMILY[FAMILY.index("  - id: heron-1-7b") :]
        .replace("eron-1-7", "eron-2-7")
        .replace("eron 1 7", "eron 2 7")
        .replace("Heron-1", "Heron-2")
    )
    first = FAMILY.replace("    generation: '1'\n", "    generation: '1'\n    superseded_by: heron-2-7b\n")

    load(tmp_path, family=(FAMILY, first + later))

    assert Release.objects.get(slug="heron-1-7b").superseded_by.slug == "heron-2-7b"
    assert load(tmp_path, family=(FAMILY, first + later)).changes == 0


def test_an_empty_catalog_empties_the_tables(tmp_path):
    load(tmp_path)

    load_catalog(read_catalog(tmp_path / "nothing"))

    assert not Checkpoint.objects.exists()
    assert not Source.objects.exists()


def test_what_was_changed_by_hand_goes_with_the_next_load(tmp_path):
    load(tmp_path)
    by_hand = Source.objects.create(
        slug="by-hand", title="By hand", url="https://example.org", seen="2026-11-23"
    )
    Citation.objects.filter(group="context").update(source=by_hand)

    report = load(tmp_path)

    assert report.kept == []
    assert not Source.objects.filter(slug="by-hand").exists()
    assert Citation.objects.filter(group="context", source__slug="listing").count() == 1
