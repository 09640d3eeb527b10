"""Two signatures, or a signature and a revocation, at the same instant."""

from django.utils import timezone

import pytest

from formation.enums import AgreementState, EnrolmentState
from formation.models import Agreement, Enrolment, IssuedDocument
from formation.services import agreements, signatures
from formation.services.agreement_lifecycle import AGREEMENT_LIFECYCLE
from formation.services.signing import MOST_TRIES, refusal_of
from site_enys.exceptions import Refused
from site_enys.states import Actor, Role
from tests.factories.formation import agreement_to_sign, group, known_firm
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

STAFF = Actor(Role.STAFF)


@pytest.fixture
def agreement():
    return agreement_to_sign(group(1, 2), timezone.now())


def test_two_signatures_at_once_make_one(agreement):
    now = timezone.now()

    answers = at_once(*[lambda: signatures.sign(agreement, now=now) for _ in range(2)])

    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert IssuedDocument.objects.count() == 2
    assert set(Enrolment.objects.values_list("state", flat=True)) == {EnrolmentState.CONFIRMED}
    assert Agreement.objects.get().state == AgreementState.SIGNED


def test_a_signature_and_a_revocation_at_once_leave_one_outcome(agreement):
    now = timezone.now()

    signed, revoked = at_once(
        lambda: signatures.sign(agreement, now=now),
        lambda: AGREEMENT_LIFECYCLE.apply(
            Agreement.objects.get(pk=agreement.pk), "revoke", by=STAFF, now=now, reason="Motif."
        ),
    )

    confirmed = Enrolment.objects.filter(state=EnrolmentState.CONFIRMED).count()
    assert Agreement.objects.get().state == AgreementState.REVOKED
    assert not isinstance(revoked, Exception)
    assert confirmed == (0 if isinstance(signed, Refused) else 2)
    assert not IssuedDocument.objects.in_force().exists()


def test_two_sendings_at_once_leave_one_agreement(agreement):
    firm, now = known_firm(), timezone.now()

    at_once(
        *[lambda: agreements.send(agreement.request, firm, by=STAFF, now=now) for _ in range(2)]
    )

    assert Agreement.objects.exclude(state=AgreementState.REVOKED).count() == 1
    assert IssuedDocument.objects.in_force().count() == 1


def test_many_answers_at_once_are_no_more_than_five_tries(agreement):
    now = timezone.now()
    signatures.accept(agreement, "Martine Aubert", now, now=now)

    refusals = at_once(*[lambda: refusal_of(agreement, "abcdef", now) for _ in range(9)])

    assert all(isinstance(refusal, Refused) for refusal in refusals)
    assert Agreement.objects.get().code_tries == MOST_TRIES
