"""How scores are rounded: one rule for pages, admin and exports."""


def whole_percent(share: float) -> int:
    """Return a share (0 to 1) in whole percent, rounded down, so that 100 means all."""
    # A sum of thirds may fall a hair below the whole number that it stands for.
    return int(100 * share + 1e-9)
