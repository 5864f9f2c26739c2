"""Addresses of accounts. They stand before allauth's and take its sign-up and password reset over."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("signup/", views.sign_up, name="sign_up"),
    path("password/reset/", views.reset_password, name="reset_password"),
    path("merge/", views.merge, name="merge"),
    path("data/", views.data, name="data"),
    path("data/export/", views.export, name="export"),
    path("data/erase/", views.erase, name="erase"),
]
