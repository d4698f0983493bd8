"""The addresses of the pages for connected systems."""

from django.urls import path

from linli.gateways.systems import views

urlpatterns = [
    path("", views.show, name="systems"),
    path("new/", views.connect, name="connect"),
    path("<int:number>/", views.system, name="system"),
    path("<int:number>/change/", views.change, name="change_system"),
    path("<int:number>/rotate/", views.rotate, name="rotate_key"),
    path("<int:number>/revoke/", views.revoke, name="revoke_key"),
    path("<int:number>/end/", views.end, name="end_system"),
]
