"""Addresses of quizzes. A quiz has the path of its lesson, so the pages with a path come last."""

from django.urls import path

from quizzes import views

app_name = "quizzes"
urlpatterns = [
    path("history/", views.history, name="history"),
    path("attempts/<uuid:public_id>/", views.attempt, name="attempt"),
    path("<path:path>/", views.take_quiz, name="take_quiz"),
]
