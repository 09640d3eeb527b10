"""The one family of refusals: each says in French, to the person asking, why not."""

from collections.abc import Callable


class Refused(Exception):
    """A rule says no. `str()` is a French sentence fit for a screen.

    `field` names the form field the sentence belongs beside, when there is one.
    """

    field: str | None = None
    sentence: str = "Cette demande n’est pas possible."

    def __init__(self, sentence: str = "", *, field: str | None = None) -> None:
        super().__init__(sentence or self.sentence)
        self.field = field or self.field


class StoreUnavailable(Refused, OSError):
    """The store of files does not answer, or has no room: a folder that is full, a bucket away.

    Also an OSError, as any failure to read or write a file is.
    """

    sentence = (
        "Le stockage des fichiers est momentanément indisponible. Rien n’a été enregistré\u00a0: "
        "réessayez dans quelques minutes."
    )


def refusal_of(check: Callable[..., object], *args: object) -> Refused | None:
    """What a check raises when a rule says no."""
    try:
        check(*args)
    except Refused as refusal:
        return refusal
    return None
