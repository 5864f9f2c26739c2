"""Text is readable on the grounds it stands on, in light and in dark, computed from the tokens."""

import re
from functools import cache

import pytest

from engineersofai import assets

AA = 4.5
AAA = 7.0
CONTROL = 3.0

Rgb = tuple[float, float, float]


def linear_srgb(lightness: float, chroma: float, hue_degrees: float) -> Rgb:
    """Return linear-light sRGB of an OKLCH color, cut to the gamut (Björn Ottosson, Oklab, 2020)."""
    from math import cos, radians, sin

    a, b = chroma * cos(radians(hue_degrees)), chroma * sin(radians(hue_degrees))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return (min(max(red, 0), 1), min(max(green, 0), 1), min(max(blue, 0), 1))


def luminance(color: Rgb) -> float:
    return 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]


@cache
def tokens() -> dict[str, tuple[float, float]]:
    """Return the luminance of each color token in light and in dark."""
    number = r"([\d.]+)"
    pair = re.compile(
        rf"--([\w-]+):light-dark\(oklch\({number} {number} {number}\),oklch\({number} {number} {number}\)\)"
    )
    found = {}
    for name, *parts in pair.findall(assets.build_css()):
        values = [float(part) for part in parts]
        found[name] = (luminance(linear_srgb(*values[:3])), luminance(linear_srgb(*values[3:])))
    return found


def contrast(text: str, ground: str, mode: int) -> float:
    above, below = sorted((tokens()[text][mode], tokens()[ground][mode]), reverse=True)
    return (above + 0.05) / (below + 0.05)


LIGHT, DARK = 0, 1
CODE = ("hl-key", "hl-string", "hl-number", "hl-name", "hl-quiet", "hl-gone")
PAIRS = [
    *(("ink", ground, AAA) for ground in ("paper", "well", "sheet", "wash")),
    *((text, ground, AA) for text in ("ink2", "ink3", "act") for ground in ("paper", "well", "sheet")),
    *((text, ground, AA) for text in ("ink2", "act", "act2") for ground in ("wash",)),
    *((text, ground, AA) for text in ("good", "bad", "warn") for ground in ("paper", "well", f"{text}-w")),
    *((text, ground, AA) for text in CODE for ground in ("well", "wash")),
    ("on-act", "act", AA),
    ("on-act", "act2", AA),
    *(("edge", ground, CONTROL) for ground in ("paper", "well", "sheet")),
    *((family, "paper", CONTROL) for family in ("llama", "mistral", "qwen", "gemma", "phi")),
]


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS, ids=lambda value: str(value))
def test_color_stands_out_from_its_ground(text, ground, least, mode):
    assert contrast(text, ground, mode) >= least
