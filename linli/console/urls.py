"""The addresses of the staff door (网址)."""

from django.urls import path

from linli.console import (
    coverage,
    grids,
    holidays,
    looking,
    overview,
    packs,
    people,
    registers,
    reporting,
    search,
    views,
)

app_name = "console"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("m/<str:number>/", views.matter, name="matter"),
    path("m/<str:number>/contact/", looking.contact, name="contact"),
    path("today/", views.today, name="today"),
    path("found/", reporting.found, name="found"),
    path("guess/", reporting.guess, name="guess"),
    path("taken-in/", reporting.taken_in, name="taken_in"),
    path("all/", views.everything, name="all"),
    path("find/", search.find, name="find"),
    path("find/ahead/", search.ahead, name="ahead"),
    path("letters/", views.letters, name="letters"),
    path("more/", views.more, name="more"),
    path("overview/", overview.show, name="overview"),
    path("behind/", overview.behind, name="behind"),
    path("wall/", overview.screen, name="wall"),
    path("coverage/", coverage.show, name="coverage"),
    path("grids/", grids.show, name="grids"),
    path("grids/<str:key>/sign/", grids.sign, name="grid_sign"),
    path("registers/", registers.show, name="registers"),
    path("registers/lane/", registers.lanes, name="lanes"),
    path("registers/lane/paper/", registers.lane_paper, name="lane_paper"),
    path("registers/lane/export/", registers.lane_export, name="lane_export"),
    path("registers/<slug:key>/", registers.show, name="register"),
    path("registers/<slug:key>/export/", registers.export, name="register_export"),
    path("people/", people.show, name="people"),
    path("people/new/", people.appoint, name="appoint"),
    path("people/<int:number>/", people.office, name="office"),
    path("people/<int:number>/phone/", looking.phone, name="phone"),
    path("people/<int:number>/relieve/", people.relieve, name="relieve"),
    path("people/<int:number>/account/", people.let_in, name="let_in"),
    path("people/<int:number>/account/again/", people.let_in_again, name="let_in_again"),
    path("holidays/", holidays.show, name="holidays"),
    path("holidays/foresee/", holidays.foresee_notice, name="foresee_notice"),
    path("holidays/confirm/", holidays.confirm_notice, name="confirm_notice"),
    path("packs/", packs.show, name="packs"),
    path("packs/<slug:pack>/install/", packs.install, name="install"),
]
