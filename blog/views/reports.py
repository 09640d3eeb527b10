"""« Signaler » a comment."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog.forms import ReportForm
from blog.models import Comment, CommentReport, PostPage
from blog.services.reports import report_comment
from site_enys.public_forms import submit

from .senders import sender_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the team about a comment that shows; any other does not exist."""
    now = timezone.now()
    shown = Comment.objects.approved().filter(post__in=PostPage.objects.published(now))
    comment = get_object_or_404(shown.select_related("post"), pk=pk)
    form = ReportForm(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST":
        url = submit(request, form, partial(_save_report, request, comment, form))
        if url:
            return HttpResponseRedirect(url, status=303)
    context = {"page": comment.post, "comment": comment, "form": form}
    return render(request, "blog/report.html", context)


def _save_report(request: HttpRequest, comment: Comment, form: ReportForm) -> str:
    typed = {name: form.cleaned_data[name] for name in ("reason", "detail", "email")}
    kept = report_comment(
        comment,
        **typed,
        sender=sender_of(request, form),
        suspect=form.quarantined,
        now=form.now,
        shown=form.shown,
    )
    return reverse("blog:reported", args=[kept.reference])


@never_cache
@require_safe
def reported(request: HttpRequest, reference: str) -> HttpResponse:
    """What the person reads after sending; survives a reload."""
    reports = CommentReport.objects.select_related("comment__post")
    kept = get_object_or_404(reports, reference=reference)
    return render(request, "blog/reported.html", {"page": kept.comment.post})
