"""A database that cannot be used is said in a line, by every command that asks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from tests.trees import write_tree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("command", ["loadlessons", "dumplessons", "exportquiz"])
@pytest.mark.parametrize(
    ("why", "advice"),
    [("no such table: lessons_generation", "migrate` done?"), ("database is locked", "try again")],
)
def test_a_database_that_refuses_is_told_with_what_to_do(
    tmp_path: Path, command: str, why: str, advice: str
) -> None:
    def refuse(*_args: Any) -> None:
        raise OperationalError(why)

    place = [] if command == "exportquiz" else [str(write_tree(tmp_path))]

    with connection.execute_wrapper(refuse), pytest.raises(CommandError) as refused:
        call_command(command, *place)

    assert f"The database cannot be used: {why}." in str(refused.value)
    assert advice in str(refused.value)
