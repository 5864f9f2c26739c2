"""The landscape: a computed frontier, labels that do not touch, and figures that are those of the catalog."""

from __future__ import annotations

import datetime
import re
from html import unescape
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import timeline
from catalog.figures import FigureError, render_families, render_landscape
from catalog.landscape import SMALL, WIDE, Point, draw, frontier
from catalog.landscape.labels import box_of, touch
from catalog.shapes import MARKS
from tests.catalog.builders import make_checkpoint, make_family, make_license, make_release, make_result


def a_point(name: str, size: float, score: float, **fields) -> Point:
    values = {"label": name, "url": f"/models/{name}/", "mark": "llama", "family": "Llama", **fields}
    return Point(name=name, size=int(size * 1e9), score=score, **values)


points = st.lists(
    st.builds(
        a_point,
        name=st.text("abcdefgh 0123", min_size=1, max_size=20),
        size=st.floats(0.1, 2000),
        score=st.floats(0, 1500).map(lambda score: round(score, 1)),
        family=st.sampled_from(["Llama", "Qwen"]),
    ),
    min_size=1,
    max_size=40,
)


@given(points)
def test_the_frontier_holds_exactly_those_whom_nothing_as_small_equals(drawn):
    best = frontier(drawn)

    for point in drawn:
        rivals = [other for other in drawn if other.size <= point.size and other is not point]
        unbeaten = all(other.score < point.score for other in rivals)
        if unbeaten:
            assert point in best
    for smaller, larger in pairwise(best):
        assert smaller.size < larger.size
        assert smaller.score < larger.score
    assert max(point.score for point in drawn) == best[-1].score


@given(points, st.sampled_from([WIDE, SMALL]))
def test_every_point_is_drawn_inside_and_labels_stay_apart(drawn, frame):
    drawing = draw(drawn, frame)

    assert len(drawing.marks) == len(drawn)
    for mark in drawing.marks:
        assert frame.left <= float(mark.x) <= frame.end
        assert frame.top <= float(mark.y) <= frame.floor
    boxes = [
        box_of(label.text, float(label.x), float(label.y), label.anchor, frame) for label in drawing.labels
    ]
    assert not any(touch(one, other) for one, other in combinations(boxes, 2))
    assert len(drawing.labels) <= frame.max_labels
    assert drawing.rows or max(p.score for p in drawn) - min(p.score for p in drawn) < 1


def test_the_axis_is_logarithmic_with_round_ticks():
    drawing = draw([a_point("a", 1, 10), a_point("b", 10, 20), a_point("c", 100, 30)], WIDE)
    places = {text: float(x) for x, text in drawing.columns}

    assert places["10B"] - places["1B"] == pytest.approx(places["100B"] - places["10B"], abs=0.2)
    assert {"1B", "2B", "5B", "10B", "20B", "50B", "100B"} <= set(places)


def test_an_interval_is_drawn_as_a_whisker():
    drawing = draw([a_point("a", 1, 10, low=8, high=13), a_point("b", 10, 20)], WIDE)

    assert [bool(mark.whisker) for mark in drawing.marks] == [True, False]


@pytest.fixture
def scored(db) -> None:
    license_ = make_license("Llama 3", commercial_use="if", user_cap=("yes", 700_000_000))
    for name, size, score in (("Llama 3 8B", 8_030_261_248, 1171), ("Llama 3 70B", 70_553_706_496, 1224)):
        checkpoint = make_checkpoint(name, parameters=size, license=license_)
        make_result(checkpoint, score, interval_low=score - 3, interval_high=score + 3)
    make_checkpoint("Llama 3 405B", parameters=405_853_388_800, license=license_)
    worse = make_checkpoint("Qwen 72B", family=make_family("Qwen", "Alibaba"), parameters=72_000_000_000)
    make_result(worse, 1000)


@pytest.mark.usefixtures("scored")
def test_a_landscape_shows_the_catalogs_own_figures_with_their_source():
    html = render_landscape("Size helps", "benchmark=arena&family=llama")
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))

    assert "Size helps" in text
    assert "Arena score of 2 models. The line joins the best at each size." in text
    assert "<title>Llama 3 8B: 8.03B, Arena 1171</title>" in html
    assert '<a href="/models/llama-3-70b/">' in html
    assert "Reported by LMArena, 23 November 2026. Intervals ±3. 1 more checkpoint has no result." in text
    assert re.search(r"Source: Card \d+ , seen 23 November 2026", text)
    assert "Llama 3 70B 70.6B 1224 1221–1227 LMArena" in text
    assert "Qwen" not in text
    assert html.count('<svg class="only-') == 2


@pytest.mark.usefixtures("scored")
def test_stored_figures_point_at_no_static_file_and_style_nothing_inline():
    for html in (render_landscape("Size", "benchmark=arena"), render_families(["llama", "qwen"])):
        assert "/static/" not in html
        assert "style=" not in html
        assert "<script" not in html


@pytest.mark.usefixtures("scored")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("family=llama", "needs exactly one benchmark"),
        ("benchmark=arena&benchmark=mmlu", "needs exactly one benchmark"),
        ("benchmark=arina", "'benchmark' has no value 'arina'. Did you mean 'arena'?"),
        ("benchmark=arena&family=lama", "'family' has no value 'lama'. Did you mean 'llama'?"),
        ("benchmark=arena&color=red", "there is no parameter 'color' here."),
        ("benchmark=arena&kind=base", "No checkpoint with a result on “arena” is left to draw."),
    ],
)
def test_a_landscape_that_cannot_be_drawn_says_why(query, said):
    with pytest.raises(FigureError) as error:
        render_landscape("Title", query)

    assert said in str(error.value)


@pytest.mark.usefixtures("scored")
def test_families_answer_first_whether_they_may_be_used_at_work():
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", render_families(["qwen", "llama"])))

    assert text.index("Qwen Alibaba") < text.index("Llama Meta")
    assert "Llama Meta Yes, below 700M users Llama 3 8B to 405B Being copied Llama 3" in text
    assert "Qwen Alibaba Not known 72B" in text


@pytest.mark.django_db
def test_a_family_whose_current_releases_differ_says_to_check_each():
    family = make_family("Mistral", "Mistral AI")
    newer = make_release(family, "Newer 7B")
    older = make_release(family, "Older 7B", superseded_by=newer)
    make_checkpoint("Old 7B", family=family, release=older, license=make_license("MRL", commercial_use="no"))
    make_checkpoint("New 7B", family=family, release=newer, license=make_license("MIT", commercial_use="yes"))

    assert "Yes</span>" in render_families(["mistral"])

    make_checkpoint("Big 70B", family=family, license=make_license("MRL"))

    assert "Check each model" in render_families(["mistral"])


@pytest.mark.django_db
def test_an_unknown_family_is_named_with_what_may_be_meant():
    make_family("Llama", "Meta")

    with pytest.raises(FigureError, match="There is no family “lama”"):
        render_families(["lama"])


def test_marks_are_those_of_the_sprite():
    sprite = (Path(__file__).parents[2] / "static" / "img" / "sprite.svg").read_text(encoding="utf-8")

    for name in ("mistral", "qwen", "phi", "other"):
        assert f'id="m-{name}" viewBox="0 0 12 12"><path d="{MARKS[name]}"/>' in sprite


def test_a_timeline_places_generations_in_time_and_names_the_current_one():
    day = datetime.date
    drawn = timeline.draw(
        [
            timeline.Moment("Llama 2", day(2023, 7, 18), ("7B", "70B")),
            timeline.Moment("Llama 3", day(2024, 4, 18), ("8B", "70B"), is_current=True),
            timeline.Moment("Llama 4", day(2025, 4, 5), ("109B",)),
        ]
    )

    assert drawn is not None
    assert [mark.moment.name for mark in drawn.marks] == ["Llama 2", "Llama 3", "Llama 4"]
    assert [float(mark.x) for mark in drawn.marks] == sorted(float(mark.x) for mark in drawn.marks)
    assert [year for _x, year in drawn.years] == [2024, 2025]
    assert all(mark.y for mark in drawn.marks)


def test_a_single_day_is_no_timeline():
    assert timeline.draw([timeline.Moment("Phi", datetime.date(2024, 1, 1), ())]) is None


@pytest.mark.parametrize(
    ("name", "parameters", "size"),
    [
        ("Llama 3.1 405B", 405_853_388_800, "405B"),
        ("Mixtral 8x7B", 46_702_792_704, "8x7B"),
        ("Qwen2.5 0.5B", 494_032_768, "0.5B"),
        ("Gemma 3 270M", 268_098_176, "270M"),
        ("Phi-4", 14_659_507_200, "14.7B"),
        ("Qwen3 30B-A3B", 30_532_122_624, "30B"),
    ],
)
def test_a_size_is_the_one_in_the_name_else_of_the_count(name, parameters, size):
    assert timeline.size_of(name, parameters) == size
