"""What is asked of browsers while an attack lasts, and of nobody otherwise."""

import base64
import json
from datetime import timedelta

from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

import altcha
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.models import ContactMessage
from site_enys import proof_of_work
from site_enys.models import FormProtection, FormSubmission
from site_enys.public_forms import PROOF, TOKEN, submit
from tests.factories.home import ContactPageFactory
from tests.site_enys.test_public_forms import NoteForm, OtherForm, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def attack():
    FormProtection.objects.create(proof_of_work=True)


def opened(form=NoteForm, *, ago=30):
    """A form as it was shown some seconds ago: its token, and what it asked to solve."""
    shown = form(now=timezone.now() - timedelta(seconds=ago))
    return str(shown[TOKEN].value()), shown.challenge


def sent(token, proof="", form=NoteForm, **answers):
    data = QueryDict(mutable=True)
    data.update({TOKEN: token, "name": "Awa Diallo", PROOF: proof} | answers)
    bound = form(data)
    url = submit(RequestFactory().post("/contact/"), bound, record)
    assert url is not None
    return bound


def test_without_an_attack_nothing_is_asked_nor_sent(client):
    page = ContactPageFactory()

    html = client.get(page.url).content.decode()
    token, asked = opened()

    assert asked == ""
    assert "data-proof" not in html
    assert "proof.js" not in html
    assert not sent(token).quarantined


def test_it_is_asked_of_every_form_by_our_own_files(client, attack):
    html = client.get(ContactPageFactory().url).content.decode()

    assert html.count("data-proof=") == 1
    assert 'src="/static/js/proof.js"' in html
    assert 'data-worker="/static/js/proof_worker.js"' in html


def test_a_browser_that_solves_it_is_received_like_before(attack):
    token, asked = opened()

    assert not sent(token, proof_of_work.solve(asked)).quarantined


@pytest.mark.parametrize("proof", ["", "e30=", "Contrôle", "[]", "x" * 4000, "{}", "AAAA"])
def test_whoever_sends_without_it_is_set_aside_and_answered_like_the_others(attack, proof):
    token, _ = opened()

    assert sent(token, proof).quarantined
    assert FormSubmission.objects.get().quarantined


def test_without_javascript_the_page_says_nothing_and_the_message_is_kept(client, attack):
    page = ContactPageFactory()
    token = client.get(page.url).context["form"][TOKEN].value()
    answers = {"topic": "autre", "name": "Awa Diallo", "email": "awa@exemple.fr", "text": "Bonjour"}
    topics = [value for value, _ in client.get(page.url).context["form"].fields["topic"].choices]

    response = client.post(page.url, answers | {TOKEN: token, "topic": topics[-1]})

    assert response.status_code == 303
    assert ContactMessage.objects.get().suspect


def test_one_solution_serves_one_form(attack):
    token, asked = opened()
    solved = proof_of_work.solve(asked)
    another, _ = opened()

    assert not sent(token, solved).quarantined
    assert sent(another, solved).quarantined
    assert FormSubmission.objects.count() == 2


def test_a_double_click_with_one_solution_makes_one_record(attack):
    token, asked = opened()
    solved = proof_of_work.solve(asked)

    sent(token, solved)
    sent(token, solved)

    assert FormSubmission.objects.count() == 1


def test_a_solution_is_of_no_use_in_another_form(attack):
    token, asked = opened(OtherForm)

    assert not sent(token, proof_of_work.solve(asked), OtherForm).quarantined
    assert sent(opened()[0], proof_of_work.solve(opened(OtherForm)[1])).quarantined


def test_a_solution_has_an_end(attack):
    late = proof_of_work.challenge(
        "note:1", now=timezone.now() - timedelta(hours=4), lasts=timedelta(hours=4, seconds=-1)
    )
    in_time = proof_of_work.challenge(
        "note:1", now=timezone.now() - timedelta(hours=3), lasts=timedelta(hours=4)
    )

    assert not proof_of_work.is_solved(proof_of_work.solve(late), "note:1")
    assert proof_of_work.is_solved(proof_of_work.solve(in_time), "note:1")


def test_an_easier_challenge_than_ours_is_not_ours(attack):
    asked = json.loads(
        proof_of_work.challenge("note:1", now=timezone.now(), lasts=timedelta(hours=1))
    )
    easier = asked | {"parameters": asked["parameters"] | {"keyPrefix": ""}}
    unsigned = altcha.create_challenge("SHA-256", 1, key_prefix="", data={"form": "note:1"})

    assert not proof_of_work.is_solved(proof_of_work.solve(json.dumps(easier)), "note:1")
    answer = altcha.Payload(unsigned, altcha.solve_challenge(unsigned)).to_base64()
    assert not proof_of_work.is_solved(answer, "note:1")


def test_a_wrong_number_solves_nothing(attack):
    token, asked = opened()
    answer = json.loads(base64.b64decode(proof_of_work.solve(asked)))
    answer["solution"]["counter"] += 1

    assert sent(token, base64.b64encode(json.dumps(answer).encode()).decode()).quarantined


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["challenge", "solution", "parameters", "signature", "counter", "salt"]
                ),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_whatever_is_sent_is_no_error(answer):
    data = base64.b64encode(json.dumps(answer).encode()).decode()

    assert proof_of_work.is_solved(data, "note:1") is False


def test_the_real_cost_is_a_second_or_two_and_is_verified_at_once(attack, settings):
    settings.PROOF_OF_WORK_COST = 5_000
    token, asked = opened()

    assert json.loads(asked)["parameters"]["cost"] == 5_000
    assert not sent(token, proof_of_work.solve(asked)).quarantined


def test_the_direction_alone_switches_it(log_in):
    url = "/admin/settings/site_enys/formprotection/"
    place = log_in("direction").get(url, follow=True).redirect_chain[-1][0]

    log_in("redaction").post(place, {"proof_of_work": "on"})
    assert not proof_of_work.is_wanted()
    log_in("direction").post(place, {"proof_of_work": "on"})

    assert proof_of_work.is_wanted()
    assert (
        "protection renforcée des formulaires"
        in log_in("direction").get("/admin/").content.decode()
    )
    assert "protection renforcée" not in log_in("redaction").get("/admin/").content.decode()


def test_a_form_asks_the_setting_once(count_queries):
    form = NoteForm()

    assert count_queries(lambda: (form.challenge, form.challenge, form.unproven)) == 1
