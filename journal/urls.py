"""Addresses of journal."""

from django.urls import URLPattern, path

from journal import views

urlpatterns: list[URLPattern] = [path("journal/", views.journal, name="journal")]
