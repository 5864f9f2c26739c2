"""Rendering is bounded: a page that takes too long is an error of that page; the others are still read."""

import os
import threading
import time

import pytest

from engineersofai import units, workers
from engineersofai.units import Shared, UnitJob
from engineersofai.workers import render_units
from lessons.prepare import PageJob
from lessons.rendering import Library
from tests.trees import load, refusal

HANGS = "# Hangs\n\n" + "[" * 30_000 + "\n"


def job(name, body):
    page = PageJob(f"course/{name}.md", body, name, body, 1, "1", (), ())
    return UnitJob(page, f"course/{name}", name, asks=True)


def pages(count):
    return [job(f"page-{number}", f"# Page {number}\n\nText {number}.\n") for number in range(count)]


def outcome(jobs):
    """Render jobs; return HTML and codes of problems by path."""
    done = render_units(jobs, Shared(Library()))
    return {
        one.page.path: (unit.rendered.html, [problem.code for problem in unit.problems]) for one, unit in done
    }


@pytest.fixture
def slow(monkeypatch):
    """A page that would never end, whatever the renderer learns to cut short."""
    real = units.render_job

    def render(page, library):
        while "hangs" in page.path:
            pass
        return real(page, library)

    monkeypatch.setattr(units, "render_job", render)
    monkeypatch.setattr(workers, "PAGE_SECONDS", 0.2)


def test_a_page_that_never_ends_is_an_error_of_that_page(slow):
    found = outcome([job("hangs", "# Hangs\n"), *pages(2)])

    assert found["course/hangs.md"] == ("", ["too-slow"])
    assert "Text 1." in found["course/page-1.md"][0]


def test_a_limit_that_is_lost_on_its_way_holds_all_the_same(slow, monkeypatch, capfd):
    def render(page, library):
        class Busy:
            def __del__(self):
                end = time.process_time() + 0.25
                while time.process_time() < end:
                    pass

        made = real(page, library)
        Busy()  # what is raised in a destructor goes no further
        return made

    real = units.render_job
    monkeypatch.setattr(units, "render_job", render)

    assert outcome([job("page", "# Page\n\nText.\n")])["course/page.md"] == ("", ["too-slow"])
    assert capfd.readouterr().err == ""


def test_the_limit_leaves_no_timer_behind(slow):
    outcome([job("hangs", "# Hangs\n")])
    end = time.process_time() + 0.5
    while time.process_time() < end:  # a timer left running would go off here
        pass


def test_many_pages_are_rendered_by_worker_processes():
    many = pages(workers.FEW + 8)

    found = outcome(many)

    assert len(found) == len(many)
    assert found["course/page-19.md"] == outcome(pages(20)[19:])["course/page-19.md"]


def test_outside_the_main_thread_a_worker_keeps_the_limit():
    found = {}
    thread = threading.Thread(target=lambda: found.update(outcome([job("deep", HANGS), *pages(1)])))

    thread.start()
    thread.join(60)

    html, codes = found["course/deep.md"]
    assert html or codes == ["too-slow"]
    assert "Text 0." in found["course/page-0.md"][0]


def end_the_process(job):
    """Take the place of a worker's own function, for a page that it does not survive."""
    if "dies" in job.page.path:
        os._exit(1)
    return workers.render_within_limits(job, Shared(Library()))


def test_a_page_that_ends_its_process_costs_only_its_neighbors_a_new_one(monkeypatch):
    started = []

    class Pool(workers.ProcessPoolExecutor):
        def __init__(self, *args):
            started.append(args)
            super().__init__(*args)

    monkeypatch.setattr(workers, "_render_here", end_the_process)
    monkeypatch.setattr(workers, "_cores", lambda: 1)
    monkeypatch.setattr(workers, "ProcessPoolExecutor", Pool)

    found = outcome([job("dies", "# Dies\n"), *pages(20)])

    assert found.pop("course/dies.md") == ("", ["too-slow"])
    assert [codes for html, codes in found.values() if codes or not html] == []
    assert len(found) == 20
    assert len(started) <= 6  # the first, one for each of the four under way, one for all that waited


@pytest.fixture
def no_workers(monkeypatch):
    """Let every worker end before it takes anything; return the pools that were tried."""
    tried = []

    class Pool(workers.ProcessPoolExecutor):
        def __init__(self, count, context, *_start):
            tried.append(count)
            super().__init__(count, context, os._exit, (1,))

    monkeypatch.setattr(workers, "ProcessPoolExecutor", Pool)
    return tried


def test_where_no_worker_starts_pages_are_rendered_here_within_their_time(no_workers, slow, caplog):
    found = outcome([job("hangs", "# Hangs\n"), *pages(workers.FEW + 4)])

    assert found.pop("course/hangs.md") == ("", ["too-slow"])
    assert [html for html, codes in found.values() if codes or not html] == []
    assert len(found) == workers.FEW + 4
    assert len(no_workers) == 1
    assert [record.getMessage()[:33] for record in caplog.records] == ["No worker process can be started "]


def test_where_no_worker_starts_a_thread_renders_nothing_it_could_not_interrupt(no_workers, caplog):
    found = {}
    thread = threading.Thread(target=lambda: found.update(outcome(pages(2))))

    thread.start()
    thread.join(60)

    assert list(found.values()) == [("", ["no-worker"])] * 2
    assert len(no_workers) == len(caplog.records) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="worker processes are inspected as POSIX has them")
def test_no_worker_outlives_its_load():
    list(render_units(pages(workers.FEW + 4), Shared(Library())))

    assert not [each for each in __import__("multiprocessing").active_children() if each.is_alive()]


@pytest.mark.django_db
def test_a_faulty_page_among_many_is_reported_and_nothing_is_written(tmp_path):
    for number in range(workers.FEW + 4):
        (tmp_path / f"{number + 1:02}-page-{number}.md").write_text(f"# Page {number}\n\nText.\n")
    (tmp_path / "05-page-4.md").write_text("# Page 4\n\n:::note\nnever closed\n")

    assert "05-page-4.md:3:1" in refusal(tmp_path, "--track", "many")

    (tmp_path / "05-page-4.md").write_text("# Page 4\n\n:::note\nclosed\n:::\n")
    assert "16 created" in load(tmp_path, "--track", "many")
