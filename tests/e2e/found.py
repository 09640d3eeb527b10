"""What the demonstration content offers to a journey: a session with seats, an open offer…"""

from urllib.parse import urlsplit

from django.utils import timezone

from blog.models import PostPage
from formation.enums import Availability, Visibility
from formation.models import Session
from formation.services.availability import availability
from formation.templatetags.formation_tags import sign_up_key
from recrutement.enums import CoverLetter
from recrutement.links import application_url
from recrutement.models import Application, JobOfferPage


def session_now(situation: Availability) -> Session:
    """The last public session in this situation: who pays alone signs up far ahead."""
    now = timezone.now()
    public = Session.objects.filter(visibility=Visibility.PUBLIC).select_related("course")
    public = public.order_by("-starts_at")
    return next(session for session in public if availability(session, now) == situation)


def last_seat() -> Session:
    """A session with one seat left and nobody waiting."""
    session = session_now(Availability.OPEN)
    Session.objects.filter(pk=session.pk).update(
        capacity=session.seats_taken + 1, min_participants=1
    )
    session.refresh_from_db()
    return session


def sign_up_address(session: Session) -> str:
    return f"/formation/inscription/{sign_up_key(session)}/"


def open_offer() -> JobOfferPage:
    """An offer that asks for a CV and for a few lines."""
    offers = JobOfferPage.objects.live().open(timezone.now())
    return offers.filter(cv_required=True).exclude(cover_letter=CoverLetter.NONE).first()


def space_of(state: str) -> str:
    """The link to her own space of somebody whose application is in this state."""
    application = Application.objects.filter(state=state).first()
    return urlsplit(application_url(application)).path


def silent_post() -> PostPage:
    """An article that takes comments and, from now on, has none."""
    now = timezone.now()
    post = next(post for post in PostPage.objects.published(now) if post.accepts_comments(now))
    post.comments.all().delete()
    return post
