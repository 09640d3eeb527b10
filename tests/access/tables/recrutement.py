"""The offers and the people who answer them."""

from tests.access.engine import (
    ON,
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

TEAM = ("recrutement", "direction", "superuser")
READERS = (*TEAM, "evaluation", "evaluation-ailleurs")
#: What is kept for a dispute.
HOLDERS = ("direction", "superuser")
PAGE_MAKERS = (*TEAM, "redaction")

DESK: Table = {
    **screens(
        "recrutement_application",
        READERS,
        # An application is opened by the team, and by the reviewers of its offer.
        opened_by=only(*TEAM, "evaluation"),
        deleted_by=TEAM,
        decided_by=only(*TEAM, others=UNKNOWN, evaluation="accueil"),
    )
    | lines(only(), "wagtailsnippets_recrutement_application:usage"),
    **screens("recrutement_poolconsent", TEAM),
    # Public pages, by the rights of Wagtail on pages.
    **lines(only(*TEAM, "redaction", "formation"), "offres:index offres:index_results"),
    # A single parent: the form of a new offer comes at once.
    "offres:choose_parent": staff() | dict.fromkeys(PAGE_MAKERS, ON),
    # A hidden identity closes the file to the reviewer of the offer, until her reveal.
    "recrutement_document": only(*TEAM, others=UNKNOWN, evaluation="accueil"),
    "recrutement_board": only(*READERS),
    # Refused to who reads none, unknown to who reads others.
    **lines(
        only(*TEAM, "evaluation", evaluation_ailleurs=UNKNOWN),
        "recrutement_note recrutement_rate recrutement_reveal",
    ),
    # The screens that decide: for the team, whoever else may read.
    **lines(
        only(*TEAM),
        """recrutement_invite recrutement_change_interview recrutement_cancel_interview
        recrutement_propose recrutement_reject recrutement_extend recrutement_refuse_together
        recrutement_refuse_for_offer recrutement_close_offer recrutement_pool_invite""",
    ),
    **lines(only(*HOLDERS), "recrutement_hold recrutement_lift recrutement_retention"),
    # What is typed in the editor of a page, sent there by its script.
    **lines(staff(POST_ONLY), "recrutement_conformity"),
    **lines(only(*PAGE_MAKERS), "recrutement_copy_sheet"),
}
PUBLIC: Table = {
    **lines(
        everybody(),
        """recrutement_apply recrutement_spontaneous recrutement_received recrutement_feed
        recrutement_calendar recrutement_poster recrutement_find recrutement_erased
        recrutement_offers_json recrutement_confirm_address""",
    ),
    **lines(everybody(ON), "recrutement_open_link"),
    # No account opens the space of a person: only the link that she received.
    **lines(
        everybody(REFUSED),
        """recrutement_space recrutement_act recrutement_own_json recrutement_own_pdf
        recrutement_own_file recrutement_own_meeting""",
    ),
}
