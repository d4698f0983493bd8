"""The addresses for hotlines."""

from django.urls import path

from linli.gateways.hotline import calls

app_name = "hotline"

urlpatterns = [
    path("sheets", calls.sheets, name="sheets"),
    # The number is the other side's own, slashes and all.
    path("sheets/<path:ref>/recall", calls.recall, name="recall"),
    path("sheets/<path:ref>", calls.sheet, name="sheet"),
]
