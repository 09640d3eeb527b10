"""A person's life with the site over ten years: what is left of her, row by row, file by file.

The purge runs for good. Somebody who goes on with the site must not be touched.
"""

from collections import Counter
from datetime import timedelta

from django.apps import apps
from django.forms.models import model_to_dict

import pytest
import time_machine

from blog.models import Comment
from blog.services.moderation import LIFECYCLE as MODERATION
from formation.enums import DocumentKind
from formation.services import paperwork
from recrutement.models import Application
from recrutement.services import pool
from recrutement.services.daily import run_daily
from recrutement.services.pool import Wishes
from rgpd.enums import RunOutcome
from rgpd.models import PurgeRun
from rgpd.register import Person, common
from rgpd.services.held import held_by
from rgpd.services.purge import purge
from site_enys.months import months_later
from site_enys.private_storage import private_storage
from site_enys.states import SYSTEM
from tests.blog.scenes import an_editor, leaves
from tests.factories.blog import PostPageFactory
from tests.factories.formation import individual
from tests.factories.home import ContactMessageFactory
from tests.factories.paperwork import AFTER, BEFORE, session_to_hold, taught
from tests.factories.recrutement import ApplicationFactory, DocumentFactory
from tests.harness.clock import paris
from tests.markers import files_that_say, traces

pytestmark = pytest.mark.django_db(transaction=True)

#: Rare letters, that nothing else of the site writes.
NAME = "Zoéwxq"
EMAIL = "zoewxq@exemple.test"
CONTROL = "paul@exemple.test"
START = BEFORE  # 15 January 2027


@pytest.fixture
def world():
    with time_machine.travel(START, tick=False):
        article = PostPageFactory(date=START - timedelta(days=1))
        a_contact()
        a_candidate()
        a_commenter(article)
        control(article)
        ordinary = session_to_hold()
    with time_machine.travel(AFTER, tick=False):
        a_trainee(ordinary)
        cofinanced = session_to_hold(cofinanced=True)
        a_trainee(cofinanced)


def a_contact():
    ContactMessageFactory(name=NAME, email=EMAIL, text=f"De {NAME}.")


def a_candidate():
    """Refused on the first day, and in the pool."""
    application = ApplicationFactory(
        last_name=NAME, email=EMAIL, state="rejected", submitted_at=START
    )
    DocumentFactory(application=application, created_at=START)
    pool.give(application, Wishes(skills=f"Ce que {NAME} sait faire"), now=START)


def a_commenter(article):
    """One comment that was published, one that nobody has read."""
    published = leaves(article, f"Publié, de {NAME}.", email=EMAIL)
    Comment.objects.filter(pk=published.pk).update(name="Une lectrice", text="Merci.")
    MODERATION.apply(published, "approve", by=an_editor(), now=START)
    Comment.objects.filter(pk=leaves(article, f"Jamais lu, de {NAME}.", email=EMAIL).pk).update(
        name=NAME
    )


def a_trainee(session):
    """She followed the session, which was closed; her certificate was delivered."""
    [enrolment] = taught(session, individual(1, last_name=NAME, email=EMAIL))
    kind = DocumentKind.CERTIFICATE
    paperwork.deliver(kind, enrolment, by=SYSTEM, now=AFTER)


def control(article):
    """Somebody whose application is going on, and whose comment is online."""
    application = ApplicationFactory(email=CONTROL, state="interview", submitted_at=START)
    DocumentFactory(application=application, created_at=START)
    MODERATION.apply(leaves(article, "De Paul."), "approve", by=an_editor(), now=START)


def untouched():
    """Every value of the rows of the control, files included."""
    mine = Application.objects.get(email=CONTROL)
    file = mine.documents.get()
    with private_storage().open(file.file.name) as stored:
        content = stored.read()
    rows = [mine, file, Comment.objects.get(text="De Paul.")]
    # What is hashed of a connection ends for everybody after thirty days, and the site notes by
    # itself that it wrote to her.
    changing = ["sender", "last_resort_at", "first_answer_at"]
    return content, [model_to_dict(row, exclude=changing) for row in rows]


def night(now):
    """The work of one night, as the clock does it."""
    with time_machine.travel(now, tick=False):
        purge(now, apply=True, entries=common())
        run_daily(now, apply=True)


def her_rows():
    return [(held.entry, row) for held in held_by(Person(EMAIL)) for row in held.rows]


def left():
    """How many rows of each kind are hers."""
    return dict(Counter(type(row).__name__ for _entry, row in her_rows()))


def midday(months):
    """Noon of the 15th, so many months after the beginning."""
    day = months_later(START.date(), months)
    return paris(day.year, day.month, day.day, 12)


def went_with_its_subject(row):
    """A message goes with what it is about, sooner than by itself."""
    label, _, pk = getattr(row, "about", "").partition(":")
    return bool(pk) and not apps.get_model(label)._base_manager.filter(pk=pk).exists()


def check_what_was_told(told, now):
    """What the screens said before the night is what the night did: nothing sooner nor later."""
    for entry, row, countdown in told:
        fresh = entry.model._base_manager.filter(pk=row.pk).first()
        if countdown.day is None or countdown.day > now.date():
            assert fresh or went_with_its_subject(row), (now, row, countdown.sentence)
        elif countdown.day < now.date() and fresh:  # a part of it went, and the rest has its day
            assert entry.countdown_of(fresh).day != countdown.day, (now, row, countdown.sentence)


PROOFS = {"EnrolmentRequest": 2, "Enrolment": 2, "IssuedDocument": 2}
CANDIDATE = {"Application": 1, "PoolConsent": 1}
ONE_COFINANCED = {"EnrolmentRequest": 1, "Enrolment": 1, "IssuedDocument": 1}
#: So many months after the beginning (the sessions end six weeks after it): what is left of her.
LEFT = {
    1: PROOFS | CANDIDATE | {"ContactMessage": 1, "OutgoingMessage": 5},
    7: PROOFS | CANDIDATE | {"ContactMessage": 1, "OutgoingMessage": 5},
    12: PROOFS | CANDIDATE | {"OutgoingMessage": 4},  # written in March, about the sessions
    14: PROOFS | CANDIDATE,
    23: PROOFS | CANDIDATE | {"OutgoingMessage": 1},  # would you stay in the pool?
    24: PROOFS,
    36: PROOFS,
    73: PROOFS,
    74: ONE_COFINANCED,
    121: ONE_COFINANCED,
    122: {},
}


def test_a_life_over_ten_years(world):
    before = untouched()

    for months, expected in LEFT.items():
        now = midday(months)
        with time_machine.travel(now, tick=False):
            told = [(entry, row, entry.countdown_of(row)) for entry, row in her_rows()]
        night(now)

        check_what_was_told(told, now)
        assert left() == expected, months

    assert untouched() == before
    assert traces(NAME, EMAIL) == []
    assert files_that_say(NAME, EMAIL) == []
    assert not PurgeRun.objects.exclude(outcome=RunOutcome.DONE).exists()
