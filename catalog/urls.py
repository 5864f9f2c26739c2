"""Addresses of the catalog, from the root: the data endpoints stand beside the folder of pages."""

from django.urls import path, register_converter

from catalog import views
from catalog.slugs import SLUG_PATTERN


class CatalogSlugConverter:
    """A slug of the catalog: model names carry dots."""

    regex = SLUG_PATTERN

    def to_python(self, value: str) -> str:
        """Return the slug as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the slug as it stands."""
        return value


register_converter(CatalogSlugConverter, "catalog_slug")

app_name = "catalog"
urlpatterns = [
    path("models.json", views.checkpoints_json, name="checkpoints_json"),
    path("models.csv", views.checkpoints_csv, name="checkpoints_csv"),
    path("models/", views.checkpoint_list, name="checkpoint_list"),
    path("models/licenses/", views.license_list, name="license_list"),
    path("models/licenses/<catalog_slug:slug>/", views.license_detail, name="license_detail"),
    path("models/families/<catalog_slug:slug>/", views.family_detail, name="family_detail"),
    path("models/<catalog_slug:slug>/", views.checkpoint_detail, name="checkpoint_detail"),
]
