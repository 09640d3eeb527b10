"""A real SMTP server on this machine, that does what the test wants."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class Conversation(socketserver.StreamRequestHandler):
    """One connection, in the order of RFC 5321; the server's `mood` says how it goes wrong."""

    server: "Post"

    def handle(self) -> None:
        self.say("220 essai")
        while line := self.rfile.readline():
            verb = line[:4].upper().decode()
            if verb == "RCPT" and self.server.mood in {"550", "451"}:
                self.say(f"{self.server.mood} {line[8:].decode().strip()} ne convient pas")
            elif verb == "DATA":
                self.say("354 allez")
                self.server.keep(self.body())
                if self.server.mood == "hang":
                    self.server.over.wait(30)
                if self.server.mood in {"hang", "drop"}:
                    return
                self.say("250 pris")
            elif verb == "QUIT":
                self.say("221 au revoir")
                return
            else:
                self.say("250 bien")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def body(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") for line in lines)


class Post(socketserver.ThreadingTCPServer):
    """The server: what it received, and how it answers."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mood = "accept"
        self.received: list[EmailMessage] = []
        self.has_one = threading.Event()
        self.over = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def keep(self, content: bytes) -> None:
        self.received.append(message_from_bytes(content, policy=policy.default))
        self.has_one.set()


@contextmanager
def smtp_server() -> Iterator[Post]:
    with Post() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
