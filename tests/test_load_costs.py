"""What a load costs: no memory that grows with what it writes, no views where nothing is to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, reset_queries

from tests.loads import database_url
from tests.trees import load, write_tree


@pytest.mark.django_db
def test_while_debugging_no_statement_is_kept_with_the_texts_it_wrote(tmp_path: Path, settings) -> None:
    settings.DEBUG = True
    write_tree(tmp_path, {"01-a.md": "# A\n\nA sentence of this lesson.\n"})
    reset_queries()

    load(tmp_path, "--track", "course")

    kept = [query["sql"] for query in connection.queries]
    assert [sql for sql in kept if "A sentence of this lesson." in sql] == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.queries[-1]["sql"] == "SELECT 1"  # what comes after a load is kept again


@pytest.mark.django_db(transaction=True)
def test_a_load_with_nothing_to_do_imports_no_view(root: Path, tmp_path: Path) -> None:
    write_tree(tmp_path, {"01-a.md": "# A\n\nText.\n"})
    load(tmp_path, "--track", "course")

    again = subprocess.run(
        [sys.executable, "-X", "importtime", "manage.py", "loadlessons", str(tmp_path), "--track", "course"],
        cwd=root,
        env={**os.environ, "DATABASE_URL": database_url(), "DEBUG": "true"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "0 changes" in again.stdout
    assert "lessons.models" in again.stderr
    assert [
        name
        for name in ("engineersofai.urls", "lessons.views", "allauth.mfa.base.views")
        if name in again.stderr
    ] == []
