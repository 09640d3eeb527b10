"""« Offre d'emploi »: a page whose facts are fields."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from home.models import BasePage
from home.services.visibility import behind_a_door
from recrutement.enums import Country, OfferStatus, RemotePolicy
from recrutement.opening import OVER, closed_since, day_in_paris, gone_from, last_gone, why_closed
from recrutement.panels import offer_panels

from .offer_conformity import Linted, conformity
from .offer_fields import Followed, Pay, Place, Post, Told, Wanted
from .offer_form import OfferForm
from .offer_parts import OfferDiploma, OfferTag


class JobOfferQuerySet(PageQuerySet):
    def open(self, now: datetime) -> "JobOfferQuerySet":
        """The offers that take applications now: the same rule as `why_closed`, in SQL."""
        return self.live().filter(status=OfferStatus.OPEN, closing_date__gte=day_in_paris(now))

    def closed(self, now: datetime) -> "JobOfferQuerySet":
        """The others: no list and no feed shows them, a search shows them last."""
        return self.exclude(status=OfferStatus.OPEN, closing_date__gte=day_in_paris(now))

    def gone(self, now: datetime) -> "JobOfferQuerySet":
        """Those whose page answers 410: the same rule as `is_gone`, in SQL."""
        since = last_gone(day_in_paris(now))
        over = models.Q(status__in=OVER, closed_on__lte=since)
        return self.live().filter(over | models.Q(closing_date__lt=since))

    def to_show(self, now: datetime) -> "JobOfferQuerySet":
        """What everybody may read of them, those that close first at the top."""
        return self.open(now).filter(~behind_a_door()).order_by("closing_date", "pk")


class JobOfferPage(Followed, Post, Place, Pay, Told, Wanted, Linted):
    """An offer of employment; open or closed by its status and its closing day, without cron."""

    reference = models.CharField("référence", max_length=20, unique=True, editable=False)
    tags = ClusterTaggableManager(
        through=OfferTag, verbose_name="étiquettes", blank=True, related_name="+"
    )
    diplomas = ClusterTaggableManager(
        through=OfferDiploma, verbose_name="diplômes", blank=True, related_name="+"
    )

    objects = PageManager.from_queryset(JobOfferQuerySet)()

    base_form_class = OfferForm
    content_panels = [*BasePage.content_panels, *offer_panels(conformity)]
    searched = (
        "introduction", "city", "region", "employer_intro", "missions", "profile", "process",
    )  # fmt: skip
    read_again_after_months = None
    parent_page_types = ["recrutement.RecruitmentIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    # A copy is another offer: it takes the next reference.
    exclude_fields_in_copy = ["reference", "closed_on"]
    template = "recrutement/offer.html"

    class Meta:
        verbose_name = "offre d’emploi"
        verbose_name_plural = "offres d’emploi"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(salary_min__lte=models.F("salary_max")),
                name="offer_salary_range_is_ordered",
                violation_error_message="Le haut de la fourchette est inférieur au bas.",
            ),
            models.CheckConstraint(
                condition=models.Q(positions__gte=1),
                name="offer_has_a_position",
                violation_error_message="Une offre propose au moins un poste.",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_by_days__gte=1, answer_by_days__lte=90),
                name="offer_answer_within_90_days",
                violation_error_message="Promettez une réponse sous 1 à 90 jours.",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if not self.reference:
            self.reference = next_reference(timezone.localdate().year)
        self._date_the_closing(kwargs)
        return super().save(*args, **kwargs)

    def _date_the_closing(self, saving: dict[str, Any]) -> None:
        """Note the day when the offer was said to be over; forget it when it opens again."""
        if self.status not in OVER:
            self.closed_on = None
        elif self.closed_on is None:
            self.closed_on = day_in_paris(timezone.now())
        names = saving.get("update_fields")
        if names is not None and "status" in names:
            saving["update_fields"] = {*names, "closed_on"}

    def why_closed(self, now: datetime) -> str | None:
        """The French reason why no application is taken now; None when the offer is open."""
        return why_closed(
            status=self.status,
            published=self.live,
            closing_date=self.closing_date,
            now=now,
        )

    def is_open(self, now: datetime) -> bool:
        return self.why_closed(now) is None

    def closed_since(self, now: datetime) -> date | None:
        """The first day on which it was closed; None when it is open, suspended or a draft."""
        return closed_since(
            status=self.status,
            closing_date=self.closing_date,
            closed_on=self.closed_on,
            now=now,
        )

    def is_gone(self, now: datetime) -> bool:
        """Whether it has been closed for so long that its page only says so (410)."""
        since = self.closed_since(now)
        return since is not None and day_in_paris(now) >= gone_from(since)

    def with_content_json(self, content: dict[str, Any]) -> "JobOfferPage":
        """A revision brings back neither the reference of the page it was copied from nor a day."""
        page = super().with_content_json(content)
        page.reference, page.closed_on = self.reference, self.closed_on
        return page

    @property
    def employer(self) -> str:
        """Who recruits, when it is not us and the offer may say so; else nothing."""
        return "" if self.hide_employer else self.on_behalf_of

    @property
    def apply_url(self) -> str:
        """The address of its form; none before the first save, when the editor shows a preview."""
        return reverse("recrutement_apply", args=[self.reference]) if self.reference else ""

    @property
    def published_on(self) -> date | None:
        """The day of first publication, which an offer must show (art. L5332-1)."""
        instant = self.first_published_at
        return day_in_paris(instant) if instant else None

    @property
    def place(self) -> str:
        """« Lyon (69) », or « À distance » when there is no place of work."""
        if not self.city:
            return RemotePolicy(self.remote_policy).label
        return f"{self.city} ({self.department})" if self.postcode else self.city

    @property
    def department(self) -> str:
        """« 69 », « 971 » ; « 20 » for Corsica, whose two share their postcodes."""
        return self.postcode[: 3 if self.postcode.startswith(("97", "98")) else 2]

    @property
    def full_place(self) -> str:
        """The whole address of the place of work; nothing when there is none."""
        town = " ".join(filter(None, (self.postcode, self.city)))
        abroad = self.get_country_display() if self.country != Country.FRANCE else ""
        parts = (self.street, town, self.region, abroad) if self.city else ()
        return ", ".join(filter(None, parts))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_gone(timezone.now()):
            return self.answer_gone(request)
        return super().serve(request, *args, **kwargs)

    def answer_gone(self, request: HttpRequest) -> HttpResponse:
        """410: the offer was there, and will not be again (RFC 9110, 15.5.11)."""
        index = self.get_parent()
        others = JobOfferPage.objects.to_show(timezone.now())[:3]
        context = {"index": index, "others": others}
        return render(request, "recrutement/gone.html", context, status=410)

    @property
    def diploma_names(self) -> list[str]:
        """In one query, or none when a list has read those of all its offers at once."""
        if "diploma_items" in getattr(self, "_prefetched_objects_cache", {}):
            return [str(item.tag) for item in self.diploma_items.all()]
        return [str(diploma) for diploma in self.diplomas.all()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        # A preview shows the page as its publication would.
        closed = why_closed(
            status=self.status,
            published=self.live or getattr(request, "is_preview", False),
            closing_date=self.closing_date,
            now=now,
        )
        others = JobOfferPage.objects.to_show(now).exclude(pk=self.pk)
        return super().get_context(request, *args, **kwargs) | {
            "closed": closed,
            "others": list(others[:3]) if closed else [],
        }

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return super().get_sitemap_urls(request) if self.is_open(timezone.now()) else []


def next_reference(year: int) -> str:
    """« ENYS-2026-003 »: the next number of the year."""
    start = f"ENYS-{year}-"
    last = (
        JobOfferPage.objects.filter(reference__startswith=start)
        .order_by(models.functions.Length("reference").desc(), "-reference")
        .values_list("reference", flat=True)
        .first()
    )
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:03d}"
