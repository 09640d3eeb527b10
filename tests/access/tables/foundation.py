"""Accounts, journals, e-mails: what `site_enys`, `rgpd` and `courrier` answer."""

from tests.access.engine import (
    HOME,
    LOGIN,
    ON,
    OPEN,
    OUTSIDE,
    POST_ONLY,
    REFUSED,
    UNKNOWN,
    Table,
    everybody,
    lines,
    only,
    screens,
    staff,
)

CHIEFS = ("direction", "superuser")
#: Who answers people about their data.
ANSWERERS = ("referent", *CHIEFS)

#: A request is answered on screens of its own, which write to the person.
NOBODY_DECIDES = only(others=UNKNOWN)
#: One’s own account, with or without a role: only who is not signed in is led to the door.
OF_ONESELF = everybody() | {"anonyme": LOGIN}
OF_ONESELF_ONCE_CONFIRMED = everybody(ON) | {"anonyme": LOGIN}
ALREADY_IN = everybody(HOME)

DESK: Table = {
    **screens("site_enys_privatefileaccess", ANSWERERS),
    **screens("site_enys_jobrun", CHIEFS),
    **screens("courrier_outgoingmessage", CHIEFS),
    **lines(staff(POST_ONLY), "courrier_send_again"),
    **lines(only(*CHIEFS), "site_state"),
    **lines(only(*CHIEFS), "courrier_letters courrier_letter"),
    **screens("axes_accesslog", CHIEFS),
    **lines(only(*CHIEFS), "team_sign_ins account_sign_in"),
    **screens("rgpd_rightsrequest", ANSWERERS, decided_by=NOBODY_DECIDES),
    **screens("rgpd_noticeversion", ANSWERERS),
    **lines(
        only(*ANSWERERS),
        """rgpd_conservation rgpd_record rgpd_record_pdf rgpd_record_workbook rgpd_find_person
        rgpd_person rgpd_person_json rgpd_person_pdf rgpd_person_erase rgpd_request_add
        rgpd_request_answer rgpd_request_extend rgpd_request_refuse""",
    ),
    **lines(
        OF_ONESELF, "mfa_index usersessions_list account_change_password account_reauthenticate"
    ),
    **lines(
        OF_ONESELF_ONCE_CONFIRMED,
        """mfa_activate_totp mfa_add_webauthn mfa_edit_webauthn mfa_generate_recovery_codes
        mfa_reauthenticate mfa_reauthenticate_webauthn mfa_remove_webauthn""",
    ),
    # Nobody has an application or codes in this world.
    **lines(everybody(UNKNOWN) | {"anonyme": LOGIN}, "mfa_deactivate_totp mfa_view_recovery_codes"),
}
PUBLIC: Table = {
    **lines(
        everybody(),
        """health robots favicon security_txt rgpd_mine rgpd_open_link rgpd_erased
        account_inactive account_reset_password account_reset_password_done
        account_reset_password_from_key""",
    ),
    # To the others, and without the token, they do not exist.
    "health_detail": only(*CHIEFS, others=UNKNOWN) | dict.fromkeys(OUTSIDE, UNKNOWN),
    "metrics": everybody(UNKNOWN),
    # The door leads whoever is already in to the home.
    "account_login": ALREADY_IN | {"anonyme": OPEN},
    **lines(ALREADY_IN | {"anonyme": LOGIN}, "mfa_authenticate mfa_login_webauthn"),
    **lines(everybody(POST_ONLY), "rgpd_close account_start_again"),
    # No account opens what only the link of a person opens.
    **lines(
        everybody(REFUSED),
        """rgpd_space rgpd_json rgpd_pdf rgpd_zip rgpd_ask rgpd_erase rgpd_correct
        rgpd_withdraw""",
    ),
}
#: Wagtail's own screens that decide who enters, or that change the site as a whole.
WAGTAIL: Table = {
    **lines(
        only(*CHIEFS),
        """wagtailusers_users:index wagtailusers_users:index_results wagtailusers_users:add
        wagtailusers_users:copy wagtailusers_users:edit wagtailusers_users:delete
        wagtailusers_users:history wagtailusers_users:history_results wagtailusers_users:usage
        wagtailadmin_workflows:index wagtailadmin_workflows:add wagtailadmin_workflows:edit
        wagtailadmin_workflows:disable wagtailadmin_workflows:usage
        wagtailadmin_workflows:task_index wagtailadmin_workflows:edit_task
        wagtailadmin_workflows:disable_task wagtailadmin_collections:index
        wagtailadmin_collections:add wagtailadmin_collections:edit""",
    ),
    **lines(
        only("superuser"),
        """wagtailusers_groups:index wagtailusers_groups:index_results wagtailusers_groups:add
        wagtailusers_groups:edit wagtailusers_groups:delete wagtailusers_groups:history
        wagtailusers_groups:history_results wagtailusers_groups:usage
        wagtailsites:index wagtailsites:index_results wagtailsites:add wagtailsites:edit
        wagtailsites:delete wagtailsites:history wagtailsites:usage wagtailsites:copy""",
    ),
    # Wagtail's list of all the snippets is for models that have no menu of their own.
    **lines(only(), "wagtailsnippets:index"),
    **lines(staff(), "wagtailadmin_home wagtailadmin_account"),
}
