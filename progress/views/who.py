"""Who has progress of their own."""

from accounts.models import Learner


def is_known(learner: Learner) -> bool:
    """Whether this is a guest or an account: an account is known before it has left its first mark."""
    return not learner.is_stranger or learner.user_id is not None
