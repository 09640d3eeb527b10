"""Two machines that share a database, a Redis, a store of files and a post; each may break."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

from tests.servers.redis import RedisServer, redis_server
from tests.servers.s3 import KEYS, PRIVATE, PUBLIC, Buckets, buckets
from tests.servers.site import Site, children, kill, running_site, wait_until
from tests.servers.smtp import Post, smtp_server
from tests.tools.with_postgres import Server

LONGEST = 2.0  # seconds that one thing stays broken


class Machine:
    """gunicorn and the worker of the mail, both started again by whoever watches them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.web = site.web()
        self.worker = site.worker()

    def lose_a_process(self, chance: Random) -> None:
        """One of gunicorn's: gunicorn itself replaces it."""
        if workers := children(self.web):
            kill(chance.choice(workers))

    def lose_the_worker(self) -> None:
        self.worker.kill()
        self.worker.wait()
        self.worker = self.site.worker()

    def lose_power(self) -> None:
        for process in (*children(self.web), self.web.pid, self.worker.pid):
            kill(process)
        self.web.wait()
        self.worker.wait()
        self.web, self.worker = self.site.web(), self.site.worker()

    def tick(self) -> subprocess.Popen[bytes]:
        return self.site.start("manage.py", "tick", "--skip-checks")


class House:
    """What breaks, how, and how often it did; `mails_cut` bounds the messages that leave twice."""

    def __init__(
        self, database: Server, redis: RedisServer, store: Buckets, post: Post, sites: list[Site]
    ) -> None:
        self.database, self.redis, self.store, self.post = database, redis, store, post
        self.machines = [Machine(site) for site in sites]
        self.broken: dict[str, int] = {}
        self.mails_cut = 0

    def addresses(self) -> list[str]:
        return [machine.site.address for machine in self.machines]

    def healthy(self) -> bool:
        return all(machine.site.health() == 200 for machine in self.machines)

    def said(self) -> str:
        return "\n".join(machine.site.said() for machine in self.machines)

    def failures(self) -> str:
        return "\n".join(machine.site.failures() for machine in self.machines)

    def break_something(self, chance: Random) -> None:
        """One fault, from its beginning to its end."""
        name, fault = chance.choice(sorted(self.faults().items()))
        self.broken[name] = self.broken.get(name, 0) + 1
        fault(chance)

    def faults(self) -> dict[str, Callable[[Random], None]]:
        return {
            "web": lambda chance: chance.choice(self.machines).lose_a_process(chance),
            "worker": self._lose_a_worker,
            "machine": self._lose_a_machine,
            "database": self._cut_the_database,
            "redis killed": lambda chance: self._without_redis(
                self.redis.kill, self.redis.start, chance
            ),
            "redis silent": lambda chance: self._without_redis(
                self.redis.hold, self.redis.resume, chance
            ),
            "store": self._without_store,
            "post": self._bad_post,
            "two ticks": lambda _chance: [
                each.wait() for each in [machine.tick() for machine in self.machines]
            ],
        }

    def _lose_a_worker(self, chance: Random) -> None:
        self.mails_cut += 1
        chance.choice(self.machines).lose_the_worker()

    def _lose_a_machine(self, chance: Random) -> None:
        self.mails_cut += 1
        chance.choice(self.machines).lose_power()

    def _cut_the_database(self, chance: Random) -> None:
        # Each worker may hold a message that the server took and the database did not hear of.
        self.mails_cut += len(self.machines)
        self.database.stop()
        time.sleep(chance.uniform(0, LONGEST))
        self.database.start()
        wait_until(self.healthy, self.said)

    @staticmethod
    def _without_redis(away: Callable[[], None], back: Callable[[], None], chance: Random) -> None:
        away()
        time.sleep(chance.uniform(0, LONGEST))
        back()

    def _without_store(self, chance: Random) -> None:
        with self.store.relay.fail(chance.choice(["503", "silence", "reset"])):
            time.sleep(chance.uniform(0, LONGEST))

    def _bad_post(self, chance: Random) -> None:
        received = len(self.post.received)
        self.post.mood = chance.choice(["451", "drop"])
        time.sleep(chance.uniform(0, LONGEST))
        if self.post.mood == "drop":
            self.mails_cut += len(self.post.received) - received + len(self.machines)
        self.post.mood = "accept"


@contextmanager
def house(database: Server, folder: Path, **variables: str) -> Iterator[House]:
    """Two machines, started; every process is killed at the end."""
    with ExitStack() as opened:
        redis = opened.enter_context(redis_server())
        store = opened.enter_context(buckets())
        post = opened.enter_context(smtp_server())
        shared = {
            "REDIS_URL": redis.url,
            "S3_ENDPOINT": f"http://127.0.0.1:{store.relay.port}",
            "S3_REGION": KEYS["region_name"],
            "S3_ACCESS_KEY": KEYS["access_key"],
            "S3_SECRET_KEY": KEYS["secret_key"],
            "S3_PUBLIC_BUCKET": PUBLIC,
            "S3_PRIVATE_BUCKET": PRIVATE,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(post.port),
            "EMAIL_TLS": "no",
            "STAFF_EMAIL": "equipe@enys.test",
        }
        sites = [
            opened.enter_context(running_site(folder / name, **shared, **variables))
            for name in ("une", "deux")
        ]
        yield House(database, redis, store, post, sites)
