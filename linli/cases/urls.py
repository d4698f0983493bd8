"""The addresses of the acts on a case (网址)."""

from django.urls import path

from linli.cases import views

app_name = "cases"

urlpatterns = [
    path("m/<str:number>/act/<slug:act>/", views.act, name="act"),
    path("m/<str:number>/photo/<int:key>/", views.photo, {"is_small": False}, name="photo"),
    path("m/<str:number>/photo/<int:key>/small/", views.photo, {"is_small": True}, name="photo_small"),
]
