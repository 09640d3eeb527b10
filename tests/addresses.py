"""Every address of the site, and what each is built from in `tests/world.py`.

A new address without its line here is said by `test_every_address_can_be_built`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.world import Side

OUR_ROOMS = ("site_enys", "rgpd", "courrier", "home", "formation", "recrutement", "blog", "search")
SNIPPETS = "wagtailsnippets_"
#: Our snippets → their row in the world.
ROWS = {
    "site_enys_privatefileaccess": "read",
    "site_enys_jobrun": "job",
    "axes_accesslog": "sign_in",
    "rgpd_rightsrequest": "asked",
    "rgpd_noticeversion": "notice",
    "courrier_outgoingmessage": "message",
    "home_contactmessage": "contact",
    "formation_session": "session",
    "formation_enrolment": "enrolment",
    "formation_enrolmentrequest": "request",
    "formation_agreement": "agreement",
    "formation_tailoredrequest": "tailored",
    "formation_issueddocument": "issued",
    "formation_coursetheme": "theme",
    "formation_trainer": "trainer",
    "formation_venue": "venue",
    "formation_survey": "survey",
    "formation_complaint": "complaint",
    "formation_improvementaction": "action",
    "recrutement_application": "application",
    "recrutement_poolconsent": "consent",
    "blog_comment": "comment",
    "blog_author": "author",
    "blog_category": "category",
    "search_promotion": "promotion",
    "search_searchmiss": "miss",
}
#: Their transition that is tried.
TRANSITIONS = {
    "rgpd_rightsrequest": "answer",
    "home_contactmessage": "handle",
    "formation_session": "cancel",
    "formation_enrolment": "cancel",
    "formation_agreement": "revoke",
    "formation_tailoredrequest": "take",
    "formation_complaint": "close",
    "recrutement_application": "start_review",
    "blog_comment": "reject",
}
#: Names of addresses → the things of their arguments, in order; « =word » is the word itself.
BUILT_FROM = {
    # -- site_enys, home, courrier, search
    "courrier_send_again": "message",
    "courrier_letter": "=contact_receipt",
    "refresh_read": "page",
    "charte_scheme": "=sombre",
    "guide_chapter": "=publier",
    "page_review": "page",
    "new_page_review": "=home =servicepage root",
    "contact_received": "contact_id",
    "search_miss_handled": "miss",
    "account_reset_password_from_key": "=1 =set-password",
    "account_sign_in": "account",
    "mfa_edit_webauthn": "=1",
    "mfa_remove_webauthn": "=1",
    # -- rgpd
    "rgpd_open_link": "own_token",
    "rgpd_correct": "=recrutement.application application",
    "rgpd_withdraw": "=recrutement.poolconsent consent =0",
    # -- blog
    "blog_answer_comment": "comment",
    "blog_tag_rename": "tag",
    "blog_tag_delete": "tag",
    "blog:year": "year",
    "blog:month": "year month",
    "blog:category": "category_slug",
    "blog:tag": "tag_slug",
    "blog:author": "author_slug",
    "blog:feed": "=atom",
    "blog:comments_feed": "=atom",
    "blog:part_feed": "=categorie category_slug =atom",
    "blog:comments_of_post_feed": "slug =atom",
    "blog:answered": "comment_id",
    "blog:report": "comment",
    "blog:reported": "report_id",
    "blog:open_moderation": "comment_token",
    "blog:moderate": "comment_id",
    "blog:moderate_post": "slug",
    "blog:answer": "slug",
    "blog:answer_to": "slug comment",
    "blog:social_card": "slug =000000000000",
    # -- recruitment
    "recrutement_document": "document",
    "recrutement_change_interview": "application interview",
    "recrutement_cancel_interview": "application interview",
    "recrutement_refuse_for_offer": "offer",
    "recrutement_close_offer": "offer",
    "recrutement_conformity": "offer",
    "recrutement_copy_sheet": "offer",
    "recrutement_pool_invite": "consent",
    "recrutement_apply": "offer_reference",
    "recrutement_poster": "offer_reference",
    "recrutement_received": "receipt",
    "recrutement_open_link": "application_token",
    "recrutement_confirm_address": "address_token",
    "recrutement_own_file": "application document",
    "recrutement_own_meeting": "application meeting",
    "recrutement_act": "application =retirer",
    # -- training, at the desk
    "formation_session_results": "session",
    "formation_session_audit": "session",
    "formation_attendance": "session",
    "formation_attendance_paper": "session slot",
    "formation_attendance_scan": "session slot",
    "formation_attendance_correct": "session slot enrolment",
    "formation_duplicate": "session",
    "formation_dossier": "session",
    "formation_project": "session =convocation subject",
    "formation_survey_remind": "survey",
    "formation_ask_funder": "request",
    "formation_quote_file": "agreement_request",
    "formation_course_results": "course",
    "formation_proof": "course",
    "formation_proof_document": "course publication",
    "formation_conformity": "course",
    "formation_issued_file": "issued",
    "formation_issue_again": "issued",
    "formation_withdraw_document": "issued",
    "formation_trainer_space": "trainer",
    "formation_agreement_renvoyer": "agreement",
    "formation_agreement_papier": "agreement",
    "formation_agreement_file": "agreement =document",
    "formation_complaint_answer": "complaint",
    "formation_bpf_line": "=C1",
    # -- training, public
    "formation_course_calendar": "course_slug",
    "formation_programme": "course_slug",
    "formation_tailored_course": "course_slug",
    "formation_month": "year month",
    "formation_thanks": "request_id",
    "formation_enrol": "session_key",
    "formation_check": "check_code",
    "formation_open_link": "=demande request_token",
    "formation_follow": "=demande request_id",
    "formation_follow_contact": "request_id",
    "formation_follow_document": "=demande request_id issued",
    "formation_follow_calendar": "=demande request_id enrolment_id",
    "formation_sign": "=inscription enrolment_id enrolment_id",
    "formation_follow_act": "=demande request_id enrolment_id =annuler",
    "formation_sign_room": "slot",
    "formation_trainer_open": "trainer_token",
    "formation_trainer_calendar": "calendar_token",
    "formation_trainer": "trainer_id",
    "formation_trainer_session": "trainer_id session_id",
    "formation_trainer_assess": "trainer_id session_id",
    "formation_trainer_correct": "trainer_id session_id slot enrolment_id",
    "formation_survey_open": "survey_token",
    "formation_survey": "survey_id",
    "formation_survey_thanks": "survey_id",
    "formation_complaint_received": "complaint_id",
    "formation_follow_agreement": "agreement_request_id",
    "formation_follow_sign": "agreement_request_id",
    "formation_open_agreement": "agreement_token",
    "formation_tailored_received": "tailored_id",
    # -- Wagtail's own
    "wagtailadmin_pages:add": "=home =servicepage root",
    "wagtailadmin_pages:preview_on_add": "=home =servicepage root",
    "wagtailadmin_pages:type_use": "=home =servicepage",
    "wagtailadmin_pages:type_use_results": "=home =servicepage",
    "wagtailadmin_pages:choose_parent": "=home =servicepage",
    "wagtailadmin_pages:add_subpage": "root",
    "wagtailadmin_pages:move_confirm": "page index",
    "wagtailadmin_pages:revisions_view": "page revision",
    "wagtailadmin_pages:revisions_revert": "page revision",
    "wagtailadmin_pages:revisions_unschedule": "page revision",
    "wagtailadmin_pages:revisions_compare": "page =live =latest",
    "wagtailadmin_pages:workflow_action": "page =approve task",
    "wagtailadmin_pages:collect_workflow_action_data": "page =approve task",
    "wagtailadmin_pages:workflow_preview": "page task",
    "wagtailadmin_pages:workflow_history_detail": "page workflow",
    "wagtailadmin_api:pages:detail": "page",
    "wagtailadmin_api:pages:action": "page =publish",
    "wagtailadmin_api:images:detail": "image",
    "wagtailadmin_api:documents:detail": "library",
    "wagtailadmin_explore": "root",
    "wagtailadmin_explore_results": "root",
    "wagtailadmin_choose_page_child": "root",
    "wagtailadmin_tag_model_autocomplete": "=blog =posttag",
    "wagtailadmin_editing_sessions:ping": "=home =servicepage page =0",
    "wagtailadmin_editing_sessions:release": "=0",
    "wagtailadmin_workflows:remove": "page workflow",
    "wagtailadmin_workflows:add_task": "=wagtailcore =groupapprovaltask",
    "wagtailsettings:edit": "=home =organisationsettings settings",
    "wagtailsettings:preview_on_edit": "=home =organisationsettings settings",
    "wagtail_bulk_action": "=recrutement =application =refuse",
    "wagtailimages:preview": "image =original",
    "wagtaildocs:create_multiple_from_uploaded_document": "=0",
    "wagtaildocs:delete_upload_multiple": "=0",
    "wagtailimages:create_multiple_from_uploaded_image": "=0",
    "wagtailimages:delete_upload_multiple": "=0",
    "wagtaildocs_serve": "library =document.txt",
    "wagtaildocs_authenticate_with_password": "=1",
    "wagtailcore_authenticate_with_password": "=1 page",
    "wagtailadmin_password_reset_confirm": "=MQ =jeton-altere",
    "wagtail_serve": "=page-commune/",
}
#: What names that are alike are built from.
ALIKE = (
    (r"rgpd_(request|person)_?\w*$", "asked"),
    (r"recrutement_\w+$", "application"),
    (r"formation_session_\w+$", "session"),
    (r"formation_enrolment_\w+$", "enrolment"),
    (r"formation_request_\w+$", "request"),
    (r"formation_trainer_\w+$", "trainer_id session_id slot"),
    (r"formation_agreement\w*$", "agreement_id"),
    (r"wagtailadmin_pages:\w+$", "page"),
    (r"wagtailadmin_collections:\w+$", "collection"),
    (r"wagtailadmin_workflows:\w*task\w*$", "task"),
    (r"wagtailadmin_workflows:\w+$", "workflow"),
    (r"wagtailredirects:\w+$", "=1"),
    (r"wagtailimages\w*:\w+$", "image"),
    (r"wagtaildocs\w*:\w+$", "library"),
    (r"wagtailsites:\w+$", "site"),
    (r"wagtailusers_users:\w+$", "=1"),
    (r"wagtailusers_groups:\w+$", "group"),
    (r"wagtailsnippetchoosers_blog_author:\w+$", "author"),
    (r"wagtailsnippetchoosers_blog_category:\w+$", "category"),
)


@dataclass(frozen=True)
class Address:
    """One route of the site: its name, what it is written with, and whose view answers."""

    name: str
    route: str
    takes: int
    module: str

    @property
    def is_ours(self) -> bool:
        """Answered by our code, or by a screen that we register."""
        room = self.module.partition(".")[0]
        return room in OUR_ROOMS or self.name.startswith((SNIPPETS, "offres:"))

    @property
    def is_desk(self) -> bool:
        return self.route.startswith("admin/")

    def things(self) -> list[str]:
        """What its arguments are in the world; raises LookupError when nobody has said it."""
        if not self.takes:
            return []
        words = _built_from(self.name).split()
        if len(words) < self.takes:
            raise LookupError(f"{self.name} prend {self.takes} arguments : {self.route}")
        return words[: self.takes]

    def path(self, side: Side) -> str:
        """The address of the thing of this side."""
        return self.with_values([value_of(side, word) for word in self.things()])

    def with_values(self, values: list[Any]) -> str:
        return reverse(self.name, args=values)


def value_of(side: Side, word: str) -> Any:
    return word[1:] if word.startswith("=") else side.things[word]


def _built_from(name: str) -> str:
    if name in BUILT_FROM:
        return BUILT_FROM[name]
    if name.startswith(SNIPPETS):
        model, _, _ = name.removeprefix(SNIPPETS).partition(":")
        if model in ROWS:
            return f"{ROWS[model]} ={TRANSITIONS.get(model, '')}"
    for pattern, things in ALIKE:
        if re.match(pattern, name):
            return things
    raise LookupError(f"tests/addresses.py ne sait pas construire l’adresse « {name} »")


def addresses() -> list[Address]:
    """Every route of the site that has a name."""
    return list(_under(get_resolver().url_patterns))


def _under(
    patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...] = (), start: str = ""
) -> Iterator[Address]:
    for pattern in patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _under(pattern.url_patterns, inner, route)
        elif pattern.name:
            takes = pattern.pattern.regex.groups + start.count("<")
            yield Address(
                ":".join((*spaces, pattern.name)), route, takes, pattern.callback.__module__
            )
