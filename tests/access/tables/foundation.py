"""Accounts, journals, e-mails: what `site_enys`, `rgpd` and `courrier` answer."""

from tests.access.engine import POST_ONLY, Table, everybody, lines, only, screens, staff

CHIEFS = ("direction", "superuser")

DESK: Table = {
    **screens("site_enys_privatefileaccess", ("referent", *CHIEFS)),
    **screens("site_enys_jobrun", CHIEFS),
    **screens("courrier_outgoingmessage", CHIEFS),
    **lines(staff(POST_ONLY), "courrier_send_again"),
}
PUBLIC: Table = lines(everybody(), "health robots")
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
