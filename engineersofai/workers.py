"""Renders pages, many at once and none for long.

A few pages are rendered here and now. Many, or any outside the main thread, go to worker processes: fresh
ones, so that no connection, lock or thread of this process is shared with them.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from django.utils.translation import gettext as _

from engineersofai.units import Shared, Unit, UnitJob, refused_unit, render_unit
from lessons.rendering import Library

try:
    import resource
except ImportError:  # Windows has neither these limits nor the timer below
    resource = None  # type: ignore[assignment]

PAGE_SECONDS = 2.0
"""CPU time that one page with its questions may take. Not wall time: a busy machine makes no page faulty."""

HARD_SECONDS = 20
"""CPU time after which a worker that cannot be interrupted is ended by the system."""

WORKER_BYTES = 2 * 2**30
"""Address space of one worker."""

FEW = 12
"""Up to so many pages, starting workers would take longer than rendering."""

MAX_WORKERS = 8

Progress = Callable[[int, int], None]

logger = logging.getLogger(__name__)


def no_progress(done: int, total: int) -> None:
    """Show nothing."""


def render_units(
    jobs: Sequence[UnitJob], shared: Shared, progress: Progress = no_progress
) -> Iterator[tuple[UnitJob, Unit]]:
    """Yield every job with its unit, in any order; a page that takes too long is an error of that page."""
    if len(jobs) <= FEW and threading.current_thread() is threading.main_thread():
        for done, job in enumerate(jobs, start=1):
            yield job, render_within_limits(job, shared)
            progress(done, len(jobs))
    elif jobs:
        yield from _render_in_workers(jobs, shared, progress)


def render_within_limits(job: UnitJob, shared: Shared) -> Unit:
    """Render one page, or say that it takes too long or too much memory."""
    try:
        with _time_limit(PAGE_SECONDS):
            return render_unit(job, shared)
    except _TooSlow:
        message = _("this page takes more than %(seconds)d seconds to render") % {"seconds": PAGE_SECONDS}
        remedy = _("Look for thousands of unclosed brackets or for very long lines, or split the page.")
        return refused_unit(job, "too-slow", message, remedy)
    except MemoryError:
        return refused_unit(job, "too-large", _("this page takes too much memory"), _("Split the page."))


class _NoWorker(Exception):
    """No worker process could be started at all; the message is the system's."""


class _TooSlow(BaseException):
    """Raised in the midst of rendering; no handler of ``Exception`` on the way may swallow it."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise ``_TooSlow`` inside the block after so many seconds of CPU time, where the platform can.

    Raised in a destructor, or where the sanitizer asks us about an attribute, it is lost, and so is what
    should have been done there: it is raised again at the block's end.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    is_inside, is_over = True, False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal is_over
        if is_inside:
            is_over = True
            raise _TooSlow

    def tell(lost: sys.UnraisableHookArgs) -> None:
        if lost.exc_type is not _TooSlow:
            hook_before(lost)

    before, hook_before = signal.signal(signal.SIGPROF, stop), sys.unraisablehook
    sys.unraisablehook = tell
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)  # again and again, for one may be lost
    try:
        yield
    finally:
        is_inside = False  # the timer may go off once more before it is stopped
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        sys.unraisablehook = hook_before
    if is_over:
        raise _TooSlow


# -- worker processes ------------------------------------------------------------------------------

_shared = Shared(Library())
"""What this worker renders with; set when it starts."""


def _render_in_workers(
    jobs: Sequence[UnitJob], shared: Shared, progress: Progress
) -> Iterator[tuple[UnitJob, Unit]]:
    for done, (job, unit) in enumerate(_render_apart(list(jobs), shared), start=1):
        progress(done, len(jobs))
        yield job, unit


def _render_apart(left: list[UnitJob], shared: Shared) -> Iterator[tuple[UnitJob, Unit]]:
    while left:
        ended = _Ended()
        try:
            yield from _one_pool(left, shared, ended)
        except _NoWorker as why:
            yield from _render_without_workers(left, shared, why)
            return
        left = ended.waiting
        for job in ended.under_way:
            # One of these ended its worker and took the others with it: each gets a worker of its own.
            alone = _Ended()
            try:
                yield from _one_pool([job], shared, alone)
            except _NoWorker:
                alone.under_way.append(job)  # not to be tried here: it may be the one
            if alone.under_way:
                message = _("rendering this page ended its process")
                yield job, refused_unit(job, "too-slow", message, _("Split the page, or simplify it."))


def _render_without_workers(
    jobs: Sequence[UnitJob], shared: Shared, why: _NoWorker
) -> Iterator[tuple[UnitJob, Unit]]:
    """Render here what no worker can be had for; where nothing here could interrupt a page, refuse it."""
    if threading.current_thread() is threading.main_thread():
        logger.warning("No worker process can be started (%s): pages are rendered one after the other.", why)
        yield from ((job, render_within_limits(job, shared)) for job in jobs)
        return
    logger.error("No worker process can be started (%s): no page can be rendered.", why)
    message = _("no process can be started to render this page")
    for job in jobs:
        yield job, refused_unit(job, "no-worker", message, _("Ask whoever runs the site to look at its log."))


@dataclass(slots=True)
class _Ended:
    """What a pool that broke leaves: jobs that were given to its workers, and jobs that none has seen."""

    under_way: list[UnitJob] = field(default_factory=list)
    waiting: list[UnitJob] = field(default_factory=list)


def _one_pool(jobs: Sequence[UnitJob], shared: Shared, ended: _Ended) -> Iterator[tuple[UnitJob, Unit]]:
    """Render jobs in one pool; when it breaks, what it leaves goes to ``ended``.

    Raises ``_NoWorker`` before any job is given away where no worker can be started.
    """
    count = max(1, min(MAX_WORKERS, len(jobs), _cores()))
    waiting = deque(jobs)
    under_way: dict[Future[Unit], UnitJob] = {}
    from engineersofai import worker_setup  # not above: it sets Django up, which imports this module

    with ProcessPoolExecutor(count, _context(), worker_setup.start, (_start_worker, shared)) as pool:

        def submit() -> None:
            # No more than a few ahead, so that finished pages do not pile up here.
            while waiting and len(under_way) < 4 * count:
                under_way[pool.submit(_render_here, waiting[0])] = waiting[0]
                waiting.popleft()

        _await_worker(pool, count)
        try:
            submit()
            while under_way:
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    unit = future.result()
                    yield under_way.pop(future), unit
                submit()
        except _BROKEN:
            # One that broke before it was given anything has its first job to answer for: no job comes twice.
            ended.under_way += under_way.values() or [waiting.popleft()]
            ended.waiting += waiting


_BROKEN = (BrokenProcessPool, OSError, EOFError)
"""What a pool raises when a worker ended, or could not be started."""


def _await_worker(pool: ProcessPoolExecutor, count: int) -> None:
    """Wait until one of the workers is there; all are called at once."""
    try:
        called = [pool.submit(os.getpid) for _ in range(count)]
        next(iter(wait(called, return_when=FIRST_COMPLETED).done)).result()
    except _BROKEN as error:
        raise _NoWorker(error) from error


def _context() -> multiprocessing.context.BaseContext:
    methods = multiprocessing.get_all_start_methods()
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["engineersofai.worker_setup"])
    return context


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start_worker(shared: Shared) -> None:
    global _shared
    _shared = shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _limit(resource.RLIMIT_AS, WORKER_BYTES)


def _end_with_parent() -> None:
    """End this worker when the load was killed: it would wait for work for ever."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def _render_here(job: UnitJob) -> Unit:
    if resource is not None:
        _limit(resource.RLIMIT_CPU, int(time.process_time()) + HARD_SECONDS)
    return render_within_limits(job, _shared)


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
