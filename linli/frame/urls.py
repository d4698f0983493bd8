"""The addresses of the frame."""

from django.urls import path

from linli.frame import installing, views

urlpatterns = [
    path("draft/", views.draft, name="draft"),
    path("elders/", views.elders_version, name="elders"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("sw.js", installing.worker, name="worker"),
    path("offline/", installing.offline, name="offline"),
    path("sending/", installing.sending, name="sending"),
    path("sending/photo/", installing.photo, name="sending_photo"),
]
