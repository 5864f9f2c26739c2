"""Which kinds of rows hang on a learner. Asked of the models, so that this app need not know those above."""

from django.db.models import ManyToOneRel

from accounts.models import Learner


def owned_relations() -> list[ManyToOneRel]:
    """Return the relations by which rows of other models belong to a learner."""
    return [
        relation
        for relation in Learner._meta.related_objects
        if isinstance(relation, ManyToOneRel) and relation.related_model is not Learner
    ]
