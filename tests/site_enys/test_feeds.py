"""What every feed of the site does alike."""

from site_enys.feeds import for_xml


def test_xml_gets_no_character_it_cannot_hold():
    assert for_xml("a\x00b\x0bc\ud800d\n\té") == "abcd\n\té"
