"""What the app says back to a person: answers in an ack, answers through a response_url."""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox import posting
from sandbox.blocks.surfaces import faults_in_blocks, faults_in_view
from sandbox.deliveries import Delivery, DeliveryKind, Origin
from sandbox.ids import forget_oldest
from sandbox.records import Channel, Json, Message, ResponseAddress, View
from sandbox.refusals import Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

MOST_USES = 5
LIVES = timedelta(minutes=30)
MOST_REMEMBERED = 5_000


def new_address(workspace: "Workspace", *, channel: str, person: str, message_ts: str | None = None) -> str:
    """The key of a fresh response_url that answers `person` in `channel`, about `message_ts` if there is one."""
    key = f"{workspace.ids.number():08d}"
    workspace.response_addresses[key] = ResponseAddress(
        key=key, channel=channel, person=person, made=workspace.clock.now(), message_ts=message_ts
    )
    forget_oldest(workspace.response_addresses, most=MOST_REMEMBERED)
    return key


def url(workspace: "Workspace", key: str) -> str:
    """The response_url with that key."""
    return f"{workspace.base_url}/respond/{key}"


def respond(workspace: "Workspace", *, key: str, body: Json) -> None:
    """Carry out a POST to a response_url: five uses within 30 virtual minutes (Slack limits).

    Raises Refusal `expired_url`, `used_url`, `no_text` or `invalid_blocks`.
    """
    try:
        _respond(workspace, key, body)
    except Refusal as refusal:
        if refusal.rule:
            workspace.violate(rule=refusal.rule, where="response_url", detail=refusal.error)
        raise


def _respond(workspace: "Workspace", key: str, body: Json) -> None:
    address = workspace.response_addresses.get(key)
    if address is None:
        raise Refusal("expired_url", rule="a response_url comes from Slack")
    if workspace.clock.now() - address.made > LIVES:
        raise Refusal("expired_url", rule="a response_url is used within 30 min")
    if address.uses >= MOST_USES:
        raise Refusal("used_url", rule=f"a response_url is used at most {MOST_USES} times")
    _check_words(body, needed=not body.get("delete_original"))
    address.uses += 1
    channel = workspace.channels[address.channel]
    original = next((message for message in channel.messages if message.ts == address.message_ts), None)
    if body.get("delete_original"):
        if original is not None:
            posting.remove(workspace, channel, original)
    elif body.get("replace_original") and original is not None:
        _replace(workspace, channel, original, body)
    else:
        shown = say(workspace, channel, to=address.person, body=body)
        if address.message_ts is None:
            address.message_ts = shown.ts


def say(workspace: "Workspace", channel: Channel, *, to: str, body: Json) -> Message:
    """Show an answer: to one person unless `response_type` is `in_channel`."""
    text, blocks = str(body.get("text") or ""), list(body.get("blocks") or [])
    thread_ts = body.get("thread_ts")
    if body.get("response_type") == "in_channel":
        return posting.post_as_bot(workspace, channel, text=text, blocks=blocks, thread_ts=thread_ts)
    return posting.whisper(workspace, channel, to=to, text=text, blocks=blocks, thread_ts=thread_ts)


def apply_ack(workspace: "Workspace", delivery: Delivery) -> None:
    """Do what the body of an ack asks for."""
    origin, body = delivery.origin, delivery.response
    if origin is None:
        return
    if delivery.kind is DeliveryKind.SLASH and body and origin.channel:
        _answer_command(workspace, origin, body)
    elif origin.submits:
        _answer_submission(workspace, origin, body or {})
    elif body and (body.get("text") or body.get("blocks")):
        workspace.violate(rule="an ack of an interaction carries no message", where=delivery.kind.value)


def show_failure(workspace: "Workspace", delivery: Delivery, *, failure: str) -> None:
    """Tell the person that the app did not answer, as Slack does."""
    origin = delivery.origin
    if origin is None:
        return
    if origin.submits and origin.view_id:
        view = _view(workspace, origin.view_id)
        if view is not None:
            view.errors = {"": "We had some trouble connecting. Try again?"}
        return
    channel = workspace.channels.get(origin.channel or "")
    if channel is None:
        return
    what = f'{origin.command} failed with the error "{failure}"' if origin.command else f"This app failed: {failure}"
    posting.slackbot_says(workspace, channel, to=origin.person, text=what)


def _answer_command(workspace: "Workspace", origin: Origin, body: Json) -> None:
    if not body.get("text") and not body.get("blocks"):
        return
    channel = workspace.channels[origin.channel or ""]
    try:
        _check_words(body, needed=True)
    except Refusal as refusal:
        workspace.violate(rule=refusal.rule or refusal.error, where="ack", detail=" ".join(refusal.messages))
        text = f'{origin.command} failed with the error "{refusal.error}"'
        posting.slackbot_says(workspace, channel, to=origin.person, text=text)
        return
    shown = say(workspace, channel, to=origin.person, body=body)
    address = workspace.response_addresses.get(origin.address or "")
    if address is not None:
        address.message_ts = shown.ts


def _answer_submission(workspace: "Workspace", origin: Origin, body: Json) -> None:
    view = _view(workspace, origin.view_id or "")
    if view is None:
        return
    view.errors = {}
    match body.get("response_action"):
        case None:
            workspace.modals.close(view)
        case "clear":
            workspace.modals.close_all(view.person)
        case "errors":
            _show_errors(workspace, view, body.get("errors") or {})
        case "update" | "push" as action:
            _show_view(workspace, view, action, body.get("view"))
        case other:
            workspace.violate(rule="response_action is update, push, clear or errors", where="ack", detail=str(other))


def _show_errors(workspace: "Workspace", view: View, errors: Json) -> None:
    inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    view.errors = {block_id: str(sentence) for block_id, sentence in errors.items() if block_id in inputs}
    if not errors or set(errors) - inputs:
        detail = ", ".join(sorted(set(errors) - inputs))
        workspace.violate(rule="errors name input blocks of the submitted view", where="ack", detail=detail)


def _show_view(workspace: "Workspace", view: View, action: str, body: object) -> None:
    faults = faults_in_view(body)
    if faults or not isinstance(body, dict):
        workspace.violate(rule="a view Slack accepts", where="ack", detail=" ".join(faults))
        view.errors = {"": "We had some trouble connecting. Try again?"}
        return
    if action == "update":
        workspace.modals.redraw(view, body)
        return
    try:
        workspace.modals.put_on_top(person=view.person, body=body)
    except Refusal as refusal:
        workspace.violate(rule=refusal.rule or refusal.error, where="ack", detail=refusal.error)


def _replace(workspace: "Workspace", channel: Channel, original: Message, body: Json) -> None:
    posting.edit(workspace, channel, original, text=str(body.get("text") or ""), blocks=list(body.get("blocks") or []))


def _check_words(body: Json, *, needed: bool) -> None:
    if not needed:
        return
    if not body.get("text") and not body.get("blocks") and not body.get("attachments"):
        raise Refusal("no_text", rule="a message needs text, blocks or attachments")
    faults = faults_in_blocks(body.get("blocks") or [])
    if faults:
        raise Refusal("invalid_blocks", rule="blocks Slack accepts", messages=faults)


def _view(workspace: "Workspace", view_id: str) -> View | None:
    return next((view for view in workspace.modals.showing() if view.id == view_id), None)
