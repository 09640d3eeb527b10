"""What the screens of the recruitment desk share: whose record, and reading before confirming."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from courrier.services.rehearsal import rehearse
from recrutement.models import Application, JobOfferPage
from recrutement.services.previews import refuse_unread, seal
from site_enys.admin import Screen as BaseScreen
from site_enys.admin import admin_url
from site_enys.admin.screens import NO_REASON
from site_enys.admin.transitions import told, typed_reason
from site_enys.exceptions import Refused
from site_enys.links import without_tokens


class Screen(BaseScreen):
    model: type[Model] = Application
    permission = "recrutement.change_application"
    header_icon = "user"
    rehearse: Callable[[Callable[[], object]], list[Any]] | None = staticmethod(rehearse)

    def preview(self, run: Callable[[str], object]) -> list[Any]:
        mails = super().preview(run)
        for mail in mails:
            mail.text = without_tokens(mail.text)
        return mails


class ReadFirstScreen(Screen):
    """Nothing leaves that has not been read: the button takes what the page before has shown.

    Subclasses say by `facts` what the messages depend on.
    """

    template_name = "recrutement/admin/read_first.html"

    def facts(self, form: Any) -> list[object]:
        """What is sealed with the preview, and must be the same when it is confirmed."""
        raise NotImplementedError

    def rehearsal(self, form: Any, reason: str) -> None:
        """What is run and undone, to show its messages."""
        self.run(form, reason)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if self.obstacle() or not form.is_valid():
            return self.show(form)
        if "preview" in request.POST:
            return self.show(form, **self.read(form))
        try:
            refuse_unread(request.POST.get("lu", ""), request.user, *self.facts(form))
            if self.caution() and not typed_reason(request).strip():
                raise NO_REASON
            done = self.run(form, typed_reason(request))
        except Refused as refusal:
            # What stood in the way comes first; the page shows again what may be confirmed.
            again = self.read(form)
            again.pop("refusal", None)
            return self.refuse(form, refusal, **again)
        messages.success(request, done)
        return redirect(self.back_url)

    def read(self, form: Any) -> dict[str, Any]:
        """The messages, and the token that says that this account has them before her eyes."""
        try:
            mails = self.preview(lambda reason: self.rehearsal(form, reason))
            return {"mails": mails, "lu": seal(self.request.user, *self.facts(form))}
        except Refused as refusal:
            return told(refusal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"lu": "", **kwargs})


class OfferScreen(ReadFirstScreen):
    """About one offer and all who apply for it."""

    @cached_property
    def record(self) -> Any:
        """The offer; nothing where the address names none."""
        key = self.kwargs.get("pk")
        return None if key is None else get_object_or_404(JobOfferPage, pk=key)

    @property
    def back_url(self) -> str:
        return f"{admin_url(Application, 'list')}?offer={self.record.pk}"

    def get_page_subtitle(self) -> str:
        return self.record.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.back_url, "label": "Candidatures"},
            {"url": "", "label": self.title, "sublabel": self.get_page_subtitle()},
        ]
