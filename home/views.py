"""The contact form and its confirmation."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.forms import ContactForm
from home.models import ContactMessage, ContactPage
from home.services import contact as contact_service
from site_enys.public_forms import submit


@never_cache
def contact(request: HttpRequest, page: ContactPage) -> HttpResponse:
    """Show the contact page with its form, or receive the message."""
    form = ContactForm(request.POST or None)

    def save() -> str:
        message = contact_service.receive(
            form.cleaned_data, quarantined=form.quarantined, now=form.now, shown=form.shown
        )
        return reverse("contact_received", args=[message.public_id])

    if request.method == "POST" and (url := submit(request, form, save)):
        return HttpResponseRedirect(url, status=303)
    context = page.get_context(request, form=form)
    status = 422 if form.errors else 200
    return render(request, page.get_template(request), context, status=status)


@require_safe
@never_cache
def contact_received(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The confirmation: a reference number, no personal data."""
    message = get_object_or_404(ContactMessage, public_id=public_id)
    return render(request, "home/contact_received.html", {"message": message})
