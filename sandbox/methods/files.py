"""files.*: uploading a file in three steps, and what messages show of it."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox import places, posting
from sandbox.ids import TEAM_ID
from sandbox.methods.registry import Call, web_method
from sandbox.records import Channel, File, Json
from sandbox.refusals import Refusal, invalid_arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

MOST_BYTES = 1_073_741_824
_KINDS: Mapping[str, tuple[str, str, str]] = {
    "md": ("text/markdown", "markdown", "Markdown (raw)"),
    "txt": ("text/plain", "text", "Plain Text"),
    "csv": ("text/csv", "csv", "CSV"),
    "json": ("application/json", "json", "JSON"),
}
_UNKNOWN = ("application/octet-stream", "binary", "Binary")


@web_method("files.getUploadURLExternal", scopes=("files:write",))
def get_upload_url(workspace: "Workspace", call: Call) -> Json:
    """Give an address to send so many bytes to, and the id the file will have."""
    name, length = call.required("filename"), call.number("length", default=0)
    if not 1 <= length <= MOST_BYTES:
        sentence = "length must be the size of the file in bytes"
        raise invalid_arguments(sentence)
    file = File(id=workspace.ids.new("F"), name=name, length=length, user=workspace.bot.id, created=workspace.unix())
    workspace.files[file.id] = file
    return {"upload_url": f"{workspace.base_url}/upload/v1/{file.id}", "file_id": file.id}


@web_method("files.completeUploadExternal", scopes=("files:write",))
def complete_upload(workspace: "Workspace", call: Call) -> Json:
    """Finish files that were sent, each once, and share them in a channel if one is named."""
    wanted = _wanted(call.args.get("files"))
    files = [_finished(workspace, one) for one in wanted]
    channel = _channel(workspace, call)
    for file, one in zip(files, wanted, strict=True):
        file.title, file.completed = str(one.get("title") or file.name), True
    if channel is not None:
        shown = [file_answer(workspace, file) for file in files]
        for file in files:
            file.channels.append(channel.id)
        comment, thread = call.text("initial_comment"), call.text("thread_ts") or None
        extra: Json = {"files": shown, "upload": True}
        posting.post_as_bot(workspace, channel, text=comment, thread_ts=thread, extra=extra)
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def receive(workspace: "Workspace", *, file_id: str, content: bytes) -> str:
    """Take the bytes of a file that was announced, and say how many there were; raises Refusal.

    An address takes one upload, and exactly as many bytes as were announced.
    """
    file = workspace.files.get(file_id)
    if file is None or file.content is not None:
        raise Refusal("file_not_found", rule="bytes go to an upload address once, and only to one that was given out")
    if len(content) != file.length:
        raise Refusal("length_mismatch", rule="as many bytes are uploaded as were announced")
    file.content = content
    return f"OK - {len(content)}"


def file_answer(workspace: "Workspace", file: File) -> Json:
    """A file object as messages carry it."""
    mimetype, kind, pretty = _KINDS.get(file.name.rpartition(".")[2].casefold(), _UNKNOWN)
    private = f"{workspace.base_url}/files-pri/{TEAM_ID}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": mimetype,
        "filetype": kind,
        "pretty_type": pretty,
        "user": file.user,
        "user_team": TEAM_ID,
        "editable": False,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{private}/{file.name}",
        "url_private_download": f"{private}/download/{file.name}",
        "permalink": f"{workspace.base_url}/files/{file.user}/{file.id}/{file.name}",
        "has_rich_preview": False,
        "file_access": "visible",
    }


def _wanted(value: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401 - whatever a caller sent
    try:
        files = json.loads(value) if isinstance(value, str) else value
    except json.JSONDecodeError:
        files = None
    if not isinstance(files, list) or not files or not all(isinstance(one, Mapping) for one in files):
        sentence = "files is a JSON array of objects with an id"
        raise invalid_arguments(sentence)
    return files


def _finished(workspace: "Workspace", one: Mapping[str, Any]) -> File:
    file = workspace.files.get(str(one.get("id")))
    if file is None or file.content is None:
        raise Refusal("file_not_found", rule="a file is completed after its bytes were uploaded")
    if file.completed:
        raise Refusal("file_not_found", rule="a file is completed once")
    return file


def _channel(workspace: "Workspace", call: Call) -> Channel | None:
    named = call.text("channel_id")
    if not named:
        return None
    if named not in workspace.channels:
        raise Refusal("channel_not_found")
    return places.for_app(workspace, named, active=True, member=True)
