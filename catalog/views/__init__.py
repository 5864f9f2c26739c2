"""Pages of the catalog, and the same rows as data."""

from catalog.views.checkpoints import checkpoint_detail
from catalog.views.families import family_detail
from catalog.views.licenses import license_detail, license_list
from catalog.views.listing import checkpoint_list, checkpoints_csv, checkpoints_json

__all__ = [
    "checkpoint_detail",
    "checkpoint_list",
    "checkpoints_csv",
    "checkpoints_json",
    "family_detail",
    "license_detail",
    "license_list",
]
