"""How many answers, or marks of progress, one learner or one address may send in a minute."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from accounts.models import Learner

WINDOW_SECONDS = 60
PER_LEARNER = 120
PER_ADDRESS = 600
"""Strangers are counted by address, as seen behind trusted proxies: a class of sixty may share one."""


def is_over_limit(request: HttpRequest, learner: Learner) -> bool:
    """Count one answer or mark and return whether it is one too many. The cache keeps counts for a minute."""
    if learner.is_stranger:
        who, limit = f"address:{get_adapter().get_client_ip(request)}", PER_ADDRESS
    else:
        who, limit = f"learner:{learner.pk}", PER_LEARNER
    key = f"quizzes:answers:{who}:{int(time.time()) // WINDOW_SECONDS}"
    cache.add(key, 0, timeout=2 * WINDOW_SECONDS)
    try:
        return cache.incr(key) > limit
    except ValueError:  # evicted between the two calls
        return False
