"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from lessons.views import asset, glossary

urlpatterns = [
    path("", include("progress.urls")),
    path("learn/", include("lessons.urls")),
    path("assets/<str:sha256>/<str:name>", asset, name="asset"),
    path("glossary/", glossary, name="glossary"),
    path("models/", include("catalog.urls")),
    path("quizzes/", include("quizzes.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
