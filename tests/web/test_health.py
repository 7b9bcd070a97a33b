"""Health and figures: alive, ready or why not, and numbers in which nobody is named."""

import asyncio

import pytest

from bot.ops.frontage import frontage, new_metrics
from bot.settings import Settings
from tests.web.conftest import ask
from web.health import Health
from web.server import PortProblem, WebServer


async def test_without_a_database_tocsin_is_alive_and_not_ready(front):
    """Restarting a process that waits for its database mends nothing; what it counted itself can still be read."""

    def gone():
        raise OSError

    front.desk.read = gone
    figures = (await front.get("/metrics")).body.decode()

    assert {"alive": True} == (await front.get("/healthz")).json()
    assert ["database", "policy"] == (await front.get("/readyz")).json()["not_ready"]
    assert "tocsin_database_up 0.0" in figures


async def test_ready_once_everything_is_there(front):
    """Connected, database, policy: 200."""

    answered = await front.get("/readyz")

    assert (200, {"ready": True, "not_ready": []}) == (answered.status, answered.json())


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_health_is_asked_by_head(front, path):
    """A load balancer that asks by HEAD hears what one that asks by GET does."""

    assert (await front.get(path)).status == (await ask(front.site, "HEAD", path)).status


async def test_not_ready_names_what_is_missing(desk):
    """503 with the names of what is not well, in order."""

    async def nothing() -> int:
        return 0

    async def gone() -> bool:
        raise OSError

    settings = Settings(_env_file=None, tocsin_http_port=0)
    made = frontage(settings, desk=desk, metrics=new_metrics(), app=None, sockets=nothing)
    assert made is not None
    made.health.checks = {**made.health.checks, "database": gone}
    answered = await ask(made.server.site, "GET", "/readyz")

    assert (503, ["slack", "database"]) == (answered.status, answered.json()["not_ready"])


async def test_a_check_that_hangs_is_not_well():
    """Readiness answers within its patience."""

    async def hangs() -> bool:
        await asyncio.Event().wait()
        return True

    assert ["slow"] == await Health(checks={"slow": hangs}, patience=0.01).unwell()


async def test_without_a_signing_secret_there_is_no_request_url(desk):
    """In Socket Mode the port serves health and figures alone."""

    settings = Settings(_env_file=None, tocsin_http_port=0, slack_signing_secret="")
    made = frontage(settings, desk=desk, metrics=new_metrics(), app=None, sockets=None)
    assert made is not None

    assert 404 == (await ask(made.server.site, "POST", "/slack/events")).status


def test_without_a_port_nothing_is_served(desk):
    """No port, no server."""

    settings = Settings(_env_file=None)

    assert None is frontage(settings, desk=desk, metrics=new_metrics(), app=None, sockets=None)


async def test_figures_count_and_name_nobody(front):
    """Verbs, outcomes, lanes, timers: counted; titles, people, words that somebody made up: nowhere."""

    await front.types("declare sev1 Secret project Falcon fails", trigger="t.1")
    await front.types("frobnicate-U0ADA000000", trigger="t.2")
    await front.types("1 ack", trigger="t.3")
    figures = (await front.get("/metrics")).body.decode()

    assert 'tocsin_requests_total{outcome="answered",verb="declare"} 1.0' in figures
    assert "tocsin_ack_seconds_count 3.0" in figures
    assert "tocsin_incidents_open 1.0" in figures
    assert "tocsin_timers_due 0.0" in figures
    assert "tocsin_database_up 1.0" in figures
    assert 'tocsin_outbox_waiting{lane="declare"} 0.0' not in figures
    assert 'tocsin_outbox_oldest_seconds{lane="digest"} 0.0' in figures
    assert [] == [word for word in ("Falcon", "U0ADA", "frobnicate", "signing-secret") if word in figures]


async def test_a_port_that_is_taken_is_said(desk):
    """The sentence names the port and the setting."""

    made = WebServer(site=frontage_site(desk), host="127.0.0.1", port=0)
    await made.start()
    again = WebServer(site=frontage_site(desk), host="127.0.0.1", port=made.port)
    with pytest.raises(PortProblem) as problem:
        await again.start()
    await made.close()

    assert f"Tocsin cannot listen on 127.0.0.1 port {made.port}" in str(problem.value)
    assert "TOCSIN_HTTP_PORT" in str(problem.value)


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.7", "two..dots"])
async def test_a_host_that_is_not_here_is_said(desk, host):
    """A name nobody knows and an address of another machine are mended where they stand: the port is in order."""

    with pytest.raises(PortProblem) as problem:
        await WebServer(site=frontage_site(desk), host=host, port=0).start()

    assert f"Tocsin cannot listen on {host} port 0 (" in str(problem.value)
    assert str(problem.value).endswith("). Set TOCSIN_HTTP_HOST to an address of this machine, such as 127.0.0.1.")


def frontage_site(desk):
    """An application to serve."""
    made = frontage(
        Settings(_env_file=None, tocsin_http_port=0), desk=desk, metrics=new_metrics(), app=None, sockets=None
    )
    assert made is not None
    return made.server.site
