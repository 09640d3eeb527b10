from site_enys.exceptions import Refused


class NotYours(Refused):
    sentence = "Cette donnée n’existe plus, ou elle n’est pas à vous."


class CorrectionRefused(Refused):
    sentence = "Cette correction ne peut pas être enregistrée. Demandez-la-nous plutôt."
