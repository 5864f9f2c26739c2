"""What pages of other apps show of progress. A tag takes a whole module at once, never one in a loop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context

from accounts.models import Learner
from lessons.models import Lesson, Module
from progress.charts import STAIRS_HEIGHT, STAIRS_WIDTH, stairs
from progress.overview import ModuleStanding, NextStep, next_step_in, standing_from_menu, tally
from progress.querysets import standings
from progress.states import State

register = template.Library()


@register.simple_tag(takes_context=True)
def lesson_states(context: Context, learner: Learner | None, module: Module) -> dict[int, State]:
    """Return a learner's state in each lesson of a module, by primary key; ``{}`` for a stranger.

    ``{% lesson_states learner module as states %}`` costs one query a request, however often it stands in its
    templates, and none for a stranger.
    """
    if not isinstance(learner, Learner) or learner.is_stranger:
        return {}
    request = context.get("request")
    known: dict[tuple[int, int], dict[int, State]] = getattr(request, "_lesson_states", {})
    key = (learner.pk, module.pk)
    if key not in known:
        lessons = Lesson.objects.filter(module=module, draft=False, unlisted=False, retired_at=None)
        known[key] = {row["pk"]: state for row, state in standings(learner, lessons)}
        if request is not None:
            request._lesson_states = known
    return known[key]


@register.inclusion_tag("progress/_steps.html")
def steps(states: Mapping[int, State], module: Module) -> dict[str, Any]:
    """Draw the staircase of a module from its menu, one step a lesson; a known learner gets the count too."""
    return _staircase(standing_from_menu(module, states), with_words=bool(states))


@register.inclusion_tag("progress/_steps.html")
def staircase(module: ModuleStanding, *, with_words: bool = True) -> dict[str, Any]:
    """Draw the staircase of a module whose standing is at hand."""
    return _staircase(module, with_words=with_words)


def _staircase(module: ModuleStanding, *, with_words: bool) -> dict[str, Any]:
    states = list(module.states.values())
    return {
        "steps": stairs(states),
        "tally": tally(states),
        "with_words": with_words,
        "view_box": f"0 0 {STAIRS_WIDTH} {STAIRS_HEIGHT}",
    }


@register.simple_tag
def next_step(states: Mapping[int, State], module: Module) -> NextStep | None:
    """Return which lesson of a module to go on with; None for a module without lessons."""
    return next_step_in(standing_from_menu(module, states))
