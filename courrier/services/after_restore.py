"""After a restore: what was waiting may have left since the backup, so a person decides."""

from datetime import datetime
from typing import Any

from courrier.models import OutgoingMessage
from site_enys.french import plural
from site_enys.templatetags.typography import long_moment


def hold(now: datetime, **_kwargs: Any) -> str:
    """Put every waiting message « en échec », with the reason; « Renvoyer » sends it.

    Called once the jobs have run, so that the reminders that they write anew are held as well.
    """
    waiting = OutgoingMessage.objects.filter(state=OutgoingMessage.State.QUEUED)
    held = waiting.update(
        state=OutgoingMessage.State.FAILED,
        leased_until=None,
        last_error=(
            f"Retenu à la restauration du {long_moment(now)}\u00a0: "
            "il est peut-être déjà parti depuis la sauvegarde. «\u00a0Renvoyer\u00a0» l’envoie."
        ),
    )
    if not held:
        return "Aucun courriel n’attendait."
    return (
        f"Retenus\u00a0: {plural(held, 'courriel')}, peut-être déjà partis. Relisez-les dans "
        "«\u00a0Courriels\u00a0», et renvoyez ceux qu’il faut."
    )
