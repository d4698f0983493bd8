"""The addresses for hotlines."""

from django.urls import path

from linli.gateways.hotline import calls

app_name = "hotline"

urlpatterns = [
    path("sheets", calls.sheets, name="sheets"),
    path("sheets/<str:ref>", calls.sheet, name="sheet"),
    path("sheets/<str:ref>/recall", calls.recall, name="recall"),
]
