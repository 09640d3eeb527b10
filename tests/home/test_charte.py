"""« Charte » : what the public pages are made of, on one page that reads the code."""

from django.urls import reverse

import pytest

from home.blocks import BodyStreamBlock
from home.desk.charte import pairs_of, tokens
from site_enys.contrast import contrast


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#1c2e35", "#1c2e35", 1)],
)
def test_the_ratio_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_tokens_are_read_in_both_schemes() -> None:
    values = tokens()

    assert values["clair"]["paper"] != values["sombre"]["paper"]
    assert values["clair"]["beat"] == values["sombre"]["beat"]


@pytest.mark.parametrize("scheme", ["clair", "sombre"])
def test_every_colour_is_read_on_its_grounds(scheme: str) -> None:
    pairs = pairs_of(tokens()[scheme])

    assert len(pairs) > 15
    assert [(pair.word, pair.ground, pair.ratio) for pair in pairs if not pair.holds] == []


@pytest.mark.django_db
def test_the_page_shows_every_token_and_every_block(log_in) -> None:
    html = log_in("redaction").get(reverse("charte")).text

    assert all(f"<b>{name}</b>" in html for name in ("paper", "accent", "on-deep"))
    for block in BodyStreamBlock().child_blocks.values():
        assert f"<h3>{block.label}</h3>" in html
    assert "Votre envoi est à corriger" in html


@pytest.mark.django_db
def test_a_scheme_is_shown_whatever_the_reader_s_own(log_in) -> None:
    client = log_in("redaction")
    dark = reverse("charte_scheme", args=["sombre"])

    html = client.get(reverse("charte"), {"schema": "sombre"}).text
    css = client.get(dark).text

    assert f'href="{dark}"' in html
    assert f"--paper: {tokens()['sombre']['paper']};" in css
    assert (
        'rel="stylesheet" href="/admin' not in client.get(reverse("charte"), {"schema": "x"}).text
    )


@pytest.mark.django_db
def test_the_charte_is_for_the_team(client) -> None:
    for name, args in (("charte", []), ("charte_both", []), ("charte_scheme", ["clair"])):
        assert client.get(reverse(name, args=args)).status_code == 302
