"""Twenty kills at random moments of loads of a thousand pages: the site is as before or as after."""

import os
import random
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from lessons.models import Generation
from tests.loads import Load, fingerprint, holds_edition, write_course

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LESSONS = int(os.environ.get("KILL_LESSONS", "1000"))
KILLS = int(os.environ.get("KILLS", "20"))
SEED = os.environ.get("KILL_SEED", "7")


def test_a_load_killed_at_any_moment_leaves_the_site_as_before_or_as_after(tmp_path: Path):
    chance = random.Random(SEED)
    load_whole(tmp_path, 1)
    edition = 2
    writes, seconds = load_whole(tmp_path, edition)
    before_it, after_it = 0, 0

    for number in range(KILLS):
        before, generation = fingerprint(), Generation.objects.get().number
        write_course(tmp_path, LESSONS, edition + 1)
        if number % 2:
            # Somewhere in the midst of writing, which is too short to be met by the clock.
            statement = chance.randint(1, writes)
            moment = f"at write {statement} of {writes}"
            killed = Load("--write", str(statement), tmp_path, script="tests/dying_load.py")
        else:
            after = seconds * chance.random()
            moment = f"after {after:.2f} of {seconds:.2f} s"
            killed = Load("loadlessons", tmp_path)
            try:
                killed.process.wait(timeout=after)
            except subprocess.TimeoutExpired:
                killed.process.send_signal(signal.SIGKILL)
        said = killed.said()

        assert killed.leaves_nobody(), f"processes were left behind by kill {number}, {moment}"
        if Generation.objects.get().number == generation:
            before_it += 1
            assert fingerprint() == before, f"kill {number}, {moment}: {said}"
        else:
            after_it += 1
            edition += 1
            assert holds_edition(edition, LESSONS), f"kill {number}, {moment}: {said}"

    print(f"{before_it} kills left the site as before, {after_it} as after")
    assert before_it >= KILLS // 2
    load_whole(tmp_path, edition + 1)


def load_whole(root: Path, edition: int) -> tuple[int, float]:
    """Load an edition to its end; return how many statements wrote, and the seconds it took."""
    write_course(root, LESSONS, edition)
    began = time.monotonic()
    load = Load("--write", "0", root, script="tests/dying_load.py")
    said = load.said()
    assert load.process.returncode == 0, said
    assert holds_edition(edition, LESSONS), said
    return int(re.findall(r"writes: (\d+)", said)[-1]), time.monotonic() - began
