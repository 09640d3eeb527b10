"""Every list of articles starts here, so that a draft or a future article shows in none."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncMonth

from wagtail.query import PageQuerySet

from home.services.visibility import behind_a_door
from site_enys.months import bounds_of_month, bounds_of_year

from .enums import CommentState


class PostQuerySet(PageQuerySet):
    def published(self, now: datetime) -> "PostQuerySet":
        """What anybody may read now: live, not private, and dated in the past."""
        return self.live().filter(~behind_a_door(), date__lte=now)

    def in_month(self, year: int, month: int) -> "PostQuerySet":
        """Articles of a month, from midnight to midnight in local time."""
        start, end = bounds_of_month(date(year, month, 1))
        return self.filter(date__gte=start, date__lt=end)

    def in_year(self, year: int) -> "PostQuerySet":
        start, end = bounds_of_year(year)
        return self.filter(date__gte=start, date__lt=end)

    def before(self, when: datetime, pk: int) -> "PostQuerySet":
        """What was published before the article of that date and key, the nearest first."""
        return self.filter(~Q(date=when, pk__gte=pk), date__lte=when).newest_first()

    def after(self, when: datetime, pk: int) -> "PostQuerySet":
        """What was published after it, the nearest first."""
        return self.filter(~Q(date=when, pk__lte=pk), date__gte=when).order_by("date", "pk")

    def newest_first(self) -> "PostQuerySet":
        return self.order_by("-date", "-pk")

    def with_comment_count(self) -> "PostQuerySet":
        """Add `comment_count`, the number of comments that show."""
        counted = (
            self.model._meta.get_field("comments")
            .related_model.objects.filter(post=OuterRef("pk"), state=CommentState.APPROVED)
            .order_by()
            .values("post")
            .annotate(count=Count("pk"))
            .values("count")
        )
        return self.annotate(
            comment_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0)
        )

    def for_lists(self) -> "PostQuerySet":
        """With all that an entry of a list shows, in one query."""
        return self.newest_first().with_comment_count().select_related("author")

    def last_change(self) -> datetime | None:
        """When the latest of these articles appeared or was last published anew."""
        found = self.aggregate(published=Max("last_published_at"), dated=Max("date"))
        return max((instant for instant in found.values() if instant), default=None)

    def months(self) -> Iterable[dict[str, Any]]:
        """{"month": first day, "count": n}, the latest month first."""
        return (
            self.order_by()
            .annotate(month=TruncMonth("date"))
            .values("month")
            .annotate(count=Count("pk"))
            .order_by("-month")
        )
