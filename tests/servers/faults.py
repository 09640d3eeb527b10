"""A relay in front of a server, which stops answering when a test says so."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

UNAVAILABLE = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
#: Closing with this sends RST rather than FIN: the other side sees its connection torn down.
TORN = struct.pack("ii", 1, 0)


class Relay:
    """Passes everything on, until it is told to `fail` in one of three ways."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target = target
        self.fault = ""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    @contextmanager
    def fail(self, how: str) -> Iterator[None]:
        """Within the block: "503", "silence" (accepts and says nothing) or "reset"."""
        self.fault = how
        self._close_open()
        try:
            yield
        finally:
            self.fault = ""
            self._close_open()

    def stop(self) -> None:
        self.listener.close()
        self._close_open()

    def _close_open(self) -> None:
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self.open.clear()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener was closed
            while True:
                client, _address = self.listener.accept()
                self.open.add(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError):
            if self.fault == "reset":
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, TORN)
                client.close()
            elif self.fault == "503":
                client.recv(65_536)
                client.sendall(UNAVAILABLE)
                client.close()
            elif not self.fault:
                server = socket.create_connection(self.target)
                self.open.add(server)
                threading.Thread(target=self._pass, args=(server, client), daemon=True).start()
                self._pass(client, server)

    def _pass(self, source: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                to.sendall(data)
        with suppress(OSError):
            to.shutdown(socket.SHUT_WR)
