from site_enys.exceptions import Refused


class CommentsClosed(Refused):
    sentence = "Les commentaires de cet article sont fermés."


class ParentGone(Refused):
    sentence = (
        "Le commentaire auquel vous répondez n’est plus en ligne. Rien n’est perdu\u00a0: "
        "envoyez à nouveau votre texte, et il paraîtra sous l’article."
    )


class CommentGone(Refused):
    sentence = "Ce commentaire n’est plus en ligne."


class AlreadyDecided(Refused):
    sentence = "Ce commentaire a déjà reçu sa réponse\u00a0: la voici."


class NotReported(Refused):
    sentence = "Personne n’a signalé ce commentaire."
