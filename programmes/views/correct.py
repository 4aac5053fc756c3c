"""A reader suggests a correction to a programme."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from gvc_catalogue.web.rate_limit import client_key

from ..editing.correction_form import CorrectionForm
from ..editing.suggestions import RateLimitExceededError, receive_suggestion
from ..models import Programme
from ..models.suggestion import LONGEST
from .detail import renamed

METHODS = ("GET", "HEAD", "POST")


# Django's token stands in a cookie, and readers get none. The form carries one of its own, signed and dated, bound to
# the record. It need not prove that this reader meant it: whoever sends a suggestion acts in nobody's name.
@csrf_exempt
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and the answer to it. A query to show it, a dozen to take what was sent."""
    if request.method not in METHODS:
        return other_method(request)
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None:
        programme = renamed(slug)
        if request.method != "POST":
            return redirect("programmes:correct", programme.slug, permanent=True)
    if request.method == "POST":
        return taken(request, programme)
    return page(request, programme, CorrectionForm(programme))


def taken(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Keep what was sent and say thanks, or say what is wrong and give everything back."""
    form = CorrectionForm(programme, request.POST)
    if not form.is_valid():
        return page(request, programme, form, status=422)
    try:
        receive_suggestion(
            programme,
            form.cleaned_data["text"],
            form.cleaned_data["evidence"],
            client_key(request, timezone.now().date()),
        )
    except RateLimitExceededError as refused:
        minutes = int(refused.wait.total_seconds() // 60) + 1
        answer = page(request, programme, form, status=429, minutes=minutes)
        answer["Retry-After"] = str(minutes * 60)
        return answer
    return fresh(render(request, "programmes/corrected.html", {"section": "programmes", "programme": programme}))


def page(
    request: HttpRequest, programme: Programme, form: CorrectionForm, status: int = 200, **more: Any
) -> HttpResponse:
    """Return the form with what was typed."""
    context = {"section": "programmes", "programme": programme, "form": form, "longest": LONGEST, **more}
    return fresh(render(request, "programmes/correct.html", context, status=status))


def fresh(response: HttpResponse) -> HttpResponse:
    """Return an answer that nobody keeps for others: each reader's form has its own date.

    Going back to it shows the words that were typed, so browsers are not told to forget it.
    """
    response["Cache-Control"] = "private, no-cache"
    return response


def other_method(request: HttpRequest) -> HttpResponse:
    """Return what a method gets that the form has no use for, in words."""
    sentence = f"{request.method} is not possible here: the form is read by GET and sent by POST."
    response = render(request, "400.html", {"sentence": sentence}, status=405)
    response["Allow"] = ", ".join(METHODS)
    return response
