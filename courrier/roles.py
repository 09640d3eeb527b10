"""Who may do what with the e-mails that the site sends."""

from site_enys.groups import DIRECTION
from site_enys.roles import Thing, all_acts, declare, records

_MESSAGES = records("courrier.outgoingmessage", see="view", decide="change")

declare(
    "courrier",
    Thing(
        "Courriels envoyés",
        "Ils disent tout de tout le monde\u00a0: la direction seule, qui renvoie ce qui a échoué.",
        _MESSAGES,
        all_acts(_MESSAGES, DIRECTION),
    ),
)
