"""Points: the documented rule of each type, held by tables and by properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.feedback import Mark, feedback
from quizzes.grading import Response, grade
from quizzes.numbers import parse_number
from tests.quizzes.builders import choice_body, multi_body, numeric_body, short_body, truefalse_body


def ids(body, *texts):
    return frozenset(option.id for option in body.options if option.html in texts)


def test_one_choice_earns_all_or_nothing():
    body = choice_body("a", "b", "c", right=1)

    assert grade(body, Response(options=ids(body, "b"))) == 1
    assert grade(body, Response(options=ids(body, "a"))) == 0
    assert grade(body, Response(options=ids(body, "a", "b"))) == 0
    assert grade(body, Response()) == 0


@pytest.mark.parametrize(
    ("chosen", "points"),
    [
        ([], 0),
        (["right 0", "right 1"], 1),
        (["right 0"], 0.5),
        (["right 0", "right 1", "wrong 0"], 0.5),
        (["right 0", "wrong 0"], 0),
        (["wrong 0", "wrong 1"], 0),
        (["right 0", "right 1", "wrong 0", "wrong 1"], 0),
    ],
)
def test_several_choices_earn_right_less_wrong(chosen, points):
    body = multi_body(right=2, wrong=2)

    assert grade(body, Response(options=ids(body, *chosen))) == points


@given(right=st.integers(1, 6), wrong=st.integers(0, 6), data=st.data())
def test_several_choices_earn_a_share_and_all_only_for_exactly_the_right_ones(right, wrong, data):
    body = multi_body(right, wrong)
    chosen = data.draw(st.sets(st.sampled_from([option.id for option in body.options])))
    key = {option.id for option in body.options if option.correct}

    points = grade(body, Response(options=frozenset(chosen)))

    assert 0 <= points <= 1
    assert (points == 1) == (chosen == key)


@pytest.mark.parametrize("answer", [True, False])
def test_true_or_false(answer):
    body = truefalse_body(answer)

    assert grade(body, Response(truth=answer)) == 1
    assert grade(body, Response(truth=not answer)) == 0
    assert grade(body, Response()) == 0


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("46.7", "46.7", ""),
        ("46,7", "46.7", ""),
        (" 46.7 ", "46.7", ""),
        ("1,024", "1024", ""),
        ("1 024", "1024", ""),
        ("1\u202f024", "1024", ""),
        ("1’024", "1024", ""),
        ("1_024", "1024", ""),
        ("1,024.5", "1024.5", ""),
        ("1.024,5", "1024.5", ""),
        ("12,345,678", "12345678", ""),
        ("12.345.678", "12345678", ""),
        ("1.024", "1.024", ""),
        ("0,125", "0.125", ""),
        ("1,0245", "1.0245", ""),
        (".5", "0.5", ""),
        ("5.", "5", ""),
        ("1e3", "1000", ""),
        ("1.5E-2", "0.015", ""),
        ("1.5×10^3", "1500", ""),
        ("−3", "-3", ""),
        ("+3", "3", ""),
        ("46.7 billion", "46.7", "billion"),
        ("144KiB", "144", "KiB"),
        ("5 %", "5", "%"),
    ],
)
def test_numbers_are_read_as_people_type_them(text, value, unit):
    typed = parse_number(text)

    assert typed is not None
    assert (typed.value, typed.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "e3", "-", ".", "1,2,3", "1.2.3", "1..2", "12,34,567", "1e999", "1 2", "٣", "9" * 61],
)
def test_what_is_no_number_is_refused(text):
    assert parse_number(text) is None


@given(st.text(max_size=80))
def test_reading_a_number_never_fails(text):
    parse_number(text)


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(["", " GB", "GB"]))
def test_every_plain_number_is_read_back(number, unit):
    typed = parse_number(f"{number:f}{unit}")

    assert typed is not None
    assert typed.value == number
    assert typed.unit == unit.strip()


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("46.7", 1),
        ("46.6", 1),
        ("46.8", 1),
        ("46,8", 1),
        ("46.81", 0),
        ("46.59", 0),
        ("-46.7", 0),
        ("abc", 0),
    ],
)
def test_bounds_of_an_absolute_tolerance_are_inside(text, points):
    assert grade(numeric_body("46.7", tolerance="0.1"), Response(text=text)) == points


@pytest.mark.parametrize(
    ("text", "points"), [("198", 1), ("202", 1), ("197.99", 0), ("202.01", 0), ("2e2", 1)]
)
def test_bounds_of_a_percentage_are_inside(text, points):
    assert grade(numeric_body("200", tolerance="1", percent=True), Response(text=text)) == points


@given(st.decimals(-1000, 1000, places=2), st.decimals(0, 10, places=2))
def test_numeric_grading_agrees_with_exact_arithmetic(answer, tolerance):
    body = numeric_body(str(answer), tolerance=str(tolerance))

    for offset, points in ((0, 1), (tolerance, 1), (-tolerance, 1), (tolerance + Decimal("0.01"), 0)):
        assert grade(body, Response(text=f"{answer + offset:f}")) == points


@pytest.mark.parametrize(
    ("text", "points"), [("144 KiB", 1), ("144kib", 1), ("144", 1), ("144 KB", 0), ("144 GiB", 0)]
)
def test_a_unit_behind_the_number_must_be_the_one_asked_for(text, points):
    assert grade(numeric_body("144", unit="KiB"), Response(text=text)) == points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("router", 1),
        ("ROUTER", 1),
        ("  router ", 1),
        ("gate", 1),
        ("time  to\tfirst token", 1),
        ("Time-to-first-token", 0),
        ("cafe\u0301", 1),
        ("STRASSE", 1),
        ("routers", 0),
        ("", 0),
    ],
)
def test_short_answers_are_compared_without_case_and_spaces(text, points):
    body = short_body("router", "gate", "time to first token", "café", "straße")

    assert grade(body, Response(text=text)) == points


@given(st.text(max_size=40))
def test_response_survives_storing(text):
    response = Response(text=text)

    assert Response.from_json(response.as_json()) == response


def test_feedback_on_a_wrong_choice_gives_its_reason_and_the_right_one():
    body = choice_body("a", "b", "c", right=1)

    told = feedback(body, Response(options=ids(body, "a")), seed=5)

    marks = {line.html: line.mark for line in told.lines}
    assert marks == {"a": Mark.WRONG, "b": Mark.KEY, "c": Mark.OTHER}
    assert all(line.reason for line in told.lines)
    assert told.summary == "Not right"
    assert told.explanation == "The explanation."


def test_feedback_on_several_choices_names_what_was_left_out():
    body = multi_body(right=2, wrong=1)

    told = feedback(body, Response(options=ids(body, "right 0")), seed=5)

    assert {line.html: line.verdict for line in told.lines} == {
        "right 0": "Your answer, right",
        "right 1": "Right too, and not chosen",
        "wrong 0": "",
    }
    assert told.summary == "Partly right"


def test_feedback_on_a_known_mistake_gives_its_own_reason():
    from quizzes.content import Mistake

    body = numeric_body("46.7", tolerance="0.1", mistakes=(Mistake("56", "Experts share attention."),))

    known = feedback(body, Response(text="56.05"))
    unknown = feedback(body, Response(text="99"))

    assert [line.reason for line in known.lines] == ["Experts share attention.", "The work in full."]
    assert [line.reason for line in unknown.lines] == ["", "The work in full."]
    assert [line.html for line in known.lines] == ["56.05", "46.7"]


def test_feedback_escapes_what_was_typed():
    told = feedback(short_body("router"), Response(text="<script>"))

    assert told.lines[0].html == "&lt;script&gt;"
