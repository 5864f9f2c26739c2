"""Every model that hangs on a learner is merged, exported and erased by its own app. Walks the models."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from accounts.export import personal_copy
from accounts.models import Learner
from accounts.ownership import owned_relations
from accounts.services import erase_learner, marks_of, merge_learners
from accounts.signals import guest_marks, learner_erased, learner_merged, personal_data

from .rows import make_row, twin

pytestmark = pytest.mark.django_db

OWNED = [(relation.related_model, relation.field.name) for relation in owned_relations()]
each_owned_model = pytest.mark.parametrize(
    ("model", "owner"), OWNED, ids=[model._meta.label for model, _owner in OWNED]
)


@pytest.fixture
def target() -> Learner:
    """Return the learner that a guest is merged into."""
    return Learner.objects.create()


def test_something_hangs_on_a_learner():
    assert {model._meta.label for model, _owner in OWNED} >= {"quizzes.Attempt", "progress.LessonProgress"}


@pytest.mark.parametrize(
    "signal", [learner_merged, learner_erased, personal_data], ids=["merge", "erase", "copy"]
)
@each_owned_model
def test_the_app_of_every_model_listens(model, owner, signal):
    receivers, _asynchronous = signal._live_receivers(Learner)

    assert model._meta.app_label in {receiver.__module__.split(".")[0] for receiver in receivers}


@each_owned_model
def test_a_merge_moves_every_row(model, owner, guest, target):
    make_row(model, **{owner: guest})

    merge_learners(guest, target)

    assert not model.objects.filter(**{owner: guest}).exists()
    assert model.objects.filter(**{owner: target}).count() == 1


@each_owned_model
def test_a_merge_copes_where_both_have_the_same(model, owner, guest, target):
    row = make_row(model, **{owner: guest})
    twin(row, **{owner: target})

    merge_learners(guest, target)

    assert not model.objects.filter(**{owner: guest}).exists()
    assert model.objects.filter(**{owner: target}).exists()


@each_owned_model
def test_the_receivers_alone_erase_every_row(model, owner, guest, target):
    """The database would take the rows along anyway; sums kept beside them need the receiver."""
    row = make_row(model, **{owner: guest})
    twin(row, **{owner: target})

    learner_erased.send(sender=Learner, learner=guest)

    assert not model.objects.filter(**{owner: guest}).exists()
    assert model.objects.filter(**{owner: target}).count() == 1


@each_owned_model
def test_nothing_is_left_of_somebody_erased(model, owner, guest, target):
    make_row(model, **{owner: guest})
    merge_learners(guest, target)
    make_row(model, **{owner: target})

    erase_learner(target)

    assert not model.objects.exists()
    assert not Learner.objects.exists()


@each_owned_model
def test_the_copy_tells_every_row(model, owner, guest, target):
    before = _told(guest)
    row = make_row(model, **{owner: guest})
    twin(row, **{owner: target})

    after = _told(guest)

    assert sum(map(len, after.values())) == sum(map(len, before.values())) + 1


def test_marks_are_told_in_words_and_counted_cheaply(guest, django_assert_max_num_queries):
    for model, owner in OWNED:
        make_row(model, **{owner: guest})

    with django_assert_max_num_queries(2 * len(OWNED)):
        marks = marks_of(guest)

    receivers, _asynchronous = guest_marks._live_receivers(Learner)
    assert {"quizzes", "progress"} <= {receiver.__module__.split(".")[0] for receiver in receivers}
    assert all(isinstance(words, str) and count > 0 for words, count in marks)


def _told(learner: Learner) -> dict[str, list[object]]:
    """Return what the apps above put into the copy, as it is read back."""
    copy = json.loads(json.dumps(personal_copy(learner), cls=DjangoJSONEncoder))
    return {name: rows for name, rows in copy.items() if isinstance(rows, list)}
