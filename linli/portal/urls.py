"""The addresses of the residents' door (网址)."""

from django.urls import path

from linli.portal.views import (
    choosing,
    finding,
    following,
    helping,
    home,
    joining,
    keeping,
    mine,
    personal,
    reporting,
    rules,
)

app_name = "portal"

urlpatterns = [
    path("", choosing.front, name="front"),
    path("choose/", choosing.choose, name="choose"),
    path("p/<str:key>/", home.home, name="home"),
    path("p/<str:key>/matters/", home.around, name="matters"),
    path("p/<str:key>/find/", finding.find, name="find"),
    path("p/<str:key>/report/", reporting.report, name="report"),
    path("p/<str:key>/riders/", reporting.riders, name="riders"),
    path("p/<str:key>/riders/poster/", reporting.poster, name="riders_poster"),
    path("complain/", reporting.complain, name="complain"),
    path("p/<str:key>/report/similar/", reporting.similar, name="similar"),
    path("s/<slug:token>/", following.follow, name="follow"),
    path("m/<str:number>/join/", joining.join, name="join"),
    path("j/<slug:token>/", joining.joined, name="joined"),
    path("j/<slug:token>/leave/", joining.leave, name="leave"),
    path("j/<slug:token>/rate/", joining.rate, name="rate_joined"),
    path("m/<str:number>/", following.public, name="public"),
    path("mine/", mine.mine, name="mine"),
    path("mine/data/", personal.personal, name="personal"),
    path("mine/data/export/", personal.export, name="personal_export"),
    path("mine/data/consent/", personal.consent, name="personal_consent"),
    path("mine/data/trade/", personal.trade, name="personal_trade"),
    path("mine/data/<int:number>/back/", personal.take_back, name="personal_back"),
    path("s/<slug:token>/data/", personal.left, name="left"),
    path("s/<slug:token>/data/export/", personal.export, name="left_export"),
    path("s/<slug:token>/data/<int:number>/back/", personal.take_back, name="left_back"),
    path("privacy/", personal.register, name="register"),
    path("letters/", mine.letters, name="letters"),
    path("rules/", rules.places_with_rules, name="rulebooks"),
    path("rules/<slug:pack>/", rules.rules, name="rules"),
    path("rules/<slug:pack>/procedures/", rules.procedures, name="procedures"),
    path("rules/<slug:pack>/<str:key>/", rules.rule, name="rule"),
    path("unsent/", keeping.unsent, name="unsent"),
    path("kept/", keeping.pages, name="kept"),
    path("help/", helping.help_page, name="help"),
]
