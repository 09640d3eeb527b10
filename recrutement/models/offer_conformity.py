"""The gate of publication: what forbids it, what somebody must have read, and what she answered."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from wagtail.models import Page

from home.conformity import Conformity, Line, SetAside, field_label, line
from home.models import BasePage
from recrutement.enums import OfferStatus
from recrutement.lint import Finding, Said, blocking, warnings
from recrutement.opening import day_in_paris

from .offer_parts import OfferOverride

#: The field of the form, and of no table, where somebody says why she sets a warning aside.
REASON = "override_reason"
HEADING = "À lire\u00a0: corrigez, ou écrivez plus bas pourquoi vous publiez quand même"


class Linted(BasePage):
    """An offer that is read by the linter before it goes online, whatever the way."""

    overrides: Any
    status: Any

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: Those that the form has just been given a reason for, until the page has a key.
        self.new_overrides: list[OfferOverride] = []

    def check_publishable(self, values: dict[str, Any] | None = None) -> None:
        """Raise ValidationError, by field, with what forbids publication.

        A warning that nobody has set aside forbids it too. An offer that was online may always be
        closed, whatever it says: nothing stands in the way of taking it away.
        """
        said = Said(self, values or {})
        if said.get("status") != OfferStatus.OPEN and self.was_published():
            return
        found: dict[str, list[str]] = {}
        for finding in self.blocking_findings(said):
            name = finding.field if finding.field != "questions" else "__all__"
            found.setdefault(name, []).append(_quoting(finding))
        if asked := self.open_warnings(values):
            found[REASON] = [_ask(asked)]
        if found:
            raise ValidationError(found)

    def open_warnings(self, values: dict[str, Any] | None = None) -> list[Finding]:
        """The warnings that nobody has set aside yet, with the same words."""
        found = warnings(Said(self, values or {}))
        if not found:
            return []
        answered = {(row.code, row.excerpt) for row in self.new_overrides}
        if self.pk:
            answered |= set(self.overrides.values_list("code", "excerpt"))
        return [finding for finding in found if finding.key not in answered]

    def was_published(self) -> bool:
        """Whether it has been online before now; the page being made has only its own word."""
        if self.pk is None:
            return self.first_published_at is not None
        return Page.objects.filter(pk=self.pk, first_published_at__isnull=False).exists()

    def set_aside(self, found: list[Finding], reason: str, user: Any) -> None:
        """Remember who sets these warnings aside and why; written with the page."""
        self.new_overrides = [
            OfferOverride(
                code=finding.code,
                excerpt=finding.excerpt,
                article=finding.article,
                reason=reason,
                user=user,
                at=timezone.now(),
            )
            for finding in found
        ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        saved = super().save(*args, **kwargs)
        rows, self.new_overrides = self.new_overrides, []
        for row in rows:
            row.offer = self
        if rows:  # two people may answer the same warning: the first answer stays
            OfferOverride.objects.bulk_create(rows, ignore_conflicts=True)
        return saved

    def blocking_findings(self, said: Said) -> list[Finding]:
        today = day_in_paris(timezone.now())
        found = blocking(said, today, first_time=False)
        # Whether it is the first time costs a query, and only matters for some days.
        strict = blocking(said, today, first_time=True)
        return strict if len(strict) > len(found) and not self.was_published() else found


def _ask(found: list[Finding]) -> str:
    listed = " ".join(_quoting(finding) for finding in found)
    return f"Corrigez, ou écrivez ici pourquoi vous publiez quand même. {listed}"


def _quoting(finding: Finding) -> str:
    """The remark, with the words that call for it and its text of law."""
    excerpt = f" «\u00a0{finding.excerpt}\u00a0»" if finding.excerpt else ""
    return f"{finding.sentence.rstrip('.')}{excerpt} ({finding.article})."


def conformity(offer: Any, values: dict[str, Any] | None = None) -> Conformity:
    """Where an offer stands, from the values of a form or else from the page."""
    said = Said(offer, values or {})
    rows = list(offer.overrides.select_related("user")) if offer.pk else []
    answered = {(row.code, row.excerpt) for row in rows}
    found = warnings(said)
    labels = {finding.code: field_label(offer, finding.field) for finding in found}
    return Conformity(
        missing=[_line(offer, one) for one in offer.blocking_findings(said)],
        advice=[_line(offer, one) for one in found if one.key not in answered],
        advice_heading=HEADING,
        set_aside=[
            SetAside(
                label=labels.get(row.code, row.code),
                source=row.article,
                excerpt=row.excerpt,
                reason=row.reason,
                who=str(row.user or "compte supprimé"),
                at=row.at,
            )
            for row in rows
        ],
    )


def _line(offer: Any, found: Finding) -> Line:
    return line(offer, found.field, found.article, found.sentence, found.excerpt)
