"""The chapters of « Aide » that every member of the team reads, and those of accounts."""

from .chapters import Chapter, add_chapters

STARTING, SITE = "Pour commencer", "Le site"

add_chapters(
    Chapter(
        "premiers-pas",
        STARTING,
        "Premiers pas",
        "Entrer, lire ce qui attend aujourd’hui, retrouver quelque chose.",
        "site_enys/guide/start.html",
    ),
    Chapter(
        "votre-compte",
        STARTING,
        "Protéger votre compte",
        "Le second facteur, les codes de secours, le mot de passe.",
        "site_enys/guide/account.html",
        screens=("wagtailadmin_account",),
    ),
    Chapter(
        "en-cas-de-souci",
        STARTING,
        "Quand quelque chose ne va pas",
        "Une erreur en ligne, un refus, un courriel perdu, une panne\u00a0: quoi faire d’abord.",
        "site_enys/guide/trouble.html",
        screens=("wagtailsnippets_site_enys_jobrun:",),
    ),
    Chapter(
        "comptes",
        SITE,
        "Les comptes et les rôles",
        "Ouvrir un compte, choisir un rôle, surveiller les connexions, fermer un compte.",
        "site_enys/guide/accounts.html",
        "site_enys.change_user",
        (
            "team_sign_ins",
            "account_sign_in",
            "wagtailusers_users:",
            "wagtailsnippets_axes_accesslog:",
        ),
    ),
)
