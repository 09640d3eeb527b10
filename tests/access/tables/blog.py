"""The articles, their authors and their comments; and the search of the site."""

from tests.access.engine import (
    LOGIN,
    ON,
    POST_ONLY,
    REFUSED,
    UNKNOWN,
    Table,
    everybody,
    lines,
    only,
    screens,
    staff,
)

WRITERS = ("redaction", "direction", "superuser")

DESK: Table = {
    **screens(
        "blog_comment", WRITERS, deleted_by=WRITERS, decided_by=only(*WRITERS, others=UNKNOWN)
    )
    | lines(only(), "wagtailsnippets_blog_comment:usage"),
    **screens("blog_author", WRITERS, written_by=WRITERS, inspected=False),
    **screens("blog_category", WRITERS, written_by=WRITERS, inspected=False),
    # Both have articles: the screen says so and leads back.
    **lines(
        only(*WRITERS, answer=ON),
        "wagtailsnippets_blog_author:delete wagtailsnippets_blog_category:delete",
    ),
    **screens("search_promotion", WRITERS, written_by=WRITERS, deleted_by=WRITERS, inspected=False),
    **screens("search_searchmiss", WRITERS, inspected=False),
    **lines(staff(POST_ONLY), "search_miss_handled"),
    **lines(
        only(*WRITERS),
        "blog_answer_comment blog_tags blog_tags_merge blog_tag_rename blog_tag_delete",
    ),
}
PUBLIC: Table = {
    **lines(
        everybody(),
        """blog:archives blog:year blog:month blog:category blog:tag blog:tags blog:author blog:feed
        blog:comments_feed blog:part_feed blog:comments_of_post_feed blog:answered blog:report
        blog:reported blog:answer blog:answer_to search:results search:suggestions""",
    ),
    **lines(everybody(ON), "blog:open_moderation blog:social_card"),
    # By the link of an e-mail, or by the right to moderate.
    "blog:moderate": everybody(REFUSED) | dict.fromkeys(WRITERS, "ouvert"),
    "blog:moderate_post": everybody(REFUSED)
    | dict.fromkeys(WRITERS, "ouvert")
    | {"anonyme": LOGIN},
}
#: The choosers of what is public anyway: any account of the team.
WAGTAIL: Table = {
    **lines(
        staff(),
        """wagtailsnippetchoosers_blog_author:choose wagtailsnippetchoosers_blog_author:chosen
        wagtailsnippetchoosers_blog_category:choose wagtailsnippetchoosers_blog_category:chosen""",
    ),
    **lines(
        only(*WRITERS),
        "wagtailsnippetchoosers_blog_author:create wagtailsnippetchoosers_blog_category:create",
    ),
}
