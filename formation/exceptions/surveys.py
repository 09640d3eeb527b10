"""Why a questionnaire takes no answer, or leaves no more."""

from site_enys.exceptions import Refused


class SurveyClosed(Refused):
    sentence = "Ce questionnaire est clos\u00a0: merci de l’intérêt que vous lui portez."


class NoMoreReminders(Refused):
    """Whoever does not answer after two reminders is left in peace."""

    sentence = "Cette personne a déjà reçu deux relances\u00a0: on n’écrit plus."


class AlreadyAnswered(Refused):
    sentence = "Ce questionnaire a déjà sa réponse."
