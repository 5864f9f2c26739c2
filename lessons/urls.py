"""Addresses of tracks, modules and lessons: one pattern and one lookup at any depth."""

from django.urls import path

from lessons import views

app_name = "lessons"
urlpatterns = [
    path("", views.track_list, name="track_list"),
    path("<path:path>/", views.page, name="page"),
]
