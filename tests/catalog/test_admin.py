"""The catalog in the admin: to be found and looked at, never changed."""

import pytest
from django.contrib import admin
from django.urls import reverse

from catalog import models
from catalog.loader import load_catalog
from catalog.source import read_catalog
from tests.catalog.files import write_catalog

LISTED = [
    models.Benchmark,
    models.Checkpoint,
    models.Family,
    models.License,
    models.Machine,
    models.Organization,
    models.Release,
    models.Result,
    models.Source,
]


@pytest.fixture
def stored(tmp_path, db):
    load_catalog(read_catalog(write_catalog(tmp_path)))


def address(model, page, *args):
    return reverse(f"admin:catalog_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", LISTED)
def test_every_list_opens_with_few_queries(admin_client, stored, django_assert_max_num_queries, model):
    with django_assert_max_num_queries(9):
        response = admin_client.get(address(model, "changelist"))

    assert response.status_code == 200


@pytest.mark.parametrize("query", ["Heron", "river-lab/Heron-1-7B", "River Lab"])
def test_checkpoints_are_found_by_what_an_instructor_knows(admin_client, stored, query):
    response = admin_client.get(address(models.Checkpoint, "changelist"), {"q": query})

    assert "Heron 1 7B Instruct" in response.content.decode()


def test_a_checkpoint_shows_its_sources_and_results(admin_client, stored):
    checkpoint = models.Checkpoint.objects.get(slug="heron-1-7b")

    page = admin_client.get(address(models.Checkpoint, "change", checkpoint.pk)).content.decode()

    assert "Model card" in page
    assert "60.1" in page
    assert 'name="_save"' not in page


@pytest.mark.parametrize("model", LISTED)
def test_nothing_can_be_added_changed_or_deleted(admin_client, stored, model):
    row = model.objects.first()

    assert admin_client.get(address(model, "add")).status_code == 403
    assert admin_client.post(address(model, "change", row.pk), {"name": "x"}).status_code == 403
    assert admin_client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def test_every_table_of_its_own_page_is_registered():
    assert set(LISTED) == {model for model in admin.site._registry if model._meta.app_label == "catalog"}
