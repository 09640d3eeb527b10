"""How the editor of a course page is laid out."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from home.conformity import ConformityPanel

from .conformity import conformity

CONTENT_PANELS = [
    ConformityPanel(conformity, "formation_conformity", heading="Conformité"),
    FieldRowPanel([FieldPanel("code"), FieldPanel("theme"), FieldPanel("level")]),
    FieldPanel("introduction"),
    FieldPanel("objectives"),
    FieldPanel("audience"),
    FieldPanel("prerequisites"),
    FieldPanel("programme"),
    MultiFieldPanel(
        [
            FieldPanel("teaching_methods"),
            FieldPanel("resources"),
            FieldPanel("assessment_methods"),
            FieldPanel("trainers"),
        ],
        heading="Pédagogie",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("duration_hours"), FieldPanel("duration_days")]),
            FieldPanel("delivery_mode"),
            FieldPanel("access_modes"),
            FieldPanel("access_delay_days"),
        ],
        heading="Durée et accès",
    ),
    MultiFieldPanel(
        [
            FieldPanel("remote_support"),
            FieldPanel("remote_work"),
            FieldPanel("remote_assessments"),
        ],
        heading="À distance",
        classname="collapsed",
    ),
]
ORGANISATION_PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("price_excl_tax"), FieldPanel("price_unit")]),
            FieldPanel("vat_regime"),
            FieldPanel("price_note"),
        ],
        heading="Tarif",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel("employer_funding"),
                    FieldPanel("opco_funding"),
                    FieldPanel("faf_funding"),
                ]
            ),
            FieldRowPanel([FieldPanel("france_travail_funding"), FieldPanel("personal_funding")]),
            FieldPanel("cpf_url"),
            FieldPanel("funding_note"),
        ],
        heading="Financements possibles",
    ),
    MultiFieldPanel(
        [
            FieldPanel("contact_name"),
            FieldRowPanel([FieldPanel("contact_phone"), FieldPanel("contact_email")]),
            FieldPanel("accessibility_statement"),
            FieldPanel("disability_contact"),
        ],
        heading="Contact et accessibilité (vide\u00a0: comme le catalogue)",
    ),
]
PUBLICATION_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("is_certifying"),
            FieldPanel("certification_title"),
            FieldRowPanel([FieldPanel("certification_code"), FieldPanel("certifier")]),
            FieldRowPanel(
                [
                    FieldPanel("certification_registered_on"),
                    FieldPanel("certification_success_rate"),
                ]
            ),
            FieldPanel("certification_blocks"),
            FieldPanel("certification_pathways"),
            FieldPanel("certification_prospects"),
        ],
        heading="Certification",
        classname="collapsed",
    ),
    MultiFieldPanel([FieldPanel("first_session_on")], heading="Résultats"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("formacodes"), FieldPanel("nsf_code")]),
            FieldPanel("public_codes"),
            FieldRowPanel([FieldPanel("entry_level"), FieldPanel("learning_path")]),
            FieldPanel("entry_level_required"),
        ],
        heading="Codes pour les catalogues régionaux (export LHEO)",
        classname="collapsed",
    ),
]
