"""Slack's request URL: what is Slack's is answered after the commit, everything else is a 4xx and changes nothing."""

import json
from urllib.parse import quote, urlencode

import pytest

from bot.incident.reading.verbs import VERBS
from tests.web.conftest import FORM, JSON, NOW, signature, slash
from web.inbox import LONGEST


async def test_a_slash_is_answered_once_it_is_committed(front):
    """200 with the answer, and by then the incident is a row."""

    answered = await front.types("declare sev1 Checkout returns 500s")

    assert 200 == answered.status
    assert "INC-1" in answered.body.decode()
    assert 1 == len(await front.desk.standing())


async def test_the_handshake_echoes_the_challenge(front):
    """Slack's url_verification hears its challenge, and only when it is signed."""

    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "c-123"}).encode()

    assert (200, b"c-123") == ((one := await front.post(body, kind=JSON)).status, one.body)
    assert 401 == (await front.post(body, kind=JSON, x_slack_signature="v0=00")).status


FORGED = [
    ({"x_slack_signature": ""}, "unsigned"),
    ({"x_slack_request_timestamp": ""}, "unsigned"),
    ({"x_slack_request_timestamp": "now"}, "unsigned"),
    ({"x_slack_request_timestamp": "١٧٩"}, "unsigned"),
    ({"x_slack_request_timestamp": "9" * 5000}, "unsigned"),
    ({"x_slack_request_timestamp": "-1"}, "unsigned"),
    ({"x_slack_signature": "v0=" + "0" * 64}, "forged"),
    ({"x_slack_signature": "v0=é"}, "forged"),
    ({"x_slack_request_timestamp": str(NOW + 1)}, "forged"),
    (signature(slash("declare sev1 Down"), secret="another"), "forged"),
    (signature(slash("declare sev1 Other words")), "forged"),
    (signature(slash("declare sev1 Down"), at=NOW - 301), "stale"),
    (signature(slash("declare sev1 Down"), at=NOW + 301), "stale"),
]


@pytest.mark.parametrize(("headers", "why"), FORGED)
async def test_what_slack_did_not_sign_just_now_is_refused(front, logged, headers, why):
    """No signature, another secret, another body, more than five minutes off: 401, said in the log, nothing done."""

    given = {name.replace("-", "_"): value for name, value in headers.items()}
    answered = await front.types("declare sev1 Down", **given)

    assert (401, b"") == (answered.status, answered.body)
    assert [why] == [line["why"] for line in logged("request.turned_away")]
    assert [] == list(await front.desk.standing())
    assert f'tocsin_http_refused_total{{why="{why}"}} 1.0' in (await front.get("/metrics")).body.decode()


async def test_five_minutes_is_still_slack(front):
    """A clock that is 300 seconds off is taken."""

    given = signature(slash("help"), at=NOW - 300)

    assert 200 == (await front.types("help", **{k.replace("-", "_"): v for k, v in given.items()})).status


async def test_a_replay_is_refused_and_a_retry_gets_the_first_answer(front):
    """The same signature again is no retry of Slack's, which signs each anew: that one is answered from the record."""

    first = await front.types("declare sev1 Checkout returns 500s")
    replayed = await front.types("declare sev1 Checkout returns 500s")
    front.walls[0] += 1
    retried = await front.types("declare sev1 Checkout returns 500s", x_slack_retry_num="1")

    assert (200, 401, 200) == (first.status, replayed.status, retried.status)
    assert first.json()["text"] == retried.json()["text"]
    assert 1 == len(await front.desk.standing())


async def test_signatures_are_forgotten_once_they_are_stale_anyway(front):
    """What is remembered does not grow for ever."""

    for _ in range(3):
        await front.types("help")
        front.walls[0] += 700

    assert 1 == len(front.front.inbox.signatures._seen)  # noqa: SLF001 - nothing else shows it


DEEP = b'{"a":' * 20_000 + b"1" + b"}" * 20_000
HALF_DEEP = b'{"type":"x","a":' + b"[" * 60 + b"]" * 60 + b"}"
MALFORMED = [
    (b"", FORM, 400),
    (b"", JSON, 400),
    (b"{", JSON, 400),
    (b"[]", JSON, 400),
    (b"null", JSON, 400),
    (b'"text"', JSON, 400),
    (b"NaN", JSON, 400),
    (b"9" * 5000, JSON, 400),
    (DEEP, JSON, 400),
    (HALF_DEEP, JSON, 400),
    (b'{"type":"event_callback"}', JSON, 400),
    (b'{"type":"event_callback","event":[]}', JSON, 400),
    (b'{"type":"event_callback","event":{"type":"user_change","user":"U1"},"event_id":"E"}', JSON, 400),
    (b'{"type":"event_callback","event":{"type":"never_heard_of"},"event_id":"E"}', JSON, 400),
    (b'{"type":"url_verification","challenge":5}', JSON, 400),
    (b'{"command":"/incident","text":"\\ud800","user_id":"U","trigger_id":"t"}', JSON, 400),
    (b"\xff\xfe", JSON, 400),
    (b"command=%ff&x=1", FORM, 400),
    (b"not a form", FORM, 400),
    (b"a=1&a=2", FORM, 400),
    (b"&".join(b"a%d=1" % n for n in range(500)), FORM, 400),
    (b"payload=", FORM, 400),
    (b"payload=%5B%5D", FORM, 400),
    (b"payload=%7B", FORM, 400),
    (b"payload=5", FORM, 400),
    (b"payload=" + quote(DEEP.decode()).encode(), FORM, 400),
    (b"command=%2Fincident", FORM, 400),
    (b"command=%2Fother&user_id=U1&trigger_id=t", FORM, 400),
    (b"command=%2Fincident&user_id=&trigger_id=t", FORM, 400),
    (urlencode({"payload": json.dumps({"type": "block_actions", "user": {"id": "U1"}})}).encode(), FORM, 400),
    (urlencode({"payload": json.dumps({"type": "view_submission", "user": 5, "view": []})}).encode(), FORM, 400),
    (urlencode({"payload": json.dumps({"type": "dance", "user": {"id": "U1"}})}).encode(), FORM, 400),
    (b"command=%2Fincident", "text/plain", 415),
    (b"command=%2Fincident", "", 415),
    (b"{}", "multipart/form-data; boundary=x", 415),
    (b"x" * (LONGEST + 1), FORM, 413),
]


@pytest.mark.parametrize(("body", "kind", "status"), MALFORMED, ids=range(len(MALFORMED)))
async def test_what_slack_cannot_have_made_is_a_4xx_though_it_is_signed(front, logged, body, kind, status):
    """Empty, broken, huge, deep, of the wrong kind or shape: refused, never failed upon, nothing written."""

    answered = await front.post(body, kind=kind)

    assert (status, b"") == (answered.status, answered.body)
    assert [] == logged("request.failed")
    assert [] == list(await front.desk.standing())


async def test_other_methods_and_places_are_refused(front):
    """GET on the request URL is a 405; addresses there are none of are a 404; the API describes itself nowhere."""

    assert 405 == (await front.get("/slack/events")).status
    assert [404] * 4 == [(await front.get(path)).status for path in ("/", "/docs", "/openapi.json", "/slack")]


async def test_slacks_certificate_check_is_answered(front):
    """`ssl_check` asks for nothing but a 200."""

    assert 200 == (await front.post(b"ssl_check=1&token=t")).status


async def test_once_closing_slack_is_sent_away_to_come_again(front):
    """Nothing new is begun, and readiness says so."""

    front.front.close_door()

    assert 503 == (await front.types("declare sev1 Down")).status
    assert ["running"] == (await front.get("/readyz")).json()["not_ready"]
    assert [] == list(await front.desk.standing())


async def test_every_verb_is_answered_over_http(front):
    """Whatever verb is typed, Slack hears 200 and something to show."""

    found = {verb.name: (await front.types(verb.name, trigger=f"t.{verb.name}")).status for verb in VERBS}

    assert {200} == set(found.values()), found
