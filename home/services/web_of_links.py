"""The site's one drawing: a web of links between people, woven from a seed.

The same seed always gives the same web, in the pages (SVG) and in the pictures of the
demonstration. Coordinates are in the units of the drawing.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import dist
from random import Random

Point = tuple[float, float]

# Of a person, in sizes of the head: half the width of the shoulders, and where they begin.
SHOULDERS = 2.1
NECK = 1.45
# The sizes of a point that is nobody.
SMALL = (0.22, 0.45)


@dataclass(frozen=True)
class Knot:
    """A point of the web: a person, a ring or a dot."""

    x: float
    y: float
    kind: str
    size: float
    accent: bool

    @property
    def shoulders(self) -> str:
        """The path of the arc under the head of a person."""
        half = round(self.size * SHOULDERS, 1)
        left, base = self.x - half, self.y + half + self.size * NECK
        return f"M{left:g} {base:g}a{half:g} {half:g} 0 0 1 {2 * half:g} 0"


@dataclass(frozen=True)
class Thread:
    """A slightly bowed line between two points."""

    start: Point
    bend: Point
    end: Point


@dataclass(frozen=True)
class Web:
    width: int
    height: int
    knots: tuple[Knot, ...]
    threads: tuple[Thread, ...]

    @property
    def path(self) -> str:
        """All the threads as one SVG path."""
        return "".join(
            "M{:g} {:g}Q{:g} {:g} {:g} {:g}".format(*thread.start, *thread.bend, *thread.end)
            for thread in self.threads
        )


@lru_cache(maxsize=256)
def weave(seed: str, width: int, height: int, count: int) -> Web:
    """Weave `count` points into a web of `width` by `height`."""
    random = Random(seed)  # noqa: S311 - a drawing, not a secret
    points = _scatter(random, width, height, count)
    links = _neighbours(points)
    degree = {point: sum(point in link for link in links) for point in points}
    people = set(sorted(points, key=lambda point: -degree[point])[: max(2, count // 4)])
    accents = set(random.sample(sorted(people), k=max(1, count // 14)))
    unit = min(width, height) / 34
    knots = tuple(
        Knot(
            *point,
            kind="person" if point in people else random.choice(["dot", "dot", "ring"]),
            size=round(unit * random.uniform(*((0.6, 0.85) if point in people else SMALL)), 1),
            accent=point in accents,
        )
        for point in points
    )
    threads = tuple(Thread(start, _bend(random, start, end), end) for start, end in sorted(links))
    return Web(width, height, knots, threads)


def _scatter(random: Random, width: int, height: int, count: int) -> list[Point]:
    """Points far enough from each other: of several candidates, keep the loneliest."""
    margin = min(width, height) * 0.1
    points: list[Point] = []
    for _ in range(count):
        candidates = [
            (
                round(random.uniform(margin, width - margin), 1),
                round(random.uniform(margin, height - margin * 1.4), 1),
            )
            for _ in range(24)
        ]
        points.append(
            max(
                candidates,
                key=lambda spot: min((dist(spot, point) for point in points), default=0),
            )
        )
    return points


def _neighbours(points: list[Point]) -> list[tuple[Point, Point]]:
    """The Gabriel graph: two points are linked when no third lies in the circle between them."""
    links = []
    for a, b in combinations(points, 2):
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        radius = dist(a, b) / 2
        if all(dist(middle, other) >= radius for other in points if other not in (a, b)):
            links.append((a, b))
    return links


def _bend(random: Random, start: Point, end: Point) -> Point:
    """The middle of the line, pushed a little to one side."""
    push = random.uniform(-0.09, 0.09)
    return (
        round((start[0] + end[0]) / 2 - (end[1] - start[1]) * push, 1),
        round((start[1] + end[1]) / 2 + (end[0] - start[0]) * push, 1),
    )
