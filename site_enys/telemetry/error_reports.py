"""Reports of errors to SENTRY_DSN: where the code broke, and nothing of anybody.

An event is written anew from what is named here; what the library may gather besides (cookies,
headers, bodies, local variables, addresses, queries, the user, the machine) is never part of it.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

import sentry_sdk
from sentry_sdk.types import Event, Hint

from site_enys.logs import masked, masked_path

from .context import current

KEPT = ("event_id", "timestamp", "level", "platform", "release", "environment", "logger", "sdk")
OF_A_FRAME = (
    *("filename", "abs_path", "module", "function", "lineno", "in_app"),
    *("pre_context", "context_line", "post_context"),
)


def start() -> None:
    """Report from now on, in this process."""
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        release=settings.RELEASE or None,
        environment="production" if settings.REFUSE_UNSAFE_START else "essai",
        server_name="",
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        before_send=without_anybody,
        shutdown_timeout=2,
    )


def without_anybody(event: Event, _hint: Hint) -> Event:
    """The same error, with what is allowed and masked, under the name of its request or job."""
    told: dict[str, Any] = {name: event[name] for name in KEPT if name in event}  # type: ignore[literal-required]
    if "exception" in event:
        values = event["exception"]["values"]
        told["exception"] = {"values": [_exception(value) for value in values]}
    if "logentry" in event:
        told["logentry"] = {"message": masked(_words_of(event["logentry"]))}
    if "transaction" in event:
        told["transaction"] = masked_path(event["transaction"])
    about = current.get()
    tags = {name: value for name, value in about.items() if name != "path"}
    told["tags"] = tags
    if "path" in about:
        told["request"] = {"url": masked_path(about["path"]), "method": about.get("method", "")}
    return told  # type: ignore[return-value]


def _words_of(entry: Mapping[str, object]) -> str:
    """The line as the log has it; the values that were put in it stay out of the report."""
    return str(entry.get("formatted") or entry.get("message") or "")


def _exception(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", [])
    return {
        "type": value.get("type"),
        "module": value.get("module"),
        "value": masked(str(value.get("value") or "")),
        "mechanism": {"type": "generic", "handled": bool(value.get("mechanism"))},
        "stacktrace": {
            "frames": [{k: frame[k] for k in OF_A_FRAME if k in frame} for frame in frames]
        },
    }
