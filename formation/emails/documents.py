"""The e-mails that say that documents are ready: to the trainee, and to the employer's contact."""

from collections.abc import Sequence

from formation.models import Enrolment, EnrolmentRequest, IssuedDocument

from .parts import to_company, to_trainee


def documents_ready(enrolment: Enrolment, documents: Sequence[IssuedDocument]) -> None:
    """What is delivered at the end of a session: read by the link, never attached."""
    to_trainee("formation_documents_ready", enrolment, documents=documents)


def documents_ready_for_company(request: EnrolmentRequest, people: Sequence[Enrolment]) -> None:
    """One message for all the people of the request."""
    to_company("formation_company_documents", request, people)
