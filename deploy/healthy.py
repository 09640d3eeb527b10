"""Whether the server of this machine answers: `python -m deploy.healthy [PORT]`, status 0 or 1.

For the container's HEALTHCHECK. Only the standard library; it asks by a name of the site, the only
ones that the site answers to.
"""

import os
import sys
from http.client import HTTPConnection

SECONDS = 4


def main(port: int = 8000) -> int:
    name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/sante/", headers={"Host": name})
        return int(connection.getresponse().status != 200)
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
