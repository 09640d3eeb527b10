from typing import Any

from wagtail.admin.forms import auth


class LoginForm(auth.LoginForm):
    """Wagtail's, whose label for the password has no translation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Mot de passe"
