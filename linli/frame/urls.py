"""The addresses of the frame."""

from django.urls import path

from linli.frame import views

urlpatterns = [
    path("draft/", views.draft, name="draft"),
    path("elders/", views.elders_version, name="elders"),
]
