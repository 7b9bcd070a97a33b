"""What every test shares: a repeatable search, a quiet log, and what becomes of stories that are not lived here."""

import gc
import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

from tests.logs import log_nowhere

IS_LONG = os.environ.get("TOCSIN_LONG") == "1"

settings.register_profile(
    "tocsin",
    max_examples=100 if IS_LONG else 25,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tocsin")

IN_MEMORY, ENOUGH = "/dev/shm", 2**30
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "no Chromium was found"


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks, log nowhere, and keep the tests' files in memory where there is enough of it."""
    config.addinivalue_line("markers", "browser: a story that is lived through in a real browser")
    config.addinivalue_line("markers", "long: a story for `make test-long`")
    config.addinivalue_line("markers", "lasting: takes so long that it begins first, and no worker ends alone with it")
    log_nowhere()
    # A TLS context is made for each letter, and reading the machine's certificates takes longer than the letter.
    os.environ["SSL_CERT_FILE"] = os.environ["SSL_CERT_DIR"] = os.devnull
    # Tens of thousands of commits each wait for the disk otherwise; no test pulls the plug.
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", IN_MEMORY)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave long stories to `make test-long`, browser stories to where a Chromium is found; begin with the slowest.

    TOCSIN_LONG=1, or naming a test, lets it run; with TOCSIN_BROWSER=required stories without their browser fail.
    """
    if not IS_LONG and not any("::" in named for named in config.args):
        _put_off(config, items)
    items.sort(key=lambda item: item.get_closest_marker("lasting") is None)
    if any(map(shutil.which, BROWSERS)) or os.environ.get("TOCSIN_BROWSER") == "required":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_collection_finish() -> None:
    """Spare the garbage collector everything that was imported and collected: it stays until the end anyhow."""
    gc.collect()
    gc.freeze()


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
