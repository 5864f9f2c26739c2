"""What a command costs: CPU and memory of its process and of every process it started."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU (user and system, all processes) and time in seconds; memory of the largest process in MiB."""

    cpu: float
    seconds: float
    peak_mib: float


class Failed(Exception):
    """The command did not end well; the message is what it said."""


def adopt_orphans() -> None:
    """Make this process the parent of what its commands leave running, so that nothing goes uncounted.

    Worker processes may be children of a helper that nobody waits for; the kernel then forgets their CPU.
    """
    if sys.platform != "linux":
        raise Failed("CPU of worker processes can be counted on Linux only.")
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end, and to the end of all it started; raises ``Failed`` with what it said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    log = cwd / "output.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 -- commands of this folder's own
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - began
    peak = max(usage.ru_maxrss, _reap_orphans())
    if process.returncode:
        raise Failed(log.read_text(errors="replace")[-2000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, seconds, peak / 1024)


def _reap_orphans() -> int:
    """Wait for what was left behind; return the largest memory of one of them, in KiB."""
    peak = 0
    while True:
        try:
            _pid, _status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return peak
        peak = max(peak, usage.ru_maxrss)
