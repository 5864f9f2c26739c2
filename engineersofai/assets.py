"""Joins the style and script sources into the one file of each that pages load.

Sources are plain CSS and JavaScript, small and apart so that they read well; every request costs a
learner on a phone a round trip, so pages get ``static/css/site.css`` and ``static/js/site.js``. There
is no other build: ``python -m engineersofai.assets`` writes both, and a test holds the committed files
to the sources.
"""

import re
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"

_LAYER_ORDER = re.compile(r"@layer ([\w, -]+);")
_LAYER_OF_FILE = re.compile(r"@layer ([\w-]+) \{")
_CSS_TOKEN = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/|\s+""", re.DOTALL)
_JS_STRIPPED = re.compile(r"^\s*(?://.*|/\*\*?.*\*/)?$")


class AssetError(ValueError):
    """A source file that cannot be joined; the message names it."""


def build_css(source: Path = STATIC / "css" / "src") -> str:
    """Return all stylesheets under ``source`` as one, in the order that ``layers.css`` states.

    Within a layer files follow each other by path. Raises ``AssetError`` for a file outside the layers.
    """
    order_file = source / "layers.css"
    order_text = order_file.read_text(encoding="utf-8")
    match = _LAYER_ORDER.search(order_text)
    if match is None:
        raise AssetError(f"{order_file}: the order of layers is missing.")
    layers = [name.strip() for name in match[1].split(",")]
    ranked: list[tuple[int, str, str]] = []
    for path in source.rglob("*.css"):
        if path == order_file:
            continue
        text = path.read_text(encoding="utf-8")
        opening = _LAYER_OF_FILE.search(text)
        if opening is None or opening[1] not in layers:
            raise AssetError(f"{path}: open a layer named in layers.css ({', '.join(layers)}).")
        ranked.append((layers.index(opening[1]), path.relative_to(source).as_posix(), text))
    joined = "\n".join([order_text, *(text for _, _, text in sorted(ranked))])
    # Sources lie one folder deeper than the joined file, and name fonts and images from where they lie.
    return _compact_css(joined).replace("../../", "../") + "\n"


def _compact_css(text: str) -> str:
    """Drop comments and needless space; strings stay as they are."""
    strings: list[str] = []

    def shorten(match: re.Match[str]) -> str:
        if match[1]:
            strings.append(match[1])
            return f"\0{len(strings) - 1}\0"
        return " "

    text = _CSS_TOKEN.sub(shorten, text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,]) ?", r"\1", text)
    text = re.sub(r": (?=[^{}]*[;}])", ":", text).replace(";}", "}")
    text = re.sub(r"(?<=[\s:,(])0\.(?=\d)", ".", text).strip()
    return re.sub(r"\0(\d+)\0", lambda match: strings[int(match[1])], text)


def build_js(source: Path = STATIC / "js" / "src") -> str:
    """Return all scripts under ``source`` as one strict script, each in a block of its own.

    A block keeps the names of a file to itself, as a module would. Whole-line comments and indentation
    go; a source therefore must not hold a template literal that spans lines.
    """
    blocks = []
    for path in sorted(source.glob("*.js")):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line.strip() for line in lines if not _JS_STRIPPED.match(line)]
        blocks.append("{\n" + "\n".join(kept) + "\n}")
    return '"use strict";\n' + "\n".join(blocks) + "\n"


def outputs() -> dict[Path, str]:
    """Return the text that each joined file should hold."""
    return {STATIC / "css" / "site.css": build_css(), STATIC / "js" / "site.js": build_js()}


def write_assets() -> list[Path]:
    """Write the joined files that differ from their sources; return those written."""
    written = []
    for path, text in outputs().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written


if __name__ == "__main__":
    for changed in write_assets():
        sys.stdout.write(f"{changed.relative_to(STATIC.parent)} written\n")
