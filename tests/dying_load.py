"""``loadlessons`` that meets its end on purpose: killed at its Nth statement that writes, or out of room.

``dying_load.py (--write N | --pages N | --read-only) DIR …`` – with ``--write 0`` it lives, and says how many
statements wrote.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


READ_ONLY = {"sqlite": "PRAGMA query_only=ON", "postgresql": "SET default_transaction_read_only = on"}


def main() -> None:
    """Load, and perhaps die."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", type=int, default=0)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--read-only", action="store_true")
    choices, rest = parser.parse_known_args()

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engineersofai.settings")
    import django

    django.setup()
    from django.core.management import execute_from_command_line
    from django.db import connection

    writes = 0

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal writes
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            writes += 1
            if writes == choices.write:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.cursor() as cursor:
        if choices.pages:
            cursor.execute(f"PRAGMA max_page_count={choices.pages}")
        if choices.read_only:
            cursor.execute(READ_ONLY[connection.vendor])
    connection.execute_wrappers.append(count)
    try:
        execute_from_command_line(["manage.py", "loadlessons", *rest])
    finally:
        print(f"writes: {writes}")


if __name__ == "__main__":
    main()
