"""Addresses of progress, the home page among them."""

from django.urls import path

from progress import views

app_name = "progress"
urlpatterns = [
    path("", views.home, name="home"),
    path("progress/", views.dashboard, name="dashboard"),
    path("progress/position/", views.position, name="position"),
    path("progress/lessons/<path:path>/", views.lesson, name="lesson"),
]
