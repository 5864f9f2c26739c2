"""Small charts, drawn on the server: every number of a drawing is computed here, templates write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from progress.activity import Day
from progress.states import State

# --- The staircase: one step a lesson -----------------------------------------------------------

STAIRS_WIDTH = 237
STAIRS_HEIGHT = 24
_STEP_WIDTH = 26
_GAP = 4
_FIRST_RISE = 5.0
_LAST_RISE = 20.4


@dataclass(frozen=True, slots=True)
class Step:
    """One lesson: a box, filled from the left as far as it is done."""

    css: str
    x: float
    y: float
    width: float
    height: float
    filled: float
    """Width of the filled part of a step that is neither done nor untouched."""


def stairs(states: Sequence[State]) -> list[Step]:
    """Return the steps of a module, in the units of a ``237 × 24`` view box."""
    count = len(states)
    pitch = min(_STEP_WIDTH + _GAP, (STAIRS_WIDTH - 0.75) / max(count, 1))
    width = pitch - min(_GAP, pitch * 0.15)
    rise = (_LAST_RISE - _FIRST_RISE) / max(count - 1, 1)
    steps = []
    for place, state in enumerate(states):
        height = _FIRST_RISE + place * rise
        css = "done" if state.done else "half" if state.started else "todo"
        filled = width * state.fraction if css == "half" else 0
        steps.append(
            Step(
                css=css,
                x=round(0.75 + place * pitch, 2),
                y=round(STAIRS_HEIGHT - 0.75 - height, 2),
                width=round(width, 2),
                height=round(height, 2),
                filled=round(filled, 2),
            )
        )
    return steps


# --- Answers a day ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: its bar, and what is written below and above it."""

    day: Day
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where its labels stand."""
        return self.x + self.width / 2

    @property
    def label_y(self) -> float:
        """Where its number stands: above it."""
        return round(self.y - 6, 1)

    @property
    def css(self) -> str:
        """Today is marked by the accent."""
        return "fill--act" if self.day.is_today else "fill"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid with the number it stands for."""

    y: float
    value: int

    @property
    def label_y(self) -> float:
        """Where its number stands: centered on it."""
        return self.y + 4


@dataclass(frozen=True, slots=True)
class BarChart:
    """Answers a day as bars; ``foot`` is the line they stand on."""

    width: float
    height: float
    foot: float
    bars: list[Bar]
    lines: list[Line]

    @property
    def plot_width(self) -> float:
        """Where the grid ends and its numbers begin."""
        return self.bars[-1].x + self.bars[-1].width + 7

    @property
    def label_x(self) -> float:
        """Where the numbers of the grid begin."""
        return self.plot_width + 6

    @property
    def today_x(self) -> float:
        """Where the word below the last bar ends."""
        return self.bars[-1].x + self.bars[-1].width

    @property
    def total(self) -> int:
        """All answers in the chart."""
        return sum(bar.day.answers for bar in self.bars)

    @property
    def busy(self) -> list[Bar]:
        """The days with answers."""
        return [bar for bar in self.bars if bar.day.answers]

    @property
    def in_words(self) -> str:
        """What the drawing shows, for those who do not see it."""
        days = [
            _("%(day)s %(count)d") % {"day": date_format(bar.day.date, "l"), "count": bar.day.answers}
            for bar in self.busy
        ]
        return _("Answers by day: %(days)s") % {"days": ", ".join(days)} if days else _("No answers yet")

    @property
    def summary(self) -> str:
        """The total as a sentence."""
        if not self.total:
            return _("No answers yet.")
        answers = ngettext("%(count)d answer", "%(count)d answers", self.total) % {"count": self.total}
        days = len(self.busy)
        return ngettext("%(answers)s on %(days)d day.", "%(answers)s on %(days)d days.", days) % {
            "answers": answers,
            "days": days,
        }


def bar_chart(
    days: Sequence[Day],
    *,
    pitch: float,
    bar_width: float,
    foot: float,
    top: float,
    height: float,
    margin: float,
) -> BarChart:
    """Return a chart of days: bars from ``foot`` up to ``top`` at most, ``margin`` units right of the last.

    A day without answers keeps a line of one unit, so that it is seen to be there.
    """
    peak = max([day.answers for day in days] + [_SMALLEST_PEAK])
    scale = (foot - top) / peak
    bars = []
    for place, day in enumerate(days):
        tall = max(1.0, round(day.answers * scale, 1))
        bars.append(Bar(day, round(place * pitch, 1), round(foot - tall, 1), bar_width, tall))
    spacing = _round_spacing(peak)
    lines = [Line(round(foot - value * scale, 1), value) for value in range(spacing, peak + 1, spacing)]
    return BarChart(round((len(days) - 1) * pitch + bar_width + margin, 1), height, foot, bars, lines)


_SMALLEST_PEAK = 10
"""One answer must not fill the chart."""


def _round_spacing(peak: int) -> int:
    """Return a round distance of grid lines, so that two to four of them fit."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if peak < 5 * factor * size:
                return factor * size
        size *= 10


def week_chart(days: Sequence[Day]) -> BarChart:
    """Return the chart of seven days, which writes its numbers on the bars."""
    return bar_chart(days[-7:], pitch=48, bar_width=36, foot=66, top=14, height=92, margin=12)


def weeks_chart(days: Sequence[Day]) -> BarChart:
    """Return the wide chart of four weeks."""
    return bar_chart(days, pitch=24, bar_width=17, foot=90, top=18, height=112, margin=40)


def weeks_chart_small(days: Sequence[Day]) -> BarChart:
    """Return its drawing for a phone: the last two weeks."""
    return bar_chart(days[-14:], pitch=22, bar_width=15, foot=90, top=18, height=112, margin=40)
