"""The addresses of the residents' door (网址)."""

from django.urls import path

from linli.portal.views import choosing, following, helping, home, keeping, mine, reporting, rules

app_name = "portal"

urlpatterns = [
    path("", choosing.front, name="front"),
    path("choose/", choosing.choose, name="choose"),
    path("p/<str:key>/", home.home, name="home"),
    path("p/<str:key>/matters/", home.around, name="matters"),
    path("p/<str:key>/report/", reporting.report, name="report"),
    path("complain/", reporting.complain, name="complain"),
    path("s/<slug:token>/", following.follow, name="follow"),
    path("m/<str:number>/", following.public, name="public"),
    path("mine/", mine.mine, name="mine"),
    path("letters/", mine.letters, name="letters"),
    path("rules/", rules.places_with_rules, name="rulebooks"),
    path("rules/<slug:pack>/", rules.rules, name="rules"),
    path("rules/<slug:pack>/procedures/", rules.procedures, name="procedures"),
    path("rules/<slug:pack>/<str:key>/", rules.rule, name="rule"),
    path("unsent/", keeping.unsent, name="unsent"),
    path("kept/", keeping.pages, name="kept"),
    path("help/", helping.help_page, name="help"),
]
