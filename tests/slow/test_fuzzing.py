"""Minutes of coverage-guided fuzzing find nothing: ``FUZZ_SECONDS=60 make check-slow`` for a short look."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fuzzing import SECONDS, slow_pages, try_input

pytestmark = pytest.mark.slow


def test_fuzzing_finds_no_error_and_nothing_slow(root: Path):
    seconds = int(os.environ.get("FUZZ_SECONDS", "600"))
    seed = int(os.environ.get("FUZZ_SEED", str(int(time.time()) % 1_000_000)))

    command = [sys.executable, "-m", "tests.slow.fuzz", f"--seconds={seconds}", f"--seed={seed}"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, errors="replace")

    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-6000:]
    assert "number_of_executed_units" in said, said[-2000:]
    suspects = sorted((root / "build" / "fuzz" / "slow").glob("*.fuzz"))
    slow = [path.name for path in suspects if is_slow(path.read_bytes())]
    assert slow == [], "kept in build/fuzz/slow"


def is_slow(text: bytes) -> bool:
    """Whether an input takes too long without the fuzzer's instrumentation too."""
    return try_input(text) > SECONDS or bool(slow_pages(text))
