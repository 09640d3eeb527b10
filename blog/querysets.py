"""Every list of articles starts here, so that a draft or a future article shows in none."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, IntegerField, Max, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from wagtail.query import PageQuerySet

from home.services.visibility import behind_a_door
from site_enys.months import bounds_of_month, bounds_of_year


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
            .related_model.objects.approved()
            .filter(post=OuterRef("pk"))
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

    def tally(self) -> "Tally":
        """How many of these articles in each month, and of each author.

        Months are found here: SQLite has no time zones, and its `TruncMonth` would call Python
        twenty microseconds for each article. Only the days near the end of a month ask for Paris.
        """
        rows = self.order_by().values_list(Cast("date", TextField()), "author")
        dates, authors = Counter[str](), Counter[int]()
        for text, author in rows:
            dates[text[:7] if "01" < text[8:10] < "28" else _local_month(text)] += 1
            authors[author] += 1
        months = [
            {"month": date(int(month[:4]), int(month[5:]), 1), "count": count}
            for month, count in sorted(dates.items(), reverse=True)
        ]
        return Tally(months, authors)


class Tally(NamedTuple):
    """{"month": first day, "count": n}, the latest month first; and articles by author."""

    months: list[dict[str, Any]]
    authors: Counter[int]


def _local_month(text: str) -> str:
    """The month, in local time, of an instant as the database writes it in UTC."""
    instant = datetime.fromisoformat(text)
    return f"{timezone.localtime(instant if instant.tzinfo else instant.replace(tzinfo=UTC)):%Y-%m}"
