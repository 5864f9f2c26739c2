"""Drawings whose numbers are worked out on the server."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from progress.activity import Day
from progress.charts import STAIRS_HEIGHT, STAIRS_WIDTH, stairs, week_chart, weeks_chart, weeks_chart_small
from progress.states import State

DONE = State(completed_at=timezone.now())
HALF = State(rule="quiz", questions=4, answered=2)
OPEN = State()


@pytest.mark.parametrize("count", [1, 2, 8, 9, 40, 300])
def test_a_staircase_of_any_length_rises_and_stays_on_its_paper(count):
    steps = stairs([OPEN] * count)

    assert [step.y for step in steps] == sorted((step.y for step in steps), reverse=True)
    assert all(step.x >= 0 and step.x + step.width <= STAIRS_WIDTH for step in steps)
    assert all(step.y >= 0 and step.y + step.height <= STAIRS_HEIGHT for step in steps)
    assert all(step.width > 0 for step in steps)


def test_a_step_is_filled_as_far_as_its_lesson_is_done():
    done, half, untouched = stairs([DONE, HALF, OPEN])

    assert (done.css, half.css, untouched.css) == ("done", "half", "todo")
    assert half.filled == pytest.approx(half.width / 2)
    assert (done.filled, untouched.filled) == (0, 0)


def test_no_lessons_make_no_steps():
    assert stairs([]) == []


def days_with(*counts):
    first = date(2026, 3, 2)
    last = len(counts) - 1
    return [Day(first + timedelta(days=n), count, n == last) for n, count in enumerate(counts)]


@pytest.mark.parametrize("peak", [0, 1, 9, 10, 11, 63, 999, 12_345])
def test_bars_stay_on_their_paper_however_busy_a_day_was(peak):
    days = days_with(*[0] * 27, peak)

    for chart in (week_chart(days), weeks_chart(days), weeks_chart_small(days)):
        assert all(bar.y >= 0 and bar.height >= 1 for bar in chart.bars)
        assert all(bar.y + bar.height == pytest.approx(chart.foot) for bar in chart.bars)
        assert all(bar.x + bar.width <= chart.width for bar in chart.bars)
        assert 1 <= len(chart.lines) <= 5


def test_a_chart_says_in_words_what_it_shows():
    chart = week_chart(days_with(6, 0, 9, 4, 0, 11, 3))

    assert chart.in_words == "Answers by day: Monday 6, Wednesday 9, Thursday 4, Saturday 11, Sunday 3"
    assert chart.summary == "33 answers on 5 days."
    assert week_chart(days_with(*[0] * 7)).summary == "No answers yet."
    assert [bar.css for bar in chart.bars[-2:]] == ["fill", "fill--act"]
