"""Leaving a comment, or answering one."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog.exceptions import ParentGone
from blog.forms import CommentForm
from blog.models import Comment, PostPage
from blog.services.comments import leave_comment
from blog.services.received import Received
from site_enys.public_forms import submit

from .senders import sender_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """« Laisser une réponse » to an article, or to the comment `pk` that shows under it."""
    now = timezone.now()
    post = get_object_or_404(PostPage.objects.published(now), slug=slug)
    form = CommentForm(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST":
        save = partial(_save_comment, request, post, pk, form)
        if url := submit(request, form, save):
            return HttpResponseRedirect(url, status=303)
    answering = _answered_comment(post, pk)
    context = {
        "page": post,
        "form": form,
        "open": post.accepts_comments(now),
        "answering": answering,
        # Sent again, the same text then stands under the article itself.
        "gone": pk is not None and answering is None,
    }
    return render(request, "blog/answer.html", context)


def _answered_comment(post: PostPage, pk: int | None) -> Comment | None:
    shown = Comment.objects.approved().filter(post=post)
    return None if pk is None else shown.filter(pk=pk).first()


def _save_comment(request: HttpRequest, post: PostPage, pk: int | None, form: CommentForm) -> str:
    answering = _answered_comment(post, pk)
    if pk is not None and answering is None:
        raise ParentGone
    typed = {name: form.cleaned_data[name] for name in ("name", "email", "text")}
    received = Received(
        **typed,
        sender=sender_of(request, form),
        trapped=form.trapped,
        hurried=form.hurried,
        **form.shown,
        unproven=form.unproven,
    )
    return leave_comment(post, received, form.now, answering=answering).get_absolute_url()


@never_cache
@require_safe
def answered(request: HttpRequest, reference: str) -> HttpResponse:
    """What the person reads after sending; survives a reload."""
    comment = get_object_or_404(Comment.objects.select_related("post"), reference=reference)
    return render(request, "blog/answered.html", {"page": comment.post, "comment": comment})
