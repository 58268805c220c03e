"""Addresses of the home page and the search."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="desk"),
    path("tim/", views.search, name="search"),
]
