"""What quizzes tells the apps above, inside the transaction (send with ``send``)."""

from django.dispatch import Signal

answered = Signal()
"""``answer`` was stored; its attempt may be complete now."""

regraded = Signal()
"""``question`` got a new key; stored points may have changed."""

asked_changed = Signal()
"""``quiz`` asks other questions than before; how many of them a learner has answered may have changed."""
