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


class TagNameTaken(Refused):
    """Another tag has that name; the two can be merged."""

    field = "name"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"L’étiquette «\u00a0{name}\u00a0» existe déjà\u00a0: "
            "vous pouvez fusionner les deux plutôt que de renommer celle-ci."
        )


class TagNameRefused(Refused):
    field = "name"
    sentence = (
        "Écrivez un nom, sans virgule ni guillemet droit\u00a0: "
        "ces signes séparent les étiquettes quand on les saisit."
    )


class TagInUse(Refused):
    def __init__(self, uses: str) -> None:
        super().__init__(
            f"Cette étiquette sert encore\u00a0: {uses}. "
            "Retirez-la de ces contenus, ou fusionnez-la avec une autre."
        )


class NothingToMerge(Refused):
    sentence = "Choisissez au moins deux étiquettes, et celle qui reste."


class StillSigns(Refused):
    """An author or a category that articles still need."""


class NameMissing(Refused):
    field = "name"
    sentence = "Indiquez le nom qui paraîtra\u202f; un prénom ou un pseudonyme suffit."
