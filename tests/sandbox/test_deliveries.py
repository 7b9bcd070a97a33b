"""Deliveries: acks in time, redelivered events, answers that people see, response_urls."""

from datetime import timedelta

import pytest

from sandbox import responses
from sandbox.acts import perform
from sandbox.deliveries import DeliveryState
from sandbox.refusals import Refusal

ADA = "U0ADA000000"
DIVIDER = {"type": "divider"}


def sent(workspace, request):
    """What reached the app when somebody did this."""
    delivery = perform(workspace, request)
    assert delivery is not None
    return delivery


def command(workspace, text="/incident list"):
    """Ada types a command, which is sent."""
    delivery = perform(workspace, {"as": "ada", "do": "command", "channel": "general", "text": text})
    return send(workspace, delivery)


def send(workspace, delivery):
    """Note that everything queued has left."""
    for queued in list(workspace.deliveries.take()):
        workspace.deliveries.mark_sent(queued, real=workspace.real())
    return delivery


def seen(workspace, handle="ada"):
    """The texts shown to one person alone."""
    ids = {person.handle: person.id for person in workspace.people.values()}
    return [message.text for message in workspace.messages if message.ephemeral_to == ids[handle]]


@pytest.mark.parametrize(
    ("response", "private", "public"),
    [
        (None, [], []),
        ({"text": "hello"}, ["hello"], []),
        ({"text": "hello", "response_type": "ephemeral"}, ["hello"], []),
        ({"text": "hello", "response_type": "in_channel"}, [], ["hello"]),
        ({"text": "hello", "blocks": [{"type": "blink"}]}, ['/incident failed with the error "invalid_blocks"'], []),
    ],
)
def test_the_ack_of_a_command_answers_it(workspace, response, private, public):
    """Words in an ack are shown to the person alone unless they are meant for the channel."""

    delivery = command(workspace)

    workspace.acknowledge(delivery.envelope_id, response=response)

    assert private == seen(workspace)
    assert public == [message.text for message in workspace.messages if message.ephemeral_to is None]


def test_a_late_ack_is_no_ack(workspace, real):
    """After three real seconds the person sees Slack's sentence, once, and the answer is dropped."""

    delivery = command(workspace)
    real.now += 3.01
    workspace.expire()
    workspace.acknowledge(delivery.envelope_id, response={"text": "too late"})

    assert ['/incident failed with the error "operation_timeout"'] == seen(workspace)
    assert ["no ack within 3 s"] == [violation.rule for violation in workspace.violations]
    assert DeliveryState.FAILED is delivery.state


def test_an_ack_in_time_is_measured(workspace, real):
    """The ack time is real milliseconds from sending to ack."""

    delivery = command(workspace)
    real.now += 0.25
    workspace.acknowledge(delivery.envelope_id, response=None)

    assert 250 == delivery.ack_ms


def test_the_second_ack_changes_nothing(workspace):
    """A repeated ack shows nothing again; an ack of nothing is a violation."""

    delivery = command(workspace)
    for _ in range(2):
        workspace.acknowledge(delivery.envelope_id, response={"text": "hello"})
    assert ["hello"] == seen(workspace)

    workspace.acknowledge("env-nothing", response=None)
    assert 1 == len(workspace.violations)


def test_an_event_nobody_acknowledges_comes_again(workspace, clock, real):
    """An un-acked event is sent again after 4, 11 and 15 virtual seconds with the same ids, then no more."""

    perform(workspace, {"as": "ada", "do": "open_home"})
    delivery = send(workspace, next(iter(workspace.deliveries.all.values())))
    frames = [delivery.envelope()]
    for due in (4, 11, 15):
        real.now += 3.01
        workspace.expire()
        assert delivery.first_at + timedelta(seconds=due) == workspace.next_due()
        clock.jump_to(delivery.first_at + timedelta(seconds=due))
        workspace.fire_due()
        send(workspace, delivery)
        frames.append(delivery.envelope())
    real.now += 3.01
    workspace.expire()

    assert [(0, ""), (1, "timeout"), (2, "timeout"), (3, "timeout")] == [
        (frame["retry_attempt"], frame["retry_reason"]) for frame in frames
    ]
    assert 1 == len({(frame["envelope_id"], frame["payload"]["event_id"]) for frame in frames})
    assert (None, DeliveryState.FAILED) == (workspace.next_due(), delivery.state)


def test_a_late_ack_stops_redelivery(workspace, real):
    """An event acknowledged after three seconds is not sent again."""

    perform(workspace, {"as": "ada", "do": "open_home"})
    delivery = send(workspace, next(iter(workspace.deliveries.all.values())))
    real.now += 3.01
    workspace.expire()
    workspace.acknowledge(delivery.envelope_id, response=None)

    assert None is workspace.next_due()


def test_commands_are_not_redelivered(workspace, real):
    """A command nobody acknowledged is over."""

    command(workspace)
    real.now += 3.01
    workspace.expire()

    assert None is workspace.next_due()


def answer_to(workspace):
    """The key of the response_url of a fresh command."""
    return command(workspace).payload["response_url"].rpartition("/")[2]


def test_a_response_url_works_five_times(workspace):
    """The sixth use is refused as used_url and is a violation."""

    key = answer_to(workspace)
    for _ in range(5):
        responses.respond(workspace, key=key, body={"text": "x"})

    with pytest.raises(Refusal, match="used_url"):
        responses.respond(workspace, key=key, body={"text": "x"})
    assert 1 == len(workspace.violations)


def test_a_response_url_lives_30_virtual_minutes(workspace, clock):
    """After 30 virtual minutes a response_url is expired."""

    key = answer_to(workspace)
    clock.jump_to(clock.now() + timedelta(minutes=30))
    responses.respond(workspace, key=key, body={"text": "in time"})
    clock.jump_to(clock.now() + timedelta(seconds=1))

    with pytest.raises(Refusal, match="expired_url"):
        responses.respond(workspace, key=key, body={"text": "too late"})
    assert ["in time"] == seen(workspace)


def test_an_answer_is_replaced_and_deleted(workspace):
    """replace_original changes the private answer of the ack in place, delete_original removes it."""

    delivery = command(workspace)
    key = delivery.payload["response_url"].rpartition("/")[2]
    workspace.acknowledge(delivery.envelope_id, response={"text": "one"})

    responses.respond(workspace, key=key, body={"text": "two", "replace_original": True})
    assert ["two"] == seen(workspace)
    responses.respond(workspace, key=key, body={"delete_original": True})
    assert [] == seen(workspace)


def test_a_message_in_an_ack_of_a_press_is_a_violation(workspace, call):
    """Slack ignores words in the ack of a press; an app that sends them is told."""

    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    call("chat.postMessage", channel="C0GENERAL00", text="x", blocks=[{"type": "actions", "elements": [button]}])
    delivery = sent(workspace, {"as": "ada", "do": "click", "button": "Go"})

    workspace.acknowledge(delivery.envelope_id, response={"text": "hello"})

    assert ([], 1) == (seen(workspace), len(workspace.violations))


def test_only_subscribed_events_are_sent(workspace, manifest):
    """An event the manifest does not list is not delivered."""

    perform(workspace, {"as": "lena", "do": "message", "channel": "leadership", "text": "private"})

    assert [] == list(workspace.deliveries.take())


def test_no_event_from_where_the_app_is_not(workspace):
    """Words in a channel the app was removed from are not delivered."""

    perform(workspace, {"as": "ada", "do": "kick", "channel": "general", "user": "tocsin"})
    list(workspace.deliveries.take())
    perform(workspace, {"as": "ada", "do": "message", "channel": "general", "text": "hi"})

    assert [] == list(workspace.deliveries.take())


def test_events_carry_the_authorization_of_the_bot(workspace):
    """An event says for which bot of which team it is delivered."""

    perform(workspace, {"as": "ada", "do": "open_home"})
    payload = next(iter(workspace.deliveries.all.values())).payload

    assert [(workspace.bot.id, True)] == [(grant["user_id"], grant["is_bot"]) for grant in payload["authorizations"]]


def test_an_empty_ack_says_nothing(workspace):
    """An ack without words shows nothing; the first answer through the response_url is then the one replaced."""

    delivery = command(workspace)
    key = delivery.payload["response_url"].rpartition("/")[2]
    workspace.acknowledge(delivery.envelope_id, response={})
    assert [] == seen(workspace)

    responses.respond(workspace, key=key, body={"text": "one"})
    responses.respond(workspace, key=key, body={"text": "two", "replace_original": True})
    assert ["two"] == seen(workspace)


@pytest.mark.parametrize(
    ("body", "error"),
    [({}, "no_text"), ({"text": "x", "blocks": [{"type": "blink"}]}, "invalid_blocks"), ({"text": "x"}, None)],
)
def test_an_answer_through_a_response_url_is_checked(workspace, body, error):
    """Words through a response_url keep to the same rules, and a refused one does not use it up."""

    key = answer_to(workspace)
    errors = []
    for _ in range(6):
        try:
            responses.respond(workspace, key=key, body=body)
        except Refusal as refusal:
            errors.append(refusal.error)

    assert ([error] * 6 if error else ["used_url"]) == errors


def test_a_submission_nobody_answers_keeps_the_dialog(workspace, call, real):
    """A dialog whose submission was not acknowledged stays, with Slack's sentence."""

    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "T"},
        "submit": {"type": "plain_text", "text": "S"},
        "blocks": [DIVIDER],
    }
    call("views.open", trigger_id=workspace.modals.trigger(person=ADA), view=view)
    send(workspace, sent(workspace, {"as": "ada", "do": "submit"}))
    real.now += 3.01
    workspace.expire()

    assert {"": "We had some trouble connecting. Try again?"} == workspace.modals.top(ADA).errors
    assert [] == seen(workspace)


def test_a_press_nobody_answers_is_told_to_the_presser(workspace, call, real):
    """A press that was not acknowledged is reported to the person who pressed."""

    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    call("chat.postMessage", channel="C0GENERAL00", text="x", blocks=[{"type": "actions", "elements": [button]}])
    send(workspace, sent(workspace, {"as": "ada", "do": "click", "button": "Go"}))
    real.now += 3.01
    workspace.expire()

    assert ["This app failed: operation_timeout"] == seen(workspace)


def test_edits_are_told_but_not_those_of_private_answers(workspace, call):
    """message_changed is sent for what everybody sees, with what stood there before."""

    ts = call("chat.postMessage", channel="C0GENERAL00", text="one")["ts"]
    call("chat.update", channel="C0GENERAL00", ts=ts, text="two")
    delivery = command(workspace)
    workspace.acknowledge(delivery.envelope_id, response={"text": "one"})
    key = delivery.payload["response_url"].rpartition("/")[2]
    responses.respond(workspace, key=key, body={"text": "two", "replace_original": True})

    events = [told.payload["event"] for told in workspace.deliveries.all.values() if "event" in told.payload]
    changes = [event for event in events if event.get("subtype") == "message_changed"]
    assert [("one", "two")] == [(event["previous_message"]["text"], event["message"]["text"]) for event in changes]
