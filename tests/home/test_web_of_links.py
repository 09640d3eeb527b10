from home.services.web_of_links import weave


def test_same_seed_gives_the_same_web() -> None:
    assert weave("conseil", 340, 170, 14) == weave("conseil", 340, 170, 14)
    assert weave("conseil", 340, 170, 14) != weave("blog", 340, 170, 14)


def test_web_stays_in_its_frame_and_holds_people() -> None:
    web = weave("enys", 900, 520, 40)

    assert len(web.knots) == 40
    assert sum(knot.kind == "person" for knot in web.knots) == 10
    assert any(knot.accent for knot in web.knots)
    for knot in web.knots:
        assert 0 < knot.x < 900
        assert 0 < knot.y < 520


def test_nobody_is_left_alone() -> None:
    web = weave("enys", 900, 520, 40)

    linked = {point for thread in web.threads for point in (thread.start, thread.end)}
    assert {(knot.x, knot.y) for knot in web.knots} == linked
