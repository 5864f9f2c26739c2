"""Questions written as our YAML: equal when they are read, and pleasant to read."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.export.yaml import as_yaml
from quizzes.source import read_questions
from tests.quizzes.specs import specs, texts
from tests.quizzes.test_source import GOOD


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(specs(texts, texts), min_size=1, max_size=4, unique_by=lambda spec: spec.id))
def test_out_and_in_again_is_equal(written):
    questions, problems = read_questions(as_yaml(written), "a.quiz.yml")

    assert problems == []
    assert [question.spec for question in questions] == written


def test_it_looks_as_an_author_would_write_it():
    questions, _problems = read_questions(GOOD, "a.quiz.yml")

    text = as_yaml(question.spec for question in questions)

    assert text.startswith(
        "questions:\n  - id: one\n    type: choice\n    kind: why\n    concepts: [kv-cache]\n"
        "    section: '#the-cache'\n    prompt: Why?\n    options:\n"
        "      - text: Because\n        correct: true\n"
    )
    assert "    answer: 46.7\n    tolerance: 1 %\n    unit: billion\n" in text.replace('"', "")
