"""What fuzzing found stays mended, and a few hundred texts made up anew each time hold the same promises."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzzing import NAMES, SECONDS, cases, try_input

SEEDS = Path(__file__).resolve().parent.parent / "slow" / "seeds"
DICTIONARY = Path(__file__).resolve().parent.parent / "slow" / "fuzz.dict"


def words() -> list[str]:
    """Return the pieces that the fuzzer puts together, those that are text."""
    found = []
    for line in DICTIONARY.read_text(encoding="utf-8").splitlines():
        if line.startswith('"'):
            # The escapes are those of Python; what they spell is UTF-8.
            piece = line[1:-1].encode().decode("unicode_escape").encode("latin-1")
            found.append(piece.decode("utf-8", "surrogateescape"))
    return [word for word in found if not any("\ud800" <= character <= "\udfff" for character in word)]


PIECES = st.one_of(st.sampled_from(words()), st.text(max_size=6), st.sampled_from(["\n", "\n\n", " ", "a"]))
TEXTS = st.lists(PIECES, max_size=40).map("".join)
FILES = st.lists(st.tuples(st.sampled_from(sorted(NAMES)), TEXTS), max_size=2)


@pytest.mark.parametrize("case", [*cases(), *sorted(SEEDS.glob("*.fuzz"))], ids=lambda path: path.stem)
def test_what_was_found_once_is_read_or_refused(case: Path):
    assert try_input(case.read_bytes()) < SECONDS


@settings(max_examples=300, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, FILES)
def test_any_text_is_read_or_refused(page: str, others: list[tuple[str, str]]):
    parts = [page, *(f">>> {name}\n{text}" for name, text in others)]

    assert try_input("\n".join(parts).encode()) < SECONDS
