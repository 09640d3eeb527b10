"""The editing screen of an offer, in the order in which one writes it."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from home.conformity import ConformityPanel, Review

MOST_CRITERIA = 6


def offer_panels(review: Review) -> list:
    """`review` says where an offer stands, for the panel « Conformité »."""
    return [
        MultiFieldPanel(
            [
                ConformityPanel(review, "recrutement_conformity"),
                FieldPanel("override_reason"),
            ],
            heading="Conformité",
        ),
        FieldPanel("introduction"),
        *FOLLOWED,
        *WORK,
        *PAY,
        *TEXTS,
        *SENT,
    ]


FOLLOWED = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("status"), FieldPanel("closing_date")]),
            FieldRowPanel([FieldPanel("answer_by_days"), FieldPanel("recruiter")]),
            FieldRowPanel([FieldPanel("reviewers"), FieldPanel("blind_review")]),
            FieldRowPanel([FieldPanel("on_behalf_of"), FieldPanel("hide_employer")]),
        ],
        heading="Recrutement",
    ),
]
WORK = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("contract_type"), FieldPanel("contract_months")]),
            FieldRowPanel([FieldPanel("work_time"), FieldPanel("hours_per_week")]),
            FieldRowPanel([FieldPanel("positions"), FieldPanel("qualification_level")]),
            FieldRowPanel([FieldPanel("start_on"), FieldPanel("asap")]),
            FieldRowPanel([FieldPanel("rome_code"), FieldPanel("diplomas")]),
        ],
        heading="Poste",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("street"), FieldPanel("postcode")]),
            FieldRowPanel([FieldPanel("city"), FieldPanel("region")]),
            FieldRowPanel([FieldPanel("country"), FieldPanel("remote_policy")]),
            FieldRowPanel([FieldPanel("remote_days"), FieldPanel("remote_area")]),
        ],
        heading="Lieu de travail",
    ),
]
PAY = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("salary_min"), FieldPanel("salary_max")]),
            FieldRowPanel([FieldPanel("salary_unit"), FieldPanel("salary_extra")]),
            FieldRowPanel([FieldPanel("collective_agreement"), FieldPanel("coefficient")]),
        ],
        heading="Rémunération",
    ),
]
TEXTS = [
    FieldPanel("employer_intro"),
    FieldPanel("missions"),
    FieldPanel("profile"),
    FieldPanel("process"),
    FieldPanel("accommodation"),
]
SENT = [
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("cv_required"), FieldPanel("cover_letter")])],
        heading="Ce que la personne envoie",
    ),
    InlinePanel(
        "questions",
        heading="Vos questions",
        label="Question",
        max_num=3,
        help_text="Trois au plus, en lien direct avec le poste (Code du travail, art. L1221-6).",
    ),
    InlinePanel(
        "criteria",
        heading="Critères de lecture",
        label="Critère",
        max_num=MOST_CRITERIA,
        help_text="Six au plus\u00a0; sans critère, les critères habituels servent.",
    ),
    FieldPanel("tags"),
]
