"""The forms of the library: a file is judged before anything opens it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import FileField

from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from site_enys.exceptions import Refused
from site_enys.uploads import documents, pictures


def _judged(upload: Any, judge: Callable[[Any], Any]) -> Any:
    """What `judge` makes of a file that was sent; its refusal stands beside the field."""
    if upload is None:
        return None
    try:
        return judge(upload)
    except Refused as refusal:
        raise ValidationError(str(refusal), code="refused") from refusal


class CleanImageFormField(WagtailImageField):
    """Wagtail's own checks come after ours: they decode what they are given."""

    def to_python(self, data: Any) -> Any:
        return super().to_python(_judged(FileField.to_python(self, data), pictures.cleaned))


class CleanAvatarField(forms.ImageField):
    def to_python(self, data: Any) -> Any:
        return super().to_python(_judged(FileField.to_python(self, data), pictures.cleaned))


class CheckedDocumentFormField(WagtailDocumentField):
    def to_python(self, data: Any) -> Any:
        return _judged(super().to_python(data), documents.checked)


def _judge(form: forms.ModelForm, kind: type[forms.FileField]) -> None:
    """Put our field where Wagtail asks for the file.

    Declared in the class, it would be asked for again by the form that describes what was just
    sent, from which Wagtail leaves the file out.
    """
    if asked := form.fields.get("file"):
        form.fields["file"] = kind(label="Fichier", required=asked.required, widget=asked.widget)


class ImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _judge(self, CleanImageFormField)


class DocumentForm(BaseDocumentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _judge(self, CheckedDocumentFormField)


class AvatarForm(AvatarPreferencesForm):
    """The picture of an account is shown to colleagues: it too loses what hides in it."""

    avatar = CleanAvatarField(label="Choisir une photographie", required=False)
