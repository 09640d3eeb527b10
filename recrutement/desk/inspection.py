"""One application, laid out to be read; nothing here says more than its reader may know."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from courrier.models import OutgoingMessage
from recrutement.enums import UNDECIDED
from recrutement.models import AccommodationRequest, Application, RecruitmentSettings
from recrutement.services import access, retention, review
from site_enys.admin import admin_url
from site_enys.admin.viewsets import SafeInspectView

from .acts import acts_for
from .masking import as_read
from .review import NoteForm, RatingForm, board_url


def neighbours(application: Application, user: Any) -> dict[str, str]:
    """The addresses of the applications sent just before and just after, for the same offer."""
    among = access.visible(user).filter(offer=application.offer)
    at, key = application.submitted_at, application.pk
    before = among.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=key))
    after = among.filter(Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=key))
    found = {
        "previous_url": before.order_by("-submitted_at", "-pk"),
        "next_url": after.order_by("submitted_at", "pk"),
    }
    keys = {name: rows.values_list("pk", flat=True).first() for name, rows in found.items()}
    return {name: admin_url(Application, "inspect", key) for name, key in keys.items() if key}


class ApplicationInspectView(SafeInspectView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, user = self.object, self.request.user
        text = as_read(application)
        context = super().get_context_data(**kwargs)
        acts = acts_for(self.request, application)
        planned = [interview.pk for interview, *_ in acts["planned"]]
        for line in context["events"]:
            line["event"].reason = text(line["event"].reason)
        return context | {
            "identity_shown": application.identity_shown,
            "message": text(application.message),
            "answers": [
                (answer.question, text(answer.answer)) for answer in application.answers.all()
            ],
            "overdue": application.is_overdue(timezone.now()),
            "documents": application.documents.all(),
            "may_open_files": access.may_open_files(user, application),
            "interviews": application.interviews.exclude(pk__in=planned),
            "accommodation": self.accommodation(text),
            "reveals": application.reveals.select_related("user"),
            "sent_messages": self.sent_messages(text),
            "countdown": retention.countdown(application, RecruitmentSettings.load(self.request)),
            "may_hold": user.has_perm(access.HOLD),
            "reveal_url": reverse("recrutement_reveal", args=[application.pk]),
            "board_url": board_url(application),
            **self.review(text),
            **neighbours(application, user),
            **acts,
        }

    def sent_messages(self, text: Any) -> list[tuple[OutgoingMessage, str]]:
        """What left about it, for the team: a reviewer writes to nobody."""
        if not access.reads_all(self.request.user):
            return []
        sent = OutgoingMessage.objects.about(self.object).order_by("created_at")
        return [(mail, text(mail.subject)) for mail in sent]

    def accommodation(self, text: Any) -> str:
        if not access.sees_accommodation(self.request.user, self.object):
            return ""
        asked = AccommodationRequest.objects.filter(application=self.object).first()
        return text(asked.text) if asked else ""

    def review(self, text: Any) -> dict[str, Any]:
        """The notes and the marks, with the forms that add to them."""
        application, user = self.object, self.request.user
        shown = review.sees_marks(user, application)
        under_way = application.state in UNDECIDED and application.state != "quarantine"
        return {
            "notes": [
                (note, text(note.text)) for note in application.notes.select_related("author")
            ],
            "note_form": NoteForm(),
            "note_url": reverse("recrutement_note", args=[application.pk]),
            "marks": review.marks_by_criterion(application) if shown else [],
            "marks_hidden": not shown,
            "rating_form": RatingForm(application=application, user=user) if under_way else None,
            "rating_url": reverse("recrutement_rate", args=[application.pk]),
        }
