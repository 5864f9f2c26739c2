"""The YAML reader: data, positions, and every guard with its place."""

from datetime import date
from typing import Annotated, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from catalog.problems import ContentError
from catalog.textfiles import read_text
from catalog.yamlsource import Position, Schema, parse_yaml, read_yaml, validate


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def either_parser(request, monkeypatch):
    """Run a test with libyaml, and again with the parser that stands in where libyaml is missing."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr("catalog.yamlsource.reader._Loader", getattr(yaml, request.param))


def problems_of(text, **options):
    with pytest.raises(ContentError) as caught:
        parse_yaml(text, "x.yml", **options)
    return caught.value.problems


def places(problems):
    return [(problem.line, problem.column, problem.code) for problem in problems]


def test_data_and_positions_of_keys_and_values(either_parser):
    mapped = parse_yaml("title: Mixtral\nsizes:\n  - {b: 46.7}\n  - 7\n", "x.yml")

    assert mapped.data == {"title": "Mixtral", "sizes": [{"b": 46.7}, 7]}
    assert mapped.key_position(("title",)) == Position(1, 1)
    assert mapped.position(("title",)) == Position(1, 8)
    assert mapped.key_position(("sizes", 0, "b")) == Position(3, 6)
    assert mapped.position(("sizes", 1)) == Position(4, 5)


def test_scalars_follow_yaml_1_2(either_parser):
    mapped = parse_yaml(
        "words: [on, no, yes, 1_000, '7', 1:30, 007, 2026-13-40, .nan, 1e999]\n"
        "numbers: [1, -2, 0.5, 1e3]\nflags: [true, False]\nday: 2026-11-23\nnothing:\n",
        "x.yml",
    )

    assert mapped.data["words"] == [
        "on",
        "no",
        "yes",
        "1_000",
        "7",
        "1:30",
        "007",
        "2026-13-40",
        ".nan",
        "1e999",
    ]
    assert mapped.data["numbers"] == [1, -2, 0.5, 1000.0]
    assert mapped.data["flags"] == [True, False]
    assert mapped.data["day"] == date(2026, 11, 23)
    assert mapped.data["nothing"] is None


def test_positions_of_yaml_inside_another_file():
    mapped = parse_yaml("a: 1\nb: 2\n", "lesson.md", first_line=40)

    assert mapped.key_position(("b",)) == Position(41, 1)
    assert mapped.problem(("b",), "code", "message").source_line == "b: 2"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\nb: 2\na: 3\n", (3, 1, "duplicate-key")),
        ("a: &x 1\n", (1, 4, "anchor")),
        ("a: *x\n", (1, 4, "alias")),
        ("a: !!python/object:os.system x\n", (1, 4, "tag")),
        ("a: !secret x\n", (1, 4, "tag")),
        ("<<: {a: 1}\n", (1, 1, "merge-key")),
        ("? [a]\n: 1\n", (1, 3, "key-not-text")),
        ("a: 1\n---\nb: 2\n", (2, 1, "second-document")),
        ("a: [1, 2\nb: 3\n", (2, 2, "broken-yaml")),
    ],
)
def test_what_is_refused_is_refused_at_its_place(either_parser, text, place):
    assert place in places(problems_of(text))


def test_all_faults_come_in_one_run():
    assert places(problems_of("a: 1\na: 2\nb: &x 1\nc: !t 2\n")) == [
        (2, 1, "duplicate-key"),
        (3, 4, "anchor"),
        (4, 4, "tag"),
    ]


def test_half_a_surrogate_pair_is_refused(either_parser):
    assert [problem.line for problem in problems_of('a: "\\ud800"\n')] == [1]


def test_a_nul_is_refused(either_parser):
    assert [problem.code for problem in problems_of('a: "one\\0two"\nb: "\\x00"\n')] == ["nul", "nul"]


def test_deep_nesting_stops_the_reader_early(either_parser):
    # libyaml looks ahead and stops at its own limit first.
    assert places(problems_of("[" * 20_000)) in ([(1, 9, "too-deep")], [(1, 1001, "broken-yaml")])
    assert places(problems_of("".join("  " * depth + "a:\n" for depth in range(30)))) == [(9, 17, "too-deep")]


def test_control_character_is_refused_at_its_place():
    assert (2, 4, "broken-yaml") in places(problems_of("a: 1\nb: \x07\n"))


@pytest.mark.parametrize(
    "data", [b"a: 1\r\nb: \xc3\xa9\r\n", b"\xef\xbb\xbfa: 1\nb: \xc3\xa9\n", b"a: 1\rb: \xc3\xa9\r"]
)
def test_line_ends_and_byte_order_mark_make_no_difference(tmp_path, data):
    (tmp_path / "x.yml").write_bytes(data)

    assert read_yaml(tmp_path / "x.yml", "x.yml").data == {"a": 1, "b": "é"}


def test_utf_16_with_its_mark_is_read(tmp_path):
    (tmp_path / "x.yml").write_bytes("a: é\n".encode("utf-16"))

    assert read_yaml(tmp_path / "x.yml", "x.yml").data == {"a": "é"}


@pytest.mark.parametrize(
    ("data", "place"),
    [(b"a: 1\nb: caf\xe9\n", (2, 7, "bad-encoding")), (b"a: 1\nb: x\x00y\n", (2, 5, "nul"))],
)
def test_bad_bytes_are_refused_at_their_place(tmp_path, data, place):
    (tmp_path / "x.yml").write_bytes(data)

    with pytest.raises(ContentError) as caught:
        read_yaml(tmp_path / "x.yml", "x.yml")

    assert places(caught.value.problems) == [place]


def test_large_files_and_symbolic_links_are_refused(tmp_path):
    (tmp_path / "large.yml").write_bytes(b"a" * 2000)
    (tmp_path / "link.yml").symlink_to(tmp_path / "large.yml")

    with pytest.raises(ContentError, match="larger than 1 KiB"):
        read_text(tmp_path / "large.yml", "large.yml", max_bytes=1024)
    with pytest.raises(ContentError, match="not a regular file"):
        read_text(tmp_path / "link.yml", "link.yml")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    found = []
    try:
        parse_yaml(text, "x.yml")
    except ContentError as error:
        found = list(error.problems)

    assert all(problem.line >= 1 and problem.column >= 1 for problem in found)


class Choice(Schema):
    type: Literal["choice"]
    reason: str


class Numeric(Schema):
    type: Literal["numeric"]
    answer: float
    tolerance: float = 0.0


class Quiz(Schema):
    title: str
    level: Literal["easy", "hard"] = "easy"
    questions: list[Annotated[Choice | Numeric, Field(discriminator="type")]]


def complaints(text):
    return [str(problem) for problem in validate(Quiz, parse_yaml(text, "q.yml"))]


def test_a_fitting_file_has_no_problems():
    assert complaints("title: T\nquestions:\n  - {type: numeric, answer: 7}\n") == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title: T\nqestions: []\n", "q.yml:2:1: unknown key 'qestions'. Did you mean 'questions'?"),
        ("questions: []\n", "q.yml:1:1: missing key 'title'. Add it here."),
        ("title: 2024\nquestions: []\n", "q.yml:1:8: 'title' must be text. Quote it: \"2024\"."),
        ("title: true\nquestions: []\n", "q.yml:1:8: 'title' must be text. Quote it: \"true\"."),
        (
            "title: T\nlevel: hrad\nquestions: []\n",
            "q.yml:2:8: 'level' cannot be 'hrad'. Did you mean 'hard'?",
        ),
        ("title: T\nquestions: {}\n", "q.yml:2:12: 'questions' must be a list."),
        (
            "title: T\nquestions:\n  - type: numeric\n    answer: seven\n",
            "q.yml:4:13: 'answer' must be a number. It says 'seven'.",
        ),
        (
            "title: T\nquestions:\n  - type: choise\n    reason: R\n",
            "q.yml:3:11: 'type' cannot be 'choise'. Did you mean 'choice'?",
        ),
        ("title: T\nquestions:\n  - reason: R\n", "q.yml:3:5: missing key 'type'. Add it here."),
        (
            "title: T\nquestions:\n  - type: numeric\n    answer: 1\n    tolerence: 2.0\n",
            "q.yml:5:5: unknown key 'tolerence'. Did you mean 'tolerance'?",
        ),
        ("- a\n", "q.yml:1:1: the file must be keys with values."),
    ],
)
def test_each_misfit_is_told_in_an_authors_words(text, complaint):
    assert complaints(text) == [complaint]


def test_excerpt_points_at_the_place():
    problem = validate(Quiz, parse_yaml("title: 2024\nquestions: []\n", "q.yml"))[0]

    assert problem.with_excerpt().splitlines()[1:] == ["    1 | title: 2024", "      |        ^"]
