"""The catalogue, the sessions and the people who come to them."""

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

TEAM = ("formation", "direction", "superuser")
DECIDED = only(*TEAM, others=UNKNOWN)

DESK: Table = {
    **screens("formation_session", TEAM, written_by=TEAM, deleted_by=TEAM, decided_by=DECIDED),
    **screens("formation_enrolment", TEAM, decided_by=DECIDED),
    **screens("formation_enrolmentrequest", TEAM),
    **screens("formation_agreement", TEAM, decided_by=DECIDED),
    **screens("formation_tailoredrequest", TEAM, decided_by=DECIDED),
    **screens("formation_issueddocument", TEAM),
    **screens("formation_survey", TEAM),
    **screens("formation_complaint", TEAM, decided_by=DECIDED),
    **screens("formation_trainer", TEAM, written_by=TEAM, deleted_by=TEAM),
    **screens("formation_venue", TEAM, written_by=TEAM, deleted_by=TEAM, inspected=False),
    **screens("formation_coursetheme", TEAM, written_by=TEAM, deleted_by=TEAM, inspected=False),
    **screens(
        "formation_improvementaction", TEAM, written_by=TEAM, deleted_by=TEAM, inspected=False
    ),
    **lines(
        only(*TEAM),
        """formation_session_inscrire formation_session_importer formation_session_dates
        formation_session_ensemble formation_session_documents formation_enrolment_corriger
        formation_enrolment_remplacer formation_enrolment_reporter formation_enrolment_note
        formation_enrolment_lien formation_survey_remind formation_ask_funder formation_results
        formation_course_results formation_session_results formation_project formation_issued_file
        formation_issue_again formation_withdraw_document formation_attendance
        formation_attendance_paper formation_attendance_correct formation_attendance_late
        formation_trainer_space formation_request_devis formation_request_convention
        formation_request_devis_project formation_request_convention_project
        formation_agreement_renvoyer formation_agreement_papier formation_agreement_file
        formation_agreements_to_send formation_complaint_add formation_complaint_answer
        formation_calls formation_duplicate formation_board formation_whole_days
        formation_audit_room formation_audit_workbook formation_session_audit formation_dossier
        formation_figures formation_figures_workbook formation_bpf formation_bpf_workbook""",
    ),
    # Nothing was received or drawn yet.
    **lines(
        only(*TEAM, answer=UNKNOWN),
        "formation_attendance_scan formation_quote_file formation_bpf_line",
    ),
    # What was published: for whoever writes the pages of the catalogue.
    **lines(only(*TEAM, "redaction"), "formation_proof formation_offer"),
    **lines(only(*TEAM, "redaction", answer=UNKNOWN), "formation_proof_document"),
    **lines(staff(POST_ONLY), "formation_conformity"),
}
PUBLIC: Table = {
    **lines(
        everybody(),
        """formation_sessions formation_calendar formation_course_calendar formation_lheo
        formation_programme formation_month formation_thanks formation_enrol formation_check_find
        formation_check formation_follow_find formation_trainer_find formation_trainer_calendar
        formation_complaint formation_complaint_received formation_tailored
        formation_tailored_received formation_tailored_course formation_sign_room""",
    ),
    # The link of an e-mail, whoever opens it.
    **lines(
        everybody(ON),
        """formation_open_link formation_trainer_open formation_survey_open
        formation_open_agreement""",
    ),
    # No account opens what only a link opens.
    **lines(
        everybody(REFUSED),
        """formation_follow formation_follow_contact formation_follow_document
        formation_follow_calendar formation_sign formation_follow_act formation_trainer
        formation_trainer_session formation_trainer_assess formation_trainer_document
        formation_trainer_room formation_trainer_sign formation_trainer_paper
        formation_trainer_correct formation_survey formation_survey_thanks
        formation_follow_agreement formation_follow_sign formation_agreement
        formation_trainer_open_room
        formation_agreement_document formation_agreement_code""",
    ),
    **lines(everybody(POST_ONLY), "formation_agreement_new_code"),
}
