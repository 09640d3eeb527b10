"""What the e-mails about people's rights look like."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from site_enys.letters.examples import Contexts, examples

from .enums import RequestKind
from .models import RightsRequest

_AT = timezone.make_aware(datetime(2027, 1, 12, 9, 5))  # noqa: DTZ001 - made aware at once
_BY = date(2027, 2, 12)


@examples
def rights() -> Contexts:
    """One request, and what is answered to it."""
    asked = _request(RequestKind.ACCESS)
    mine = {"mine_url": f"{settings.SITE_URL}/mes-donnees/"}
    answered = _request(RequestKind.ACCESS, answer="Vous trouverez la copie sur votre page.")
    refused = _request(
        RequestKind.ERASURE,
        answer="Votre attestation de formation doit être gardée jusqu’au 23 novembre 2032.",
    )
    return {
        "rgpd_link": mine | {"access_url": f"{settings.SITE_URL}/mes-donnees/exemple/"},
        "rgpd_received": mine | {"request": asked},
        "rgpd_erased": mine
        | {
            "request": _request(RequestKind.ERASURE),
            "erased": [("Messages de contact", 1), ("Commentaires du blog", 3)],
            "kept": [("Inscriptions aux formations", ["Inscription n°\u00a059"], refused.answer)],
        },
        "rgpd_request_answered": mine | {"request": answered},
        "rgpd_request_refused": mine | {"request": refused},
        "rgpd_request_extended": mine
        | {"request": asked, "reason": "Deux archives sur papier sont à relire."},
        "rgpd_requests_due": {
            "lines": [
                {"reference": "D-2027-00012", "kind": "Accès", "answer_by": _BY, "late": False}
            ],
            "url": f"{settings.SITE_URL}/admin/",
            "answerable": False,
        },
    }


def _request(kind: RequestKind, answer: str = "") -> RightsRequest:
    return RightsRequest(pk=12, kind=kind, received_at=_AT, answer_by=_BY, answer=answer)
