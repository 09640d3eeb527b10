"""One submission makes one record, whatever the browser, the network or a robot does."""

import uuid
from datetime import timedelta
from threading import Barrier

from django import forms
from django.core import signing
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

import pytest

from site_enys.exceptions import Refused
from site_enys.models import FormSubmission, PrivateFileAccess, RateWindow
from site_enys.public_forms import HONEYPOT, TOKEN, PublicForm, submit
from tests.harness.clock import paris
from tests.races import at_once

NOW = paris(2027, 3, 8, 10, 15)
SHOWN = NOW - timedelta(seconds=30)


class NoteForm(PublicForm):
    purpose = "note"
    name = forms.CharField(max_length=40)
    email = forms.EmailField(required=False)
    message = forms.CharField(max_length=200, widget=forms.Textarea, required=False)
    topic = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    many = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y")], required=False)
    seats = forms.IntegerField(required=False)
    cv = forms.FileField(required=False)


class OtherForm(NoteForm):
    purpose = "other"


def filled(*, shown=SHOWN, form=NoteForm, **changes):
    data = QueryDict(mutable=True)
    data.update({TOKEN: form(now=shown).new_token(), "name": "Awa Diallo"} | changes)
    return data


def record():
    made = PrivateFileAccess.objects.create(subject="note")
    return f"/merci/{made.pk}/"


def send(data, *, now=NOW, form=NoteForm, save=record, path="/contact/", files=None, **meta):
    """What the visitor gets: the address of the answer (or None), and the form."""
    bound = form(data, files, now=now)
    return submit(RequestFactory().post(path, **meta), bound, save), bound


def records():
    return PrivateFileAccess.objects.count()


# -- One record ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_submission_makes_its_record_and_gives_the_address_of_the_answer():
    url, form = send(filled())

    assert records() == 1
    assert url == f"/merci/{PrivateFileAccess.objects.get().pk}/"
    assert not form.quarantined


@pytest.mark.django_db
def test_a_reload_gets_the_same_answer_and_makes_nothing():
    data = filled()
    first, _ = send(data)

    assert send(data.copy())[0] == first
    assert records() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_record_and_both_get_the_same_answer():
    data = filled()

    answers = at_once(*[lambda: send(data.copy())[0]] * 4)

    assert records() == 1
    assert answers == [f"/merci/{PrivateFileAccess.objects.get().pk}/"] * 4


@pytest.mark.django_db(transaction=True)
def test_control_looking_before_writing_is_not_enough():
    both_have_looked = Barrier(2, timeout=10)

    def without_token():
        found = PrivateFileAccess.objects.filter(subject="note").exists()
        both_have_looked.wait()
        if not found:
            record()

    at_once(without_token, without_token)

    assert records() == 2


@pytest.mark.django_db
def test_other_answers_under_a_used_token_are_shown_again_with_a_fresh_one():
    data = filled()
    send(data)
    again = data.copy()
    again["name"] = "Marc Petit"

    url, form = send(again)

    assert url is None
    assert "déjà été envoyé une fois" in str(form.non_field_errors())
    assert form["name"].value() == "Marc Petit"
    assert form.data[TOKEN] != data[TOKEN]
    assert send(form.data.copy(), now=NOW + timedelta(minutes=1))[0] is not None
    assert records() == 2


@pytest.mark.django_db
def test_the_same_answers_sent_to_another_page_are_not_the_first_ones():
    data = filled()
    send(data, path="/formation/sessions/1/")

    url, _ = send(data.copy(), path="/formation/sessions/2/")

    assert url is None


@pytest.mark.django_db
def test_another_file_is_another_answer():
    data = filled()
    first, _ = send(data, files={"cv": SimpleUploadedFile("cv.pdf", b"%PDF-1")})

    same = send(data.copy(), files={"cv": SimpleUploadedFile("cv.pdf", b"%PDF-1")})
    other = send(data.copy(), files={"cv": SimpleUploadedFile("cv.pdf", b"%PDF-1.7")})

    assert same[0] == first
    assert other[0] is None


@pytest.mark.django_db
def test_a_refusal_by_the_rules_gives_the_token_back():
    def full():
        record()
        raise Refused("Cette session est complète.", field="name")

    data = filled()

    url, form = send(data, save=full)

    assert url is None
    assert form.errors["name"] == ["Cette session est complète."]
    assert records() == FormSubmission.objects.count() == 0
    assert send(data.copy())[0] is not None
    assert records() == 1


@pytest.mark.django_db
def test_a_refusal_beside_a_field_that_the_form_does_not_have_is_shown_above():
    def refuse():
        raise Refused("Trop tard.", field="absent")

    _, form = send(filled(), save=refuse)

    assert form.non_field_errors() == ["Trop tard."]


@pytest.mark.django_db
def test_a_conflict_between_records_is_not_mistaken_for_a_replay():
    def conflict():
        FormSubmission.objects.create(nonce=uuid.UUID(int=1), purpose="x")
        FormSubmission.objects.create(nonce=uuid.UUID(int=1), purpose="x")

    with pytest.raises(IntegrityError):
        send(filled(), save=conflict)


# -- The token ----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token",
    [
        pytest.param("", id="absent"),
        pytest.param("x" * 500, id="too long"),
        pytest.param("pas:un:jeton", id="not signed"),
        pytest.param(signing.dumps(["a", "b"], salt="public-form:note"), id="not a nonce"),
        pytest.param(signing.dumps(3, salt="public-form:note"), id="not a pair"),
    ],
)
def test_a_bad_token_asks_to_send_again_and_keeps_what_was_typed(token):
    url, form = send(filled(**{TOKEN: token}))

    assert url is None
    assert set(form.errors) == {"__all__"}
    assert "resté ouvert trop longtemps" in str(form.errors)
    assert form["name"].value() == "Awa Diallo"
    assert send(form.data.copy(), now=NOW + timedelta(seconds=10))[0] is not None


@pytest.mark.django_db
def test_an_altered_token_is_refused():
    data = filled()
    data[TOKEN] = data[TOKEN][:-1] + ("A" if data[TOKEN][-1] != "A" else "B")

    assert send(data)[0] is None


@pytest.mark.django_db
def test_the_token_of_another_form_is_refused():
    assert send(filled(form=OtherForm))[0] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "accepted"), [(timedelta(hours=4), True), (timedelta(hours=4, seconds=1), False)]
)
def test_a_form_may_stay_open_four_hours(age, accepted):
    url, _ = send(filled(shown=NOW - age))

    assert (url is not None) is accepted


# -- Quarantine ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seconds", "suspect"), [(1.9, True), (2, False)], ids=["too fast", "human"]
)
def test_a_form_sent_faster_than_a_person_can_is_set_aside(seconds, suspect):
    url, form = send(filled(shown=NOW - timedelta(seconds=seconds)))

    assert url is not None
    assert form.quarantined is suspect
    assert FormSubmission.objects.get().quarantined is suspect


@pytest.mark.django_db
def test_a_robot_that_fills_the_trap_is_answered_like_the_others_and_set_aside():
    url, form = send(filled(**{HONEYPOT: "http://spam.example"}))

    assert url is not None
    assert form.quarantined


# -- Rate limit ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_limit_of_an_address_is_per_form_and_per_hour(settings):
    settings.FORM_HOURLY_LIMIT = 3
    for _ in range(3):
        assert send(filled())[0] is not None

    url, form = send(filled())

    assert url is None
    assert "Réessayez dans 45\u00a0min" in str(form.non_field_errors())
    assert records() == 3
    assert send(filled(), REMOTE_ADDR="192.0.2.9")[0] is not None
    assert send(filled(form=OtherForm), form=OtherForm)[0] is not None
    later = paris(2027, 3, 8, 11, 0)
    assert send(filled(shown=later - timedelta(minutes=1)), now=later)[0] is not None


@pytest.mark.django_db
def test_one_second_before_the_hour_the_wait_is_one_minute(settings):
    settings.FORM_HOURLY_LIMIT = 0

    _, form = send(filled(), now=paris(2027, 3, 8, 10, 59) + timedelta(seconds=59))

    assert "dans 1\u00a0min" in str(form.non_field_errors())


@pytest.mark.django_db
def test_a_reload_at_the_limit_still_gets_its_answer(settings):
    settings.FORM_HOURLY_LIMIT = 1
    data = filled()
    first, _ = send(data)

    assert send(data.copy())[0] == first


@pytest.mark.django_db
def test_what_the_rules_refuse_counts_too(settings):
    settings.FORM_HOURLY_LIMIT = 1

    def refuse():
        raise Refused

    send(filled(), save=refuse)

    assert send(filled())[0] is None


@pytest.mark.django_db
def test_no_address_is_kept():
    send(filled(), REMOTE_ADDR="192.0.2.9")

    assert "192.0.2.9" not in str(RateWindow.objects.values().get())


@pytest.mark.django_db
def test_a_forwarded_address_is_believed_only_behind_a_proxy_of_ours(settings):
    settings.FORM_HOURLY_LIMIT = 1
    forged = [f"203.0.113.{number}" for number in range(2)]

    assert send(filled(), HTTP_X_FORWARDED_FOR=forged[0])[0] is not None
    assert send(filled(), HTTP_X_FORWARDED_FOR=forged[1])[0] is None

    settings.PROXY_COUNT = 1
    assert send(filled(), HTTP_X_FORWARDED_FOR=forged[0])[0] is not None
    assert send(filled(), HTTP_X_FORWARDED_FOR=forged[1])[0] is not None
    # What the visitor wrote himself stands to the left of what the proxy wrote.
    assert send(filled(), HTTP_X_FORWARDED_FOR=f"198.51.100.1, {forged[0]}")[0] is None


@pytest.mark.django_db
def test_a_whole_ipv6_network_counts_as_one_address(settings):
    settings.FORM_HOURLY_LIMIT = 1

    assert send(filled(), REMOTE_ADDR="2001:db8:1:2::1")[0] is not None
    assert send(filled(), REMOTE_ADDR="2001:db8:1:2:ffff::9")[0] is None
    assert send(filled(), REMOTE_ADDR="2001:db8:1:3::1")[0] is not None


@pytest.mark.django_db(transaction=True)
def test_simultaneous_submissions_are_all_counted(settings):
    settings.FORM_HOURLY_LIMIT = 3

    answers = at_once(*[lambda: send(filled())[0]] * 6)

    assert sum(isinstance(answer, str) for answer in answers) == 3
    assert answers.count(None) == 3
    assert RateWindow.objects.get().count == 3


# -- What is typed ------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "a\x00b", "nul"),
        ("name", "a\x07b", "caractères invisibles"),
        ("name", "a\u202eb", "caractères invisibles"),
        ("name", "Awa\r\nBcc: x@y.fr", "une ligne"),
        ("name", "é" * 41, "40"),
        ("message", "a\x1bb", "caractères invisibles"),
        ("message", "a" * 201, "200"),
        ("email", "a@b\x00.fr", ""),
        ("email", "a" * 300 + "@enys.fr", ""),
        ("topic", "a\x00", "choix valide"),
        ("many", "z", "choix valide"),
        ("seats", "9" * 30, "inférieure ou égale"),
        ("seats", "-" + "9" * 30, "supérieure ou égale"),
        ("seats", "1e9", "nombre entier"),
    ],
)
def test_hostile_text_is_refused_beside_its_field_in_french(field, value, sentence):
    url, form = send(filled(**{field: value}))

    assert url is None
    assert list(form.errors) == [field]
    assert sentence in str(form.errors[field])


@pytest.mark.django_db
def test_ordinary_answers_pass():
    data = filled(
        message="Bonjour,\r\n\r\n\tmerci\u202f! — 😀 l’été",
        topic="b",
        seats="12",
        email="awa@enys.fr",
    )
    data.setlist("many", ["x", "y"])

    url, form = send(data)

    assert url is not None, form.errors
    assert form.cleaned_data["many"] == ["x", "y"]


def test_a_text_without_maximum_length_is_not_a_public_form():
    class Boundless(PublicForm):
        purpose = "x"
        text = forms.CharField()

    with pytest.raises(ImproperlyConfigured, match="Boundless"):
        Boundless()


def test_a_form_without_purpose_is_not_a_public_form():
    class Aimless(PublicForm):
        pass

    with pytest.raises(ImproperlyConfigured, match="Aimless"):
        Aimless().new_token()


def test_a_form_that_forgets_the_token_is_not_a_public_form():
    class Forgetful(NoteForm):
        def clean(self):
            return self.cleaned_data

    with pytest.raises(ImproperlyConfigured, match="Forgetful"):
        send(filled(), form=Forgetful)


def test_each_showing_of_a_form_has_its_own_token():
    form = NoteForm(now=timezone.now())

    assert form[TOKEN].value() == form[TOKEN].value()
    assert form[TOKEN].value() != NoteForm()[TOKEN].value()


def test_the_trap_is_not_one_of_the_visible_fields():
    names = [field.name for field in NoteForm().own_fields]

    assert names == ["name", "email", "message", "topic", "many", "seats", "cv"]


# -- What is said of each field -----------------------------------------------------------------


@pytest.mark.parametrize("text", ["\u200b", "\u200f\u200b", "\u2060\ufeff", "\u00ad"])
def test_a_text_of_which_nothing_shows_is_no_answer(text):
    form = NoteForm(filled(name=text), now=NOW)

    assert "aucun signe visible" in str(form.errors["name"])


@pytest.mark.parametrize("text", ["Zoé", "李", "علي", "O’Neil", "👩\u200d🎓"])
def test_any_writing_that_shows_is_welcome(text):
    assert "name" not in NoteForm(filled(name=text), now=NOW).errors


def test_each_fault_of_a_field_is_said_once():
    form = NoteForm(filled(email="a" * 300 + "@exemple.test"), now=NOW)

    assert len(form.errors["email"]) == len(set(form.errors["email"]))


@pytest.mark.django_db
def test_a_fault_that_no_visible_field_carries_is_said_all_the_same():
    class Carrying(NoteForm):
        carried = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    form = Carrying(filled(carried="x" * 11), now=NOW)

    assert "10 caractères" in form.render().replace("\u00a0", " ")
