"""Which runs of ``*``, ``_`` and ``~`` open and close what: CommonMark's algorithm, in one pass."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

_TAGS = {("~", 1): "del", ("~", 2): "del"}


@dataclass(slots=True, eq=False)
class Run:
    """A run of one sign: how many are left as text, and the tags it closes and opens, innermost first."""

    sign: str
    count: int
    can_open: bool
    can_close: bool
    length: int = 0
    number: int = 0
    closes: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.length = self.count


def read_run(text: str, start: int, end: int) -> Run:
    """Return the run of one sign between two places; what stands beside it says what it can do."""
    sign = text[start]
    before = _kind(text[start - 1]) if start else "space"
    after = _kind(text[end]) if end < len(text) else "space"
    left = after != "space" and (after != "sign" or before != "word")
    right = before != "space" and (before != "sign" or after != "word")
    if sign == "_":
        return Run(
            sign,
            end - start,
            left and (not right or before == "sign"),
            right and (not left or after == "sign"),
        )
    if sign == "~" and end - start > 2:
        return Run(sign, end - start, can_open=False, can_close=False)
    return Run(sign, end - start, left, right)


def pair_runs(runs: list[Run]) -> None:
    """Pair what opens with what closes, and note the tags on both."""
    openers: list[Run] = []
    # No opener at or before this number closes with a run of this kind: nothing is looked at twice.
    floors: dict[tuple[str, bool, int], int] = {}
    for number, run in enumerate(runs):
        run.number = number
        while run.can_close and run.count:
            kind = (run.sign, run.can_open, run.length % 3)
            index = _opener_of(run, openers, floors.get(kind, -1))
            if index < 0:
                floors[kind] = number - 1
                break
            opener = openers[index]
            if run.sign == "~" and opener.length != run.length:
                del openers[index:]  # GitHub pairs them, and shows both as text
                run.can_open = False
                break
            del openers[index + 1 :]
            used = run.count if run.sign == "~" else 1 + (run.count > 1 and opener.count > 1)
            tag = _TAGS.get((run.sign, used)) or ("strong" if used == 2 else "em")
            opener.opens.append(tag)
            run.closes.append(tag)
            opener.count -= used
            run.count -= used
            if not opener.count:
                openers.pop()
        if run.can_open and run.count:
            openers.append(run)


def _opener_of(run: Run, openers: list[Run], floor: int) -> int:
    index = len(openers) - 1
    while index >= 0 and openers[index].number > floor:
        if _is_pair(openers[index], run):
            return index
        index -= 1
    return -1


def _is_pair(opener: Run, closer: Run) -> bool:
    if opener.sign != closer.sign:
        return False
    if opener.sign == "~" or not (opener.can_close or closer.can_open):
        return True
    return (opener.length + closer.length) % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    if char.isspace():
        return "space"
    return "sign" if unicodedata.category(char)[0] in "PS" else "word"
