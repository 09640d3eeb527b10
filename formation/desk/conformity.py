"""The « Conformité » panel, as the form stands while it is being filled in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from formation.models import CatalogueIndexPage, CoursePage
from formation.models.conformity import conformity


@require_POST
def conformity_of_the_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What is typed, saved or not; a value that the form refuses counts as it was saved."""
    if pk:
        course = get_object_or_404(CoursePage, pk=pk)
        may_write = course.permissions_for_user(request.user).can_edit()
        draft = course.get_latest_revision_as_object()
    else:
        catalogue = get_object_or_404(CatalogueIndexPage)
        may_write = catalogue.permissions_for_user(request.user).can_add_subpage()
        draft = CoursePage()
    if not may_write:
        raise PermissionDenied
    form = CoursePage.get_edit_handler().get_form_class()(
        request.POST, request.FILES, instance=draft, for_user=request.user
    )
    form.defer_required_fields()
    form.is_valid()
    context = {"conformity": conformity(draft, form.cleaned_data)}
    return render(request, "formation/admin/conformity.html", context)
