"""Coverage-guided fuzzing of everything that reads content: ``python -m tests.slow.fuzz --seconds 600``.

Ends with an error at the first input that raises or breaks a promise of ``tests.fuzzing``, which is kept in
``build/fuzz/found``. Inputs that take long go to ``build/fuzz/slow``: instrumentation slows everything, so
they are to be tried again without. What reaches new code stays in ``build/fuzz/corpus`` for the next run.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "tests" / "slow"
WORK = ROOT / "build" / "fuzz"

INSTRUMENTED = ["lessons", "quizzes", "catalog", "engineersofai", "markdown", "pymdownx", "yaml"]


def main() -> int:
    """Fuzz for as long as was asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--max-bytes", type=int, default=4000)
    choices = parser.parse_args()

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engineersofai.settings")
    with atheris.instrument_imports(include=INSTRUMENTED):
        import django

        django.setup()
        from tests import fuzzing

    suspects = WORK / "slow"
    for folder in (WORK / "corpus", suspects, WORK / "found"):
        folder.mkdir(parents=True, exist_ok=True)
    _write_seeds(WORK / "corpus", fuzzing.cases())

    def one(text: bytes) -> None:
        if not text.startswith(b"\xff"):
            # Almost every change of a byte makes a text that is refused for its encoding alone.
            text = text.replace(b"\0", b"").decode("utf-8", "replace").encode()
        try:
            if fuzzing.try_input(text) > fuzzing.SECONDS:
                fuzzing.keep(text, suspects)
        except Exception:
            print("kept as", fuzzing.keep(text, WORK / "found"), file=sys.stderr)
            raise

    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={choices.seconds}",
            f"-seed={choices.seed}",
            f"-max_len={choices.max_bytes}",
            f"-dict={HERE / 'fuzz.dict'}",
            f"-artifact_prefix={WORK}/raw-",
            "-len_control=20",  # long inputs soon
            "-timeout=60",
            "-rss_limit_mb=3000",
            "-print_final_stats=1",
            str(WORK / "corpus"),
        ],
        one,
    )
    atheris.Fuzz()
    return 0


def _write_seeds(folder: Path, cases: list[Path]) -> None:
    seeds = [*cases, *sorted((HERE / "seeds").glob("*.fuzz"))]
    for seed in seeds:
        (folder / f"seed-{seed.name}").write_bytes(seed.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
