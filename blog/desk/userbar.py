"""What the bar of the team, over an article, says of its comments."""

from typing import Any, Self

from django.http import HttpRequest

from wagtail.admin.userbar import BaseItem
from wagtail.models import Page

from blog.models import Comment, PostPage


class CommentsItem(BaseItem):
    """« 2 commentaires à lire », leading to the page where they are decided."""

    template_name = "blog/admin/userbar_item.html"

    def __init__(self, page: PostPage, count: int) -> None:
        super().__init__()
        self.page, self.count = page, count

    @classmethod
    def for_page(cls, request: HttpRequest, page: Page | None) -> Self | None:
        if not isinstance(page, PostPage) or not request.user.has_perm("blog.change_comment"):
            return None
        if page.pk is None:  # a preview may come before the first save
            return None
        count = Comment.objects.awaiting_decision().filter(post=page).count()
        return cls(page, count) if count else None

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        own = {"page": self.page, "count": self.count}
        return super().get_context_data(parent_context) | own
