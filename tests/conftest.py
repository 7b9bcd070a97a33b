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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave long stories to `make test-long`, and browser stories to where a Chromium is found.

    TOCSIN_LONG=1, or naming a test, lets it run; with TOCSIN_BROWSER=required stories without their browser fail.
    """
    if os.environ.get("TOCSIN_LONG") != "1" and not any("::" in named for named in config.args):
        _put_off(config, items)
    if any(map(shutil.which, BROWSERS)) or os.environ.get("TOCSIN_BROWSER") == "required":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def _put_off(config: pytest.Config, items: list[pytest.Item]) -> None:
    long = [item for item in items if item.get_closest_marker("long")]
    items[:] = [item for item in items if item not in long]
    config.hook.pytest_deselected(items=long)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly how many browser stories were not run."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_BROWSER in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"{count} browser stories NOT RUN: {NO_BROWSER}", red=True, bold=True)
