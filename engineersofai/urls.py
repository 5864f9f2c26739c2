"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from engineersofai.health import healthz, readyz
from engineersofai.reload import generation
from engineersofai.styleguide import error_sample, styleguide
from engineersofai.views import favicon, robots
from lessons.views import asset, glossary

# The name of the site stands where the admin writes Django's.
admin.site.site_header = admin.site.site_title = "EngineersOfAI"

handler400 = "engineersofai.views.bad_request"
handler403 = "engineersofai.views.forbidden"
handler404 = "engineersofai.views.not_found"
handler500 = "engineersofai.views.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("", include("progress.urls")),
    path("learn/", include("lessons.urls")),
    path("assets/<str:sha256>/<str:name>", asset, name="asset"),
    path("glossary/", glossary, name="glossary"),
    path("", include("catalog.urls")),
    path("quizzes/", include("quizzes.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("dev/generation", generation, name="generation"),
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/<int:code>/", error_sample, name="error_sample"),
]
