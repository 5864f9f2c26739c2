"""A load that is killed, or has no room or no right to write, leaves the site as it was; the next works."""

import re
import signal
import time
from pathlib import Path

import pytest
from django.db import connection

from lessons.models import Generation
from tests.loads import Load, fingerprint, holds_edition, row_counts, write_course
from tests.trees import load

pytestmark = pytest.mark.django_db(transaction=True)

LESSONS = 60


def test_a_load_killed_while_it_writes_leaves_the_site_as_before(tmp_path: Path):
    load(write_course(tmp_path, LESSONS, edition=1))
    write_course(tmp_path, LESSONS, edition=2)
    before = fingerprint()
    trial = Load("--write", "0", tmp_path, "--dry-run", script="tests/dying_load.py").said()
    writes = int(re.findall(r"writes: (\d+)", trial)[-1])
    assert writes > 3
    assert fingerprint() == before

    for number in (1, writes // 2, writes):
        killed = Load("--write", str(number), tmp_path, script="tests/dying_load.py")
        killed.said()

        assert killed.process.returncode == -signal.SIGKILL
        assert killed.leaves_nobody()
        assert fingerprint() == before

    said = Load("loadlessons", tmp_path).said()
    assert holds_edition(2, LESSONS), said


def test_a_load_killed_while_it_renders_leaves_nobody_behind(tmp_path: Path):
    write_course(tmp_path, LESSONS, edition=1)
    before = fingerprint()
    killed = Load("loadlessons", tmp_path)
    until = time.monotonic() + 30
    while len(killed.others()) < 2 and killed.process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    assert killed.others(), "no worker was seen"

    killed.process.kill()
    killed.process.wait()

    assert killed.leaves_nobody()
    assert fingerprint() == before
    assert Load("loadlessons", tmp_path).said().count("change")
    assert holds_edition(1, LESSONS)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server's disk is not this test's to fill")
def test_a_full_disk_refuses_in_one_line(tmp_path: Path):
    load(write_course(tmp_path, 5, edition=1))
    before, counts = fingerprint(), row_counts()
    write_course(tmp_path, LESSONS, edition=2)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # pages that earlier tests left free would be room
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]

    full = Load("--pages", str(pages + 20), tmp_path, script="tests/dying_load.py")
    said = full.said()

    assert full.process.returncode == 1
    assert re.search(r"^CommandError: .*database or disk is full.*$", said, re.MULTILINE)
    assert "Traceback" not in said
    assert (fingerprint(), row_counts()) == (before, counts)
    assert Load("loadlessons", tmp_path).said().count("change")
    assert holds_edition(2, LESSONS)


def test_a_database_that_may_not_be_written_refuses_in_one_line(tmp_path: Path):
    load(write_course(tmp_path, 5, edition=1))
    before = fingerprint()
    write_course(tmp_path, 5, edition=2)

    refused = Load("--read-only", tmp_path, script="tests/dying_load.py")
    said = refused.said()

    assert refused.process.returncode == 1
    assert re.search(r"^CommandError: .*(readonly|read-only).*$", said, re.MULTILINE), said
    assert "Traceback" not in said
    assert fingerprint() == before
    assert Generation.objects.get().number == 1
