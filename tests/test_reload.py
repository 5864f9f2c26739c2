"""The address that open pages ask for new content: for authors on their own machine, and for nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.trees import NUMBERS_URL, load, write_tree

pytestmark = pytest.mark.django_db


def test_the_number_grows_with_every_load_that_changes_something(client, settings, tmp_path):
    settings.DEBUG = True
    page = write_tree(tmp_path) / "course/01-first/02-words.md"
    numbers = [client.get("/dev/generation").content]
    for text in ("# Words\n\nOne.\n", "# Words\n\nOne.\n", "# Words\n\nTwo.\n"):
        page.write_text(text)
        load(tmp_path)
        numbers.append(client.get("/dev/generation").content)

    assert numbers == [b"0", b"1", b"1", b"2"]


def test_asking_costs_one_query_and_is_kept_by_no_cache(client, settings):
    settings.DEBUG = True
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/dev/generation")

    assert len(queries) == 1
    assert "no-store" in response["Cache-Control"]


def test_pages_ask_while_debugging_and_never_in_production(client, settings, tmp_path):
    load(write_tree(tmp_path))
    assert "reload.js" not in client.get(NUMBERS_URL).content.decode()
    assert client.get("/dev/generation").status_code == 404

    settings.DEBUG = True
    page = client.get(NUMBERS_URL)
    assert 'src="/static/js/reload.js" data-generation="/dev/generation"' in page.content.decode()
    assert page["Cache-Control"] == "no-cache"
