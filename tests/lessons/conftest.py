"""A course with a history, for whatever test needs one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.lessons.learned import PLAIN, learn, records
from tests.trees import load, write_tree


@pytest.fixture
def course(tmp_path: Path, client: Client) -> Path:
    """Return a loaded course of which one lesson was learned."""
    load(write_tree(tmp_path, PLAIN))
    learn(client)
    assert records()["progress"][0]["completed_at"] is not None
    return tmp_path
