"""The doors of the demo."""

from django.urls import path

from linli.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("enter/", views.enter, name="enter"),
]
