"""The screens of personal data."""

from wagtail.snippets.models import register_snippet

from site_enys.admin.viewsets import FIELD_LINKS

from .desk.notices import NoticeVersionViewSet, words_url

register_snippet(NoticeVersionViewSet)
FIELD_LINKS.append(words_url)
