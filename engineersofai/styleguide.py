"""The style guide: every component in every state, for whoever builds or reviews a page. Development only."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

COLORS = (
    *("paper", "sheet", "well", "line", "edge", "ink3", "ink2", "ink"),
    *("act", "act2", "wash", "good", "good-w", "bad", "bad-w", "warn", "warn-w"),
    *("llama", "mistral", "qwen", "gemma", "phi"),
)
"""Names of the color tokens, in the order of ``tokens.css``."""

ICONS = (
    *("tick", "cross", "half", "open", "search", "sun", "moon", "auto", "right", "left", "chev", "copy"),
    *("list", "warn", "info", "clock", "print", "flag", "again", "ext", "down", "key"),
)
"""Symbols of the sprite without their ``i-``."""

FAMILIES = (
    ("llama", "Llama"),
    ("mistral", "Mistral"),
    ("qwen", "Qwen"),
    ("gemma", "Gemma"),
    ("phi", "Phi"),
    ("other", "Any other"),
)
"""Marks of the sprite without their ``m-``, and the name said beside each."""


@dataclass(frozen=True)
class Stair:
    """One step of the drawn staircase, in the units of its view box."""

    x: float
    y: float
    height: float
    state: str


def staircase(total: int, done: int, begun: int = 0) -> list[Stair]:
    """Return ``total`` steps, the first ``done`` of them filled and the next ``begun`` half filled."""
    states = ["done"] * done + ["half"] * begun
    states += ["todo"] * (total - len(states))
    heights = [5 + 2.2 * index for index in range(total)]
    return [
        Stair(x=round(0.75 + 30 * index, 2), y=round(23.25 - height, 2), height=round(height, 2), state=state)
        for index, (height, state) in enumerate(zip(heights, states, strict=True))
    ]


def while_debugging(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show a view to developers only: without ``DEBUG`` there is no such page."""

    @wraps(view)
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.DEBUG:
            raise Http404
        return view(request, **kwargs)

    return inner


@require_safe
@while_debugging
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with every state."""
    context = {
        "colors": COLORS,
        "icons": ICONS,
        "families": FAMILIES,
        "staircases": [
            ("0 of 8 lessons done", staircase(8, 0)),
            ("3 of 8 lessons done, 1 begun", staircase(8, 3, 1)),
            ("8 of 8 lessons done", staircase(8, 8)),
        ],
        "rings": (25, 79, 100),
        "errors": (400, 403, 404, 409, 410, 429, 500, 503),
    }
    return render(request, "styleguide.html", context)


@require_safe
@while_debugging
def error_sample(request: HttpRequest, code: int) -> HttpResponse:
    """Show an error page as a visitor would meet it, with an empty context and status 200."""
    return render(request, f"{code}.html", {"request_id": "4f1d2c9a"})
