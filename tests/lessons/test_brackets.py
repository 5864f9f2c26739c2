"""Formulas whose brackets nobody closes are refused before the converter takes a lifetime over them."""

import time

import pytest

from lessons.rendering.brackets import MAX_UNCLOSED
from lessons.rendering.mathml import MathError, tex_to_mathml


@pytest.mark.parametrize(
    "opening", ["[", "(", r"\{", r"\lfloor ", r"\bigl(", r"\mathopen(", "[x", "⟨", r"\bigr["]
)
def test_too_many_open_brackets_are_refused_at_the_first(opening: str):
    with pytest.raises(MathError, match="brackets that nothing closes") as caught:
        tex_to_mathml("a+" + opening * 60 + "x", display=False)

    assert caught.value.column == 3


@pytest.mark.parametrize("opening", ["[", r"\mathopen(", "[x"])
def test_as_many_as_are_allowed_take_no_time(opening: str):
    began = time.process_time()

    tex_to_mathml(opening * (MAX_UNCLOSED // 2) + "x " * 4500, display=False)

    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "tex",
    [
        r"[0, 1) \cup " * 20 + "x",
        "([{x}])" * 30,
        r"\bigl(\lfloor x \rfloor\bigr) " * 20,
        r"\left( \frac{a}{b} \right] " * 20,
        r"\bigl| x \bigr| " * 20,
        r"\langle a, b \rangle \lambda \log \le " * 20,
        "]" * 40,
    ],
)
def test_brackets_that_are_closed_are_read(tex: str):
    assert "<math" in tex_to_mathml(tex, display=False)
