"""Addresses in texts, taken apart without ever failing."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split_address(address: str) -> SplitResult:
    """Return the parts of an address; one that has none (``https://[a``) is of elsewhere."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("invalid", "", address, "", "")
