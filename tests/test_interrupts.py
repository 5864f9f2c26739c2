"""Ctrl-C ends a command in one line and with the exit code of an interrupt, however early it comes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.loads import ROOT
from tests.trees import write_tree

IMPORTED = ["django.core.management'", "engineersofai.settings'", "lessons.models'"]
"""Modules whose import is under way, or just over, when Ctrl-C comes."""


@pytest.mark.parametrize("module", IMPORTED)
def test_while_modules_are_imported(tmp_path: Path, module: str) -> None:
    # With -v the interpreter tells on standard error what it imports.
    process = subprocess.Popen(
        [sys.executable, "-v", "manage.py", "loadlessons", str(write_tree(tmp_path)), "--check"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if module in line:
            process.send_signal(signal.SIGINT)
            break
    said, rest = process.communicate(timeout=60)

    assert process.returncode == 130
    assert said == ""
    assert rest.endswith("manage.py: interrupted.\n")
    assert "Traceback" not in rest
