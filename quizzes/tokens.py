"""The signed token of a question's form: whose it is, which wording, in which order, and which submission.

Showing a form writes nothing, so all that answering needs to know travels with the form. The token is signed,
not encrypted: nothing in it tells which option is right, nor where an option stands in the file.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass

from django.core import signing

from accounts.identity import learner_token
from accounts.models import Learner

_SALT = "quizzes.form"
MAX_AGE_SECONDS = 2 * 24 * 3600
"""How long a form may lie open: two days, a weekend."""

MAX_SEED = 2**53
"""Seeds stay below it, so that they survive JSON and a bigint column."""


class BadToken(Exception):
    """The token was not made by this site, or was changed on the way."""


@dataclass(frozen=True, slots=True)
class FormToken:
    """What a form says about itself."""

    owner: str
    """``accounts.identity.learner_token`` of the learner it was shown to."""

    revision_id: int
    seed: int
    submission: uuid.UUID
    variant: int = 0
    after: uuid.UUID | None = None
    """The complete attempt that this form begins another after; None where it does not."""

    is_stale: bool = False
    """Whether the form lay open for longer than ``MAX_AGE_SECONDS``."""

    def sign(self) -> str:
        """Return the text for the form's hidden field."""
        after = self.after.hex if self.after else ""
        payload = [self.owner, self.revision_id, self.seed, self.submission.hex, self.variant, after]
        return signing.dumps(payload, salt=_SALT)


def new_token(
    learner: Learner, revision_id: int, *, after: uuid.UUID | None = None, seed: int | None = None
) -> FormToken:
    """Return the token of a new form: its own submission, and its own shuffle unless a seed is given."""
    return FormToken(
        owner=learner_token(learner),
        revision_id=revision_id,
        seed=new_seed() if seed is None else seed,
        submission=uuid.uuid4(),
        after=after,
    )


def new_seed() -> int:
    """Return a random seed for a shuffle."""
    return secrets.randbelow(MAX_SEED)


def read_token(text: str) -> FormToken:
    """Return what a form's token says; raises ``BadToken``. A stale one is returned and says so."""
    stale = False
    try:
        payload = signing.loads(text, salt=_SALT, max_age=MAX_AGE_SECONDS)
    except signing.SignatureExpired:
        stale = True
        payload = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
    owner, revision_id, seed, submission, variant, after = payload
    return FormToken(
        owner=owner,
        revision_id=revision_id,
        seed=seed,
        submission=uuid.UUID(hex=submission),
        variant=variant,
        after=uuid.UUID(hex=after) if after else None,
        is_stale=stale,
    )
