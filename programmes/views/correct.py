"""View of the form by which a reader suggests a correction to a programme."""

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


# Exempt from Django's CSRF protection: that needs a cookie, and readers get none. The form has its own token, signed,
# dated and bound to the record. CSRF is no risk here: a suggestion is anonymous, so a forged request abuses no session.
@csrf_exempt
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    """Correction form of a programme, and the response to a submitted one.

    One query to show the form, a dozen to store a suggestion. A former slug redirects permanently.
    """
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
    """Store a valid suggestion and return the page of thanks.

    An invalid form is answered by 422 with the messages and the typed text, an exceeded rate limit by 429 with
    Retry-After.
    """
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
    """Return the page of the form with the typed text."""
    context = {"section": "programmes", "programme": programme, "form": form, "longest": LONGEST, **more}
    return fresh(render(request, "programmes/correct.html", context, status=status))


def fresh(response: HttpResponse) -> HttpResponse:
    """Return the response with `Cache-Control: private, no-cache`: each reader's form has its own token.

    It is not `no-store`: the browser's back button shows the text that was typed.
    """
    response["Cache-Control"] = "private, no-cache"
    return response


def other_method(request: HttpRequest) -> HttpResponse:
    """Return 405 Method Not Allowed with the header Allow, and a sentence for readers."""
    sentence = f"{request.method} is not possible here: the form is read by GET and sent by POST."
    response = render(request, "400.html", {"sentence": sentence}, status=405)
    response["Allow"] = ", ".join(METHODS)
    return response
