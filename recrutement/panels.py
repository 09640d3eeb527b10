"""The editing screen of an offer, in the order in which one writes it."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

offer_panels = [
    FieldPanel("introduction"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("status"), FieldPanel("closing_date")]),
            FieldRowPanel([FieldPanel("answer_by_days"), FieldPanel("recruiter")]),
            FieldPanel("on_behalf_of"),
        ],
        heading="Recrutement",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("contract_type"), FieldPanel("contract_months")]),
            FieldRowPanel([FieldPanel("work_time"), FieldPanel("hours_per_week")]),
            FieldRowPanel([FieldPanel("positions"), FieldPanel("qualification_level")]),
            FieldRowPanel([FieldPanel("start_on"), FieldPanel("asap")]),
            FieldPanel("rome_code"),
        ],
        heading="Poste",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("street"), FieldPanel("postcode")]),
            FieldRowPanel([FieldPanel("city"), FieldPanel("region")]),
            FieldRowPanel([FieldPanel("remote_policy"), FieldPanel("remote_days")]),
        ],
        heading="Lieu de travail",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("salary_min"), FieldPanel("salary_max")]),
            FieldRowPanel([FieldPanel("salary_unit"), FieldPanel("salary_extra")]),
            FieldRowPanel([FieldPanel("collective_agreement"), FieldPanel("coefficient")]),
        ],
        heading="Rémunération",
    ),
    FieldPanel("employer_intro"),
    FieldPanel("missions"),
    FieldPanel("profile"),
    FieldPanel("process"),
    FieldPanel("accommodation"),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("cv_required"), FieldPanel("cover_letter")])],
        heading="Ce que la personne envoie",
    ),
    FieldPanel("tags"),
]
