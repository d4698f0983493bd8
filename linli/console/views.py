"""The pages of the staff door (工作台页面)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.console.nav import surroundings
from linli.frame.signed_in import signed_in


@signed_in
def more(request: HttpRequest) -> HttpResponse:
    """List every door, for a phone whose bar has no room for them all (更多)."""
    return render(request, "console/more.html", surroundings(request, here="more"))


inbox = matter = today = found = taken_in = everything = letters = more
