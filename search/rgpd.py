from rgpd.register import PersonalData, register

from .models import SearchMiss
from .models.misses import KEPT

register(
    PersonalData(
        model=SearchMiss,
        processing="Recherches sans résultat",
        purpose="Savoir ce que l’on cherche sur le site et n’y trouve pas",
        legal_basis="intérêt légitime à écrire ce que l’on vient chercher",
        data=(
            "les mots cherchés, sans rien de qui les a écrits\u202f; ce qui ressemble à une "
            "adresse ou à un numéro n’est pas noté"
        ),
        retention=KEPT,
        retention_words="90 jours",
        kept_since="la dernière fois que ces mots ont été cherchés",
        ended=SearchMiss.objects.not_asked_since,
        since=lambda miss: miss.last_at,
        not_found_because=(
            "Les mots sont notés sans rien qui dise qui les a cherchés, ni adresse ni identifiant."
        ),
        recipients="les personnes qui écrivent le site",
    ),
)
