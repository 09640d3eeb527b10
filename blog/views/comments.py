"""Leaving a comment."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog.forms import CommentForm
from blog.models import Comment, PostPage
from blog.services.comments import leave_comment
from site_enys.public_forms import submit


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """« Laisser une réponse » to an article."""
    now = timezone.now()
    post = get_object_or_404(PostPage.objects.published(now), slug=slug)
    form = CommentForm(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST":
        save = partial(_save_comment, post, form)
        if url := submit(request, form, save):
            return HttpResponseRedirect(url, status=303)
    context = {"page": post, "form": form, "open": post.accepts_comments(now)}
    return render(request, "blog/answer.html", context)


def _save_comment(post: PostPage, form: CommentForm) -> str:
    answers = {name: form.cleaned_data[name] for name in ("name", "email", "text")}
    comment = leave_comment(post, **answers, quarantined=form.quarantined, now=form.now)
    return comment.get_absolute_url()


@never_cache
@require_safe
def answered(request: HttpRequest, reference: str) -> HttpResponse:
    """What the person reads after sending; survives a reload."""
    comment = get_object_or_404(Comment.objects.select_related("post"), reference=reference)
    return render(request, "blog/answered.html", {"page": comment.post, "comment": comment})
