"""Which option of a new wording is which option of the old one, so that answers keep their meaning."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from quizzes.content import Body, ChoiceBody, Option


def with_option_ids(body: Body, earlier: Body | None) -> Body:
    """Return the body with an id for every option: that of the same option in the earlier wording, or a new.

    The same is, in this order: the one with the author's ``id``; the one with equal text; and if exactly one
    old and one new option are then left over, those two (a typo was mended). Anything else is a new option.
    Options keep the order they had, so that moving them about in the file changes nothing.
    """
    if not isinstance(body, ChoiceBody):
        return body
    old = earlier.options if isinstance(earlier, ChoiceBody) else ()
    matched = _match(body.options, old)
    options = [
        replace(option, id=matched[number].id if number in matched else uuid.uuid4().hex)
        for number, option in enumerate(body.options)
    ]
    rank = {option.id: place for place, option in enumerate(old)}
    options.sort(key=lambda option: rank.get(option.id, len(old)))
    return replace(body, options=tuple(options))


def _match(new: Sequence[Option], old: Sequence[Option]) -> dict[int, Option]:
    """Return the old option for each place of a new one that has one."""
    matched: dict[int, Option] = {}
    left = list(old)

    def take(number: int, found: Option | None) -> None:
        if found is not None:
            matched[number] = found
            left.remove(found)

    for number, option in enumerate(new):
        if option.name:
            take(number, next((one for one in left if one.name == option.name), None))
    for number, option in enumerate(new):
        if number not in matched:
            same = (one for one in left if one.markdown == option.markdown and not _differ(one, option))
            take(number, next(same, None))
    unmatched = [number for number in range(len(new)) if number not in matched]
    if len(unmatched) == 1 and len(left) == 1 and not _differ(left[0], new[unmatched[0]]):
        take(unmatched[0], left[0])
    return matched


def _differ(one: Option, other: Option) -> bool:
    """Whether the author has given the two different ids: then they are not the same, whatever they say."""
    return bool(one.name and other.name and one.name != other.name)
