"""What is read back is what was written; what a site does not write is refused."""

import io
import json
import tarfile

import pytest

from site_enys.backups import archive
from site_enys.backups.failures import ArchiveDamaged, BackupRefused
from site_enys.backups.manifest import FORMAT, Entry, Manifest

CONTENT = b"un CV" * 1000
NAME = "prive/ab/abcdef"


@pytest.fixture(scope="module")
def keys():
    import pyrage  # noqa: PLC0415 - only here

    return [pyrage.x25519.Identity.generate() for _ in range(2)]


def manifest_of(files, **changes):
    values = {"made_at": "2027-03-08T10:00:00+01:00", "site": "1.0", "vendor": "sqlite"}
    values |= {"server": 3, "migrations": [], "rows": {}}
    return Manifest(**values | {"files": files} | changes)


def written(recipients=(), **changes):
    target = io.BytesIO()
    with (
        archive.sealed(target, list(recipients)) as stream,
        archive.Writer(stream) as writer,
    ):
        writer.add_dump([b"base" * 2_000_000, b"fin"])
        writer.add(NAME, io.BytesIO(CONTENT), len(CONTENT))
        writer.finish(manifest_of(writer.files, **changes))
    return target.getvalue()


def read(raw, identities=(), receive=None):
    with archive.unsealed(io.BytesIO(raw), list(identities)) as stream:
        return archive.read_archive(stream, receive)


@pytest.mark.parametrize("encrypted", [False, True])
def test_what_was_written_is_read_back(keys, encrypted):
    received = {}
    recipients = [keys[0].to_public()] if encrypted else []
    raw = written(recipients)

    manifest = read(raw, keys, lambda name, content: received.update({name: content.read()}))

    assert (CONTENT in raw) is not encrypted
    assert received.pop(NAME) == CONTENT
    assert b"".join(received.values()) == b"base" * 2_000_000 + b"fin"
    assert list(received) == ["base/000000", "base/000001"]
    assert manifest.totals()["base"] == {"count": 2, "bytes": 8_000_003}


def test_each_of_the_keys_opens_it_and_no_other(keys):
    raw = written([keys[0].to_public()])

    assert read(raw, [keys[1], keys[0]])
    with pytest.raises(BackupRefused, match="pas celle de cette archive"):
        read(raw, [keys[1]])
    with pytest.raises(BackupRefused, match="--identity"):
        read(raw)


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:-12_000],
        lambda raw: raw[:5_000_000] + b"?" + raw[5_000_001:],
        lambda raw: b"rien" * 1000,
        lambda raw: b"",
    ],
)
def test_a_damaged_archive_is_refused(keys, encrypted, damage):
    raw = written([keys[0].to_public()] if encrypted else [])

    with pytest.raises(ArchiveDamaged):
        read(damage(raw), keys)


def test_the_error_of_the_disk_comes_through_the_encryption(keys):
    class Full(io.BytesIO):
        def write(self, block):
            if self.tell() > 1_000_000:
                raise OSError(28, "plein")
            return super().write(block)

    with (
        pytest.raises(OSError, match="plein"),
        archive.sealed(Full(), [keys[0].to_public()]) as stream,
        archive.Writer(stream) as writer,
    ):
        writer.add_dump([b"x" * 20_000_000])


def test_a_file_that_shortens_while_it_is_read_is_refused():
    with (
        pytest.raises(BackupRefused, match="raccourci"),
        archive.Writer(io.BytesIO()) as writer,
    ):
        writer.add(NAME, io.BytesIO(b"court"), 500)


# -- Archives that a site does not write ---------------------------------------------------------


def hostile(*members, head=FORMAT, manifest=None):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w|") as tar:
        for member, content in [
            (named(archive.HEAD), json.dumps({"format": head}).encode()),
            *members,
            (named(archive.MANIFEST), (manifest or manifest_of({})).written()),
        ]:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return target.getvalue()


def named(name, **fields):
    member = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(member, field, value)
    return member


@pytest.mark.parametrize(
    "name",
    [
        *("../../etc/cron.d/x", "/etc/passwd", "prive/../../x", "prive//x", "prive/./x"),
        *("prive\\x", "prive/a\\b", "base/1", "ailleurs/x", "prive/", "effacements.journal/x"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    with pytest.raises(ArchiveDamaged, match="n’est pas permis"):
        read(hostile((named(name), b"")))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
)
def test_a_link_or_a_device_is_refused(kind):
    with pytest.raises(ArchiveDamaged, match="qu’un site n’écrit pas"):
        read(hostile((named(NAME, type=kind, linkname="/etc/passwd"), b"")))


def test_a_name_that_comes_twice_is_refused():
    with pytest.raises(ArchiveDamaged, match="n’est pas permis"):
        read(hostile((named(NAME), b"a"), (named(NAME), b"b")))


def test_what_the_manifest_does_not_announce_is_refused():
    with pytest.raises(ArchiveDamaged, match=NAME):
        read(hostile((named(NAME), b"a")))


def test_what_the_manifest_announces_must_be_there():
    with pytest.raises(ArchiveDamaged, match=NAME):
        read(hostile(manifest=manifest_of({NAME: Entry(1, "0")})))


def test_nothing_follows_the_manifest():
    with pytest.raises(ArchiveDamaged, match="qu’un site n’écrit pas"):
        read(hostile((named(archive.MANIFEST), manifest_of({}).written())))


def test_an_archive_of_a_newer_format_is_refused_before_anything_is_received():
    received = []

    with pytest.raises(BackupRefused, match="version plus récente du site"):
        read(
            hostile((named(NAME), b"a"), head=FORMAT + 1),
            receive=lambda name, content: received.append(name),
        )

    assert received == []


@pytest.mark.parametrize("text", ["", "# rien", "AGE-SECRET-KEY-1FAUX", "age1xyz"])
def test_a_file_without_a_private_key_is_refused(text):
    with pytest.raises(BackupRefused, match="clé privée age"):
        archive.identities_of(text)


def test_a_private_key_given_as_the_public_one_is_refused(keys):
    with pytest.raises(BackupRefused, match="BACKUP_KEY"):
        archive.recipients_of([str(keys[0])])
