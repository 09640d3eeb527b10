"""The stream of an archive: a tar, in the age format when there is a key.

Nothing is whole in memory, nor twice on the disk. Encryption reads where tar writes, so each side
has its thread, with a pipe between them.
"""

import hashlib
import io
import json
import os
import re
import tarfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, Protocol, cast

from .failures import ArchiveDamaged, BackupRefused
from .manifest import FORMAT, Entry, Manifest, check_format, read

#: The first member says the format, the last one is the manifest.
HEAD, MANIFEST = "FORMAT", "manifest.json"
DUMP, PUBLIC, PRIVATE, JOURNAL = "base", "public", "prive", "effacements.journal"
#: The dump is cut: its size is not known before its end, and tar writes sizes first.
PIECE = 4 * 2**20
BLOCK = 2**18
LONGEST_MANIFEST = 256 * 2**20
AGE = b"age-encryption.org/v1"
NAME = re.compile(rf"(?:{DUMP}/\d{{6}}|(?:{PUBLIC}|{PRIVATE})/[^\0\\]+|{re.escape(JOURNAL)})")


class Readable(Protocol):
    """What gives bytes."""

    def read(self, size: int = -1, /) -> bytes: ...


class Writable(Protocol):
    """What takes bytes."""

    def write(self, block: bytes, /) -> int: ...

    def flush(self) -> None: ...


Receiver = Callable[[str, Readable], None]


# -- Keys ---------------------------------------------------------------------------------------


def recipients_of(keys: Iterable[str]) -> list[Any]:
    """The public keys (`age1…`) as the library wants them. Raises BackupRefused on a bad one."""
    import pyrage  # noqa: PLC0415 - only those who encrypt pay for it

    try:
        return [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError as error:
        raise BackupRefused(
            "BACKUP_KEY n’est pas une clé publique age (age1…). La clé privée, elle, ne doit "
            "pas être sur cette machine."
        ) from error


def identities_of(text: str) -> list[Any]:
    """The private keys of an age identity file. Raises BackupRefused when there is none."""
    import pyrage  # noqa: PLC0415 - as above

    lines = [line.strip() for line in text.splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    try:
        identities = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except pyrage.IdentityError as error:
        raise BackupRefused("Ce fichier ne contient pas une clé privée age.") from error
    if not identities:
        raise BackupRefused("Ce fichier ne contient aucune clé privée age.")
    return identities


# -- Encryption ---------------------------------------------------------------------------------


@contextmanager
def sealed(target: Writable, recipients: list[Any]) -> Iterator[Writable]:
    """A stream to write into; `target` receives it encrypted for these recipients, if any.

    What `target` raises is raised here.
    """
    if not recipients:
        yield target
        return
    import pyrage  # noqa: PLC0415 - as above

    kept = _Remembering(target)
    reading, writing = os.pipe()

    def encrypt() -> None:
        with os.fdopen(reading, "rb") as plain:
            pyrage.encrypt_io(plain, kept, recipients)

    with _beside(encrypt) as failure:
        try:
            with os.fdopen(writing, "wb") as plain:
                yield plain
        except BrokenPipeError:
            pass  # the other side gave up: it says why below
    if kept.error:
        raise kept.error
    if failure.error:
        raise failure.error


@contextmanager
def unsealed(source: IO[bytes], identities: list[Any]) -> Iterator[IO[bytes]]:
    """A stream to read the archive from, decrypted when it must be.

    Raises BackupRefused without the right key, ArchiveDamaged when the content was changed.
    """
    begin = source.read(len(AGE))
    source.seek(0)
    if begin != AGE:
        yield source
        return
    if not identities:
        raise BackupRefused(
            "Cette archive est chiffrée\u00a0: donnez sa clé par --identity FICHIER."
        )
    import pyrage  # noqa: PLC0415 - as above

    reading, writing = os.pipe()

    def decrypt() -> None:
        with os.fdopen(writing, "wb") as plain:
            pyrage.decrypt_io(source, plain, identities)

    with _beside(decrypt) as failure, os.fdopen(reading, "rb") as plain:
        try:
            yield plain
        except ArchiveDamaged as damaged:
            # A stream cut short: what the other side met says more.
            plain.close()
            failure.join()
            raise _of_decryption(failure.error) or damaged from damaged
        while plain.read(BLOCK):  # up to the end, so that the last block is authenticated too
            pass
    if refusal := _of_decryption(failure.error):
        raise refusal from failure.error


def _of_decryption(error: BaseException | None) -> BackupRefused | None:
    import pyrage  # noqa: PLC0415 - as above

    if isinstance(error, pyrage.DecryptError) and "matching keys" in str(error):
        return BackupRefused("Cette clé n’est pas celle de cette archive.")
    if error is None or "Broken pipe" in str(error):
        return None
    return ArchiveDamaged("L’archive est abîmée\u00a0: elle ne se déchiffre pas jusqu’au bout.")


class _Remembering:
    """Keeps the error of a write, which the library would turn into words."""

    def __init__(self, target: Writable) -> None:
        self._target = target
        self.error: OSError | None = None

    def write(self, block: bytes) -> int:
        try:
            return self._target.write(block)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self._target.flush()


class _Beside(threading.Thread):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self._work()
        except BaseException as error:
            self.error = error


@contextmanager
def _beside(work: Callable[[], None]) -> Iterator[_Beside]:
    thread = _Beside(work)
    thread.start()
    try:
        yield thread
    finally:
        thread.join()


# -- Writing ------------------------------------------------------------------------------------


class Digest:
    """A file that counts and hashes what passes, whichever way."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        return self._seen(self._file.read(size))

    def write(self, block: bytes) -> int:
        self._file.write(block)
        return len(self._seen(bytes(block)))

    def flush(self) -> None:
        self._file.flush()

    def _seen(self, block: bytes) -> bytes:
        self._sha256.update(block)
        self.size += len(block)
        return block

    @property
    def entry(self) -> Entry:
        return Entry(self.size, self._sha256.hexdigest())


class Writer:
    """Adds members to a stream, and remembers what they were in `files`."""

    def __init__(self, stream: Writable) -> None:
        file = cast(IO[bytes], stream)
        self._tar = tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.files: dict[str, Entry] = {}
        self._put(HEAD, json.dumps({"format": FORMAT}).encode())

    def add(self, name: str, content: Readable, size: int) -> None:
        """Add `size` bytes of a file. Raises BackupRefused when it has fewer."""
        digest = Digest(content)
        try:
            self._tar.addfile(_member(name, size), cast(IO[bytes], digest))
        except OSError as error:
            if error.errno is None and digest.size < size:  # tarfile's own: « unexpected end »
                raise BackupRefused(
                    f"Le fichier {name} a raccourci pendant sa lecture\u00a0: recommencez."
                ) from error
            raise
        self.files[name] = digest.entry

    def add_dump(self, blocks: Iterable[bytes]) -> None:
        """Add what the database gives, in pieces."""
        for number, piece in enumerate(_pieces(blocks)):
            self.add(f"{DUMP}/{number:06d}", io.BytesIO(piece), len(piece))

    def finish(self, manifest: Manifest) -> None:
        self._put(MANIFEST, manifest.written())
        self._tar.close()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *raised: object) -> None:
        with suppress(OSError):  # what was met first says more
            self._tar.close()

    def _put(self, name: str, content: bytes) -> None:
        self._tar.addfile(_member(name, len(content)), io.BytesIO(content))


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = 0o600
    return member


def _pieces(blocks: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for block in blocks:
        waiting += block
        while len(waiting) >= PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    yield bytes(waiting)


# -- Reading ------------------------------------------------------------------------------------


def read_archive(stream: IO[bytes], receive: Receiver | None = None) -> Manifest:
    """Read a whole archive and check it against its own manifest, which is returned.

    Each member is handed to `receive(name, content)` on the way: before its hash is known, so a
    caller who writes has read the archive once already. A link, a device, a name that leads
    elsewhere or comes twice is refused. Raises ArchiveDamaged or BackupRefused.
    """
    files: dict[str, Entry] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            for member in tar:
                content = _content(tar, member, after=manifest)
                if member.name == HEAD:
                    check_format(json.loads(content.read(1000)).get("format"))
                elif member.name == MANIFEST:
                    manifest = read(content.read(LONGEST_MANIFEST))
                else:
                    files[_checked(member.name, files)] = _received(member.name, content, receive)
    except (tarfile.TarError, EOFError, UnicodeError) as error:
        raise ArchiveDamaged("L’archive est abîmée ou incomplète.") from error
    if manifest is None:
        raise ArchiveDamaged("L’archive est incomplète\u00a0: son manifeste manque.")
    compare(manifest.files, files)
    return manifest


def compare(expected: dict[str, Entry], found: dict[str, Entry]) -> None:
    """Raises ArchiveDamaged, naming the first member that differs."""
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            raise ArchiveDamaged(
                f"L’archive est abîmée\u00a0: {name} n’est pas ce qu’elle annonce."
            )


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo, *, after: Manifest | None) -> IO[bytes]:
    content = tar.extractfile(member) if member.isreg() else None
    if content is None or after is not None:
        raise ArchiveDamaged(
            f"L’archive contient ce qu’un site n’écrit pas\u00a0: {member.name!r}."
        )
    return content


def _checked(name: str, already: dict[str, Entry]) -> str:
    parts = name.split("/")
    if not NAME.fullmatch(name) or {"", ".", ".."} & set(parts) or name in already:
        raise ArchiveDamaged(f"L’archive contient un nom qui n’est pas permis\u00a0: {name!r}.")
    return name


def _received(name: str, content: IO[bytes], receive: Receiver | None) -> Entry:
    digest = Digest(content)
    if receive:
        receive(name, cast(IO[bytes], digest))
    while digest.read(BLOCK):
        pass
    return digest.entry
