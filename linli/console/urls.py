"""The addresses of the staff door (网址)."""

from django.urls import path

from linli.console import overview, views

app_name = "console"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("m/<str:number>/", views.matter, name="matter"),
    path("today/", views.today, name="today"),
    path("found/", views.found, name="found"),
    path("taken-in/", views.taken_in, name="taken_in"),
    path("all/", views.everything, name="all"),
    path("letters/", views.letters, name="letters"),
    path("more/", views.more, name="more"),
    path("overview/", overview.show, name="overview"),
    path("behind/", overview.behind, name="behind"),
    path("wall/", overview.screen, name="wall"),
]
