"""The mark of an answer that is the same for everybody who is not known."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
MARK = "is_everybodys"


def mark(response: R) -> R:
    """Say that this answer holds nothing that is meant for one person."""
    setattr(response, MARK, True)
    return response


def everybody(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R]:
    """A view whose answers may be kept and given to anybody who is not signed in."""

    @wraps(view)
    def marked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> R:
        return mark(view(request, *args, **kwargs))

    return marked
