"""What every test shares: a repeatable search, a quiet log, and what becomes of stories that are not lived here."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

from tests.logs import log_nowhere

settings.register_profile(
    "tocsin",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tocsin")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "no Chromium was found"


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks, and log nowhere."""
    config.addinivalue_line("markers", "browser: a story that is lived through in a real browser")
    config.addinivalue_line("markers", "long: a story for `make test-long`")
    log_nowhere()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser stories where no Chromium is found, unless TOCSIN_BROWSER=required makes them fail."""
    if any(map(shutil.which, BROWSERS)) or os.environ.get("TOCSIN_BROWSER") == "required":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly how many browser stories were not run."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_BROWSER in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"{count} browser stories NOT RUN: {NO_BROWSER}", red=True, bold=True)
