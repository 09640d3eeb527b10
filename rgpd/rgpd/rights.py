"""What proves that people's rights are respected."""

from datetime import timedelta

from rgpd.enums import RequestState
from rgpd.exporting import facts, journal, left_out_of_journal
from rgpd.models import PersonalAccess, PurgeRun, RightsRequest, RightsRequestEvent
from rgpd.register import TEAM, PersonalData, register

from .delays import ONE_YEAR

register(
    PersonalData(
        model=PersonalAccess,
        processing="Accès à «\u00a0Mes données\u202f»",
        purpose="Vous montrer ce que le site sait de vous, à vous seul",
        legal_basis="obligation légale (RGPD, articles 12 et 15)",
        data="adresse électronique, date de la demande et de l’ouverture du lien",
        retention=ONE_YEAR,
        retention_words="12 mois",
        kept_since="la demande",
        ended=lambda limit: PersonalAccess.objects.filter(asked_at__lt=limit),
        recipients="le référent RGPD, la direction",
        since=lambda access: access.asked_at,
        find=lambda person: PersonalAccess.objects.filter(email=person.email),
        export=lambda access, person: facts(
            access, "email", "asked_at", "opened_at", "notice_version", "notice_shown_at"
        ),
        not_exported={"link_nonce": "clé du lien, qui ne doit pas circuler"},
    )
)
# A right is proved to have been respected for as long as it may be disputed: five years (code
# civil, article 2224).
register(
    PersonalData(
        model=RightsRequest,
        processing="Exercice des droits",
        purpose="Répondre à qui exerce un droit sur ses données, et pouvoir le prouver",
        legal_basis="obligation légale (RGPD, article 12)",
        data="adresse électronique, droit exercé, demande et réponse",
        retention=timedelta(days=5 * 365 + 1),
        retention_words="5 ans",
        kept_since="la réponse",
        ended=lambda limit: RightsRequest.objects.exclude(state=RequestState.WAITING).filter(
            state_changed_at__lt=limit
        ),
        recipients="le référent RGPD, la direction",
        people="les personnes qui exercent un droit",
        since=lambda request: (
            None if request.state == RequestState.WAITING else request.state_changed_at
        ),
        waits_for="jusqu’à la réponse",
        find=lambda person: RightsRequest.objects.filter(email=person.email).prefetch_related(
            "events"
        ),
        export=lambda request, person: {
            "Numéro": request.reference,
            **facts(
                request,
                *("email", "kind", "about", "text", "received_at", "answer_by", "state", "answer"),
            ),
            "Historique": journal(request, RequestState),
        },
        not_exported={
            "state_changed_at": "la date de la dernière ligne de l’historique",
            **left_out_of_journal(RightsRequestEvent),
        },
        kept_by_law=lambda request, now: (
            "La preuve que votre demande a été traitée est gardée cinq ans "
            "(code civil, article 2224\u202f; RGPD, article 5.2)."
        ),
    ),
    followers=(RightsRequestEvent,),
)
register(
    PersonalData(
        model=PurgeRun,
        processing="Journal de l’effacement automatique",
        purpose="Prouver que ce qui devait être effacé l’a été",
        legal_basis="obligation légale (RGPD, articles 5.2 et 24)",
        data="date, nombre de fiches effacées, compte qui l’a lancé",
        retention=ONE_YEAR,
        retention_words="12 mois",
        kept_since="le passage",
        ended=lambda limit: PurgeRun.objects.filter(started_at__lt=limit),
        recipients="le référent RGPD, la direction",
        people=TEAM,
        since=lambda run: run.started_at,
        not_found_because="Ce journal ne tient que des nombres.",
    )
)
