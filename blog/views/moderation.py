"""Deciding about comments outside of the administration.

By the link of an e-mail, without an account, or signed in as somebody who may change comments.
These pages are never part of the article: what a visitor gets is the same for everybody.
"""

from functools import partial

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from blog.forms import DecisionForm
from blog.links import MODERATION
from blog.models import Comment, PostPage
from blog.services import moderation
from site_enys.links import LinkRefused, private
from site_enys.public_forms import submit
from site_enys.states import Actor, staff

MAY_MODERATE = "blog.change_comment"


@private
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the link for a grant, and lead to an address that does not give it away."""
    try:
        comment = MODERATION.open(token)
    except LinkRefused as refusal:
        return _lost(request, refusal)
    MODERATION.grant(request, comment, timezone.now())
    page = reverse("blog:moderate", args=[comment.reference])
    return HttpResponseRedirect(page, status=303, headers={"Referrer-Policy": "no-referrer"})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def moderate(request: HttpRequest, reference: str) -> HttpResponse:
    """One comment, with a button for each decision; or what was decided."""
    now = timezone.now()
    rows = Comment.objects.select_related("post", "parent")
    comment = rows.filter(reference=reference).first()
    by = _actor(request, comment)
    if comment is None or by is None:
        return _lost(request, LinkRefused())
    form = _form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if url := submit(request, form, partial(_decide, comment, form, by)):
            return HttpResponseRedirect(url, status=303)
        comment.refresh_from_db()
    context = {
        "page": comment.post,
        "comment": comment,
        "form": form,
        "decisions": moderation.offered(comment, by, now),
        "decided": comment.events.select_related("user").last(),
        "reports": comment.reports.filter(decided_at=None),
        "signed_in": by.user is not None,
    }
    return render(request, "blog/moderate.html", context)


@private
@require_safe
def moderate_post(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What waits under one article, for the members of the team who may decide."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
    if not request.user.has_perm(MAY_MODERATE):
        raise PermissionDenied
    post = get_object_or_404(PostPage, slug=slug)
    waiting = Comment.objects.awaiting_decision().filter(post=post)
    by, now = staff(request.user), timezone.now()
    cards = [
        {
            "comment": comment,
            "form": _form(None),
            "decisions": moderation.offered(comment, by, now),
            "reports": comment.reports.all(),
        }
        for comment in waiting
    ]
    return render(request, "blog/moderate_post.html", {"page": post, "cards": cards})


def _decide(comment: Comment, form: DecisionForm, by: Actor) -> str:
    moderation.decide(comment, form.cleaned_data["decision"], by=by, now=form.now)
    return reverse("blog:moderate", args=[comment.reference])


def _actor(request: HttpRequest, comment: Comment | None) -> Actor | None:
    if request.user.has_perm(MAY_MODERATE):
        return staff(request.user)
    if comment and MODERATION.is_granted(request, comment, timezone.now()):
        return moderation.TEAM_BY_LINK
    return None


def _form(data: object) -> DecisionForm:
    # Several of them may stand on one page: an identifier would be there twice.
    return DecisionForm(data, auto_id=False)


def _lost(request: HttpRequest, refusal: LinkRefused) -> HttpResponse:
    return render(request, "blog/moderation_lost.html", {"refusal": str(refusal)}, status=403)
