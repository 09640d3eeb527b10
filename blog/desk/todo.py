"""What the blog asks of the team today."""

from datetime import datetime

from django.http import HttpRequest

from blog.enums import CommentState
from blog.models import Comment
from site_enys.admin import Todo, admin_url, register_todo


@register_todo("blog.view_comment")
def comments_to_read(request: HttpRequest, now: datetime) -> Todo | None:
    """Those that nobody has read, suspect ones included."""
    return Todo.of(
        Comment.objects.pending(),
        "created_at",
        singular="commentaire à lire",
        plural="commentaires à lire",
        url=f"{admin_url(Comment, 'list')}?state={CommentState.PENDING}",
    )


@register_todo("blog.view_comment")
def comments_reported(request: HttpRequest, now: datetime) -> Todo | None:
    """Those that are online, and of which somebody complains."""
    return Todo.of(
        Comment.objects.reported(),
        "reported_at",
        singular="commentaire signalé",
        plural="commentaires signalés",
        url=f"{admin_url(Comment, 'list')}?reported=true",
        urgent=True,
    )
