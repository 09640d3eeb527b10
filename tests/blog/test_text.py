"""What readers write is shown as they wrote it, and can do nothing."""

import pytest

from blog.services.text import reader_text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Bonjour", "<p>Bonjour</p>"),
        ("Un\n\nDeux", "<p>Un</p>\n<p>Deux</p>"),
        ("Un\r\n\r\n\r\nDeux\r\ntrois", "<p>Un</p>\n<p>Deux<br>trois</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        (
            "voir https://enys.example/a?b=1&c=2.",
            (
                '<p>voir <a href="https://enys.example/a?b=1&amp;c=2" rel="nofollow ugc noopener">'
                "https://enys.example/a?b=1&amp;c=2</a>.</p>"
            ),
        ),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("a@b.fr", "<p>a@b.fr</p>"),
        ("   ", ""),
    ],
)
def test_a_plain_text_becomes_harmless_html(text, html):
    assert reader_text(text) == html


def test_an_address_cannot_leave_its_attribute():
    html = reader_text('https://x.fr/"onmouseover="alert(1)')

    assert 'href="https://x.fr/"' in html
    assert "onmouseover=&quot;alert(1)" in html


def test_a_very_long_text_is_quick():
    reader_text("http://" * 100_000 + "\n" * 100_000)
