"""What is written to people, before staff makes it her own."""

from recrutement.enums import InterviewKind, RejectReason

#: The message of a refusal, by reason, until the settings hold the firm's own. It follows the
#: greeting and the thanks; staff reads and may change it before it leaves.
REJECTIONS = {
    RejectReason.EXPERIENCE: (
        "Nous l’avons lue avec attention. Pour ce poste, nous avons donné la priorité à des "
        "parcours plus proches des missions décrites dans l’annonce, et nous ne retenons pas "
        "votre candidature."
    ),
    RejectReason.QUALIFICATION: (
        "Ce poste demande un diplôme ou une habilitation que nous n’avons pas trouvés dans votre "
        "dossier\u00a0: c’est pourquoi nous ne la retenons pas. Si vous les avez, répondez à ce "
        "message\u00a0: nous reprendrons l’étude."
    ),
    RejectReason.OTHER_PROFILE: (
        "Nous l’avons étudiée avec intérêt. Une autre candidature répondait davantage à ce que "
        "demande ce poste\u00a0: le choix a été difficile, et nous ne retenons pas la vôtre."
    ),
    RejectReason.AVAILABILITY: (
        "Les dates ou le lieu de ce poste ne s’accordent pas avec ce que vous nous avez dit, et "
        "nous n’avons pas trouvé d’arrangement. Nous ne la retenons donc pas."
    ),
    RejectReason.INCOMPLETE: (
        "Il nous a manqué des éléments pour l’étudier jusqu’au bout, et nous ne pouvons pas la "
        "retenir en l’état. Si vous souhaitez la compléter, répondez à ce message."
    ),
    RejectReason.NO_NEED: (
        "Nous l’avons lue avec intérêt. Nous n’avons pas, en ce moment, de poste de cette nature, "
        "et nous ne pouvons donc pas lui donner suite."
    ),
    RejectReason.OTHER: ("Après l’avoir étudiée avec attention, nous ne la retenons pas."),
}

#: What the place of an interview is called.
PLACE_LABELS = {
    InterviewKind.ON_SITE: "Où",
    InterviewKind.VIDEO: "Lien",
    InterviewKind.PHONE: "Téléphone",
}

#: What an interview is made of, told beforehand (Code du travail, art. L1221-8).
USUAL_INTERVIEW = (
    "Nous parlerons du poste, de votre parcours et de vos questions. "
    "Il n’y a ni test ni mise en situation."
)
