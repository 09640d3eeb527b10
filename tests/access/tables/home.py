"""Pages of the firm, library, messages, redirects."""

from tests.access.engine import (
    ON,
    POST_ONLY,
    UNKNOWN,
    Table,
    everybody,
    lines,
    only,
    screens,
    staff,
)

CHIEFS = ("direction", "superuser")
WRITERS = ("redaction", *CHIEFS)
EVERY_WRITER = (*WRITERS, "formation", "recrutement")

DESK: Table = {
    **screens("home_contactmessage", WRITERS, decided_by=only(*WRITERS, others=UNKNOWN)),
    **lines(only(*WRITERS), "legal_pages"),
    # What public pages are made of, and the guide: for the whole team.
    **lines(staff(), "charte charte_both charte_scheme guide guide_chapter"),
    **lines(only(*EVERY_WRITER), "refresh refresh_workbook"),
    **lines(staff(POST_ONLY), "refresh_read page_review new_page_review"),
}
PUBLIC: Table = lines(everybody(), "contact_received")
WAGTAIL: Table = {
    **lines(
        only(*WRITERS),
        """wagtailadmin_pages:add wagtailadmin_pages:edit wagtailadmin_pages:delete
        wagtailadmin_pages:preview_on_edit wagtailadmin_pages:view_draft wagtailadmin_pages:usage
        wagtailadmin_pages:unpublish wagtailadmin_pages:move wagtailadmin_pages:copy
        wagtailadmin_pages:set_privacy wagtailadmin_pages:history wagtailadmin_pages:revisions_view
        wagtailadmin_pages:revisions_revert wagtailadmin_pages:revisions_compare
        wagtailadmin_pages:workflow_history wagtailredirects:index wagtailredirects:add
        wagtailredirects:start_import wagtailimages:edit wagtailimages:delete
        wagtailimages:image_usage wagtaildocs:edit wagtaildocs:delete wagtaildocs:document_usage""",
    ),
    **lines(
        only(*EVERY_WRITER),
        """wagtailimages:index wagtailimages:add wagtailimages:add_multiple wagtaildocs:index
        wagtaildocs:add wagtaildocs:add_multiple wagtailimages_chooser:chosen
        wagtailimages_chooser:create wagtaildocs_chooser:chosen wagtaildocs_chooser:create
        wagtailadmin_reports:locked_pages wagtailadmin_reports:workflow
        wagtailadmin_reports:workflow_tasks wagtailadmin_reports:aging_pages
        wagtailadmin_reports:page_types_usage wagtailadmin_pages:search""",
    ),
    **lines(only(*WRITERS, answer=UNKNOWN), "wagtailredirects:edit"),
    # A journal of pages and snippets: each reads the lines of what is theirs.
    **lines(staff(), "wagtailadmin_reports:site_history"),
    **lines(only(*WRITERS, recrutement=ON, formation=ON), "wagtailadmin_explore"),
}
