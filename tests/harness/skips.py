"""No test is left out silently.

`@pytest.mark.only_on("postgresql")` leaves a test out of the other database's run, where it would
mean nothing. Any other skip is a failure: what a test needs must be there.
"""

from typing import TypeVar

from django.db import connection

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def deselect_other_databases(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept, left_out = [], []
    for item in items:
        marker = item.get_closest_marker("only_on")
        meant_for_another = marker is not None and connection.vendor not in marker.args
        (left_out if meant_for_another else kept).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def refuse_skip(report: Report) -> Report:
    """Turn a skip into a failure that says its reason."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Un test ne se saute pas : {reason}"
    return report
