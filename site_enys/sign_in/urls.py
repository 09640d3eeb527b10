"""The addresses of the door, under the admin: only those that the site needs.

They bear the names that django-allauth looks for. What is missing (sign-up, e-mail addresses,
codes by e-mail, trusted browsers) has no address at all.
"""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("compte/ferme/", views.ClosedAccountView.as_view(), name="account_inactive"),
    path("compte/recommencer/", views.StartAgainView.as_view(), name="account_start_again"),
    path("compte/code/", views.SecondFactorView.as_view(), name="mfa_authenticate"),
    path("compte/cle/", views.PasskeyLoginView.as_view(), name="mfa_login_webauthn"),
    path("password_reset/", views.ForgottenView.as_view(), name="account_reset_password"),
    path(
        "password_reset/envoye/",
        views.ForgottenDoneView.as_view(),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password_reset/confirm/(?P<uidb36>[0-9a-z]{1,13})-(?P<key>[0-9a-z-]{1,80})/$",
        views.ChooseView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("compte/", views.SecurityView.as_view(), name="mfa_index"),
    path(
        "compte/mot-de-passe/", views.ChangePasswordView.as_view(), name="account_change_password"
    ),
    path("compte/confirmer/", views.ConfirmByPasswordView.as_view(), name="account_reauthenticate"),
    path("compte/confirmer/code/", views.ConfirmByCodeView.as_view(), name="mfa_reauthenticate"),
    path(
        "compte/confirmer/cle/",
        views.ConfirmByPasskeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("compte/application/", views.AddApplicationView.as_view(), name="mfa_activate_totp"),
    path(
        "compte/application/retirer/",
        views.RemoveApplicationView.as_view(),
        name="mfa_deactivate_totp",
    ),
    path("compte/secours/", views.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path(
        "compte/secours/nouveaux/",
        views.NewRecoveryCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("compte/cles/ajouter/", views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("compte/cles/<int:pk>/", views.RenamePasskeyView.as_view(), name="mfa_edit_webauthn"),
    path(
        "compte/cles/<int:pk>/retirer/",
        views.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("compte/sessions/", views.SessionsView.as_view(), name="usersessions_list"),
]
