"""A server that speaks S3, on this machine, with a relay in front of it that may fail."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.files.storage import Storage

import boto3
from moto.server import ThreadedMotoServer

from tests.servers.faults import Relay

PUBLIC, PRIVATE = "enys-public", "enys-prive"
KEYS = {"access_key": "cle-d-essai", "secret_key": "secret-d-essai", "region_name": "fr-par"}
PATIENCE = 0.2  # seconds; the server is on this machine


@dataclass
class Buckets:
    """Two empty buckets: `endpoint` is the server, `relay` stands before it for the site."""

    endpoint: str
    relay: Relay
    client: Any = field(repr=False)
    opened: dict[str, Storage] = field(default_factory=dict)

    @property
    def storages(self) -> dict[str, dict[str, Any]]:
        """What STORAGES says of these buckets."""
        options = KEYS | {
            "endpoint_url": f"http://127.0.0.1:{self.relay.port}",
            "patience": PATIENCE,
        }
        return {
            name: {
                "BACKEND": f"site_enys.s3_storage.{backend}",
                "OPTIONS": options | {"bucket_name": bucket},
            }
            for name, backend, bucket in (
                ("default", "PublicS3Store", PUBLIC),
                ("private", "PrivateS3Store", PRIVATE),
            )
        }

    def names(self, bucket: str) -> list[str]:
        """Everything that lies in a bucket."""
        listed = self.client.list_objects_v2(Bucket=bucket)
        return [each["Key"] for each in listed.get("Contents", [])]

    def empty(self) -> None:
        for bucket in (PUBLIC, PRIVATE):
            for name in self.names(bucket):
                self.client.delete_object(Bucket=bucket, Key=name)


@contextmanager
def buckets() -> Iterator[Buckets]:
    """Start the server, make the two buckets, and stop it all at the end."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    endpoint = f"http://127.0.0.1:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=KEYS["region_name"],
        aws_access_key_id=KEYS["access_key"],
        aws_secret_access_key=KEYS["secret_key"],
    )
    relay = Relay(("127.0.0.1", port))
    try:
        for bucket in (PUBLIC, PRIVATE):
            client.create_bucket(
                Bucket=bucket,
                CreateBucketConfiguration={"LocationConstraint": KEYS["region_name"]},
            )
        made = Buckets(endpoint, relay, client)
        yield made
        for storage in made.opened.values():
            storage.connection.meta.client.close()
    finally:
        relay.stop()
        client.close()
        server.stop()
