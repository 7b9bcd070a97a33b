"""Files: announced, uploaded, completed, each once, and shown under a message."""

import aiohttp
import pytest

from sandbox.ids import BOT_TOKEN
from sandbox.methods.files import receive
from sandbox.page.routes import page_routes
from sandbox.refusals import Refusal
from sandbox.server import Sandbox

GENERAL = "C0GENERAL00"
WORDS = b"# Timeline\n"


def announced(call, *, length: int = len(WORDS)) -> str:
    """The id of a file that was announced."""
    return str(call("files.getUploadURLExternal", filename="t.md", length=length)["file_id"])


def completed(call, file_id: str, **more: str) -> dict[str, object]:
    """The answer to completing a file."""
    return dict(call("files.completeUploadExternal", files=[{"id": file_id, "title": "T"}], **more))


def test_a_file_is_shared_under_a_message(workspace, call):
    """Three steps, and the history shows the file with its name and size."""

    file_id = announced(call)
    said = receive(workspace, file_id=file_id, content=WORDS)
    answer = completed(call, file_id, channel_id=GENERAL, initial_comment="Here")

    (message,) = call("conversations.history", channel=GENERAL, limit=1)["messages"]
    (file,) = message["files"]
    assert f"OK - {len(WORDS)}" == said
    assert [{"id": file_id, "title": "T"}] == answer["files"]
    assert ("Here", "t.md", "T", len(WORDS)) == (message["text"], file["name"], file["title"], file["size"])


def test_a_file_without_a_channel_stays_unseen(workspace, call):
    """It is completed, and no message tells of it."""

    file_id = announced(call)
    receive(workspace, file_id=file_id, content=WORDS)

    assert completed(call, file_id)["ok"]
    assert [] == workspace.files[file_id].channels


def test_as_many_bytes_as_announced_and_once(workspace, call):
    """Another length, or a second upload, is refused."""

    file_id = announced(call)
    with pytest.raises(Refusal, match="length_mismatch"):
        receive(workspace, file_id=file_id, content=WORDS + b"x")
    receive(workspace, file_id=file_id, content=WORDS)
    with pytest.raises(Refusal, match="file_not_found"):
        receive(workspace, file_id=file_id, content=WORDS)
    assert WORDS == workspace.files[file_id].content


def test_a_file_is_completed_once_and_only_after_its_bytes(workspace, call):
    """Nothing uploaded, nothing known, or done already: file_not_found."""

    file_id = announced(call)
    early = completed(call, file_id)
    receive(workspace, file_id=file_id, content=WORDS)
    first, second = completed(call, file_id), completed(call, file_id)

    assert ["file_not_found", None, "file_not_found"] == [one.get("error") for one in (early, first, second)]
    assert "file_not_found" == completed(call, "F0UNKNOWN")["error"]


@pytest.mark.parametrize("files", ["nonsense", "[]", [], ["F1"], None])
def test_files_are_a_list_of_objects(call, files):
    """Anything else is a malformed call."""

    assert "invalid_arguments" == call("files.completeUploadExternal", files=files)["error"]


@pytest.mark.parametrize("length", [0, -1, "many"])
def test_a_length_is_a_number_of_bytes(call, length):
    """An empty file, or no number, is a malformed call."""

    assert "invalid_arguments" == call("files.getUploadURLExternal", filename="t.md", length=length)["error"]


def test_a_file_goes_only_where_the_app_is(workspace, call):
    """A channel that is not there is refused by name."""

    file_id = announced(call)
    receive(workspace, file_id=file_id, content=WORDS)

    assert "channel_not_found" == completed(call, file_id, channel_id="C0NOWHERE00")["error"]


@pytest.fixture
async def served(manifest):
    """A sandbox with its page, listening."""
    box = Sandbox(manifest=manifest)
    box.add_routes(page_routes(box))
    await box.start()
    yield box
    await box.stop()


async def uploaded(box: Sandbox, session: aiohttp.ClientSession, body: object) -> tuple[int, str, str]:
    """Announce a file and send it as `body`; its status, answer and id."""
    answer = box.workspace.call(
        token=BOT_TOKEN, method="files.getUploadURLExternal", args={"filename": "t.md", "length": len(WORDS)}
    )
    async with session.post(answer["upload_url"], data=body) as said:
        return said.status, await said.text(), answer["file_id"]


async def test_bytes_are_taken_over_http_bare_or_in_a_form(served):
    """As the SDK sends them and as curl does; a wrong length is refused."""

    form = aiohttp.FormData()
    form.add_field("file", WORDS, filename="t.md")
    async with aiohttp.ClientSession() as session:
        found = [(await uploaded(served, session, body))[:2] for body in (WORDS, form, b"x", {"no": "file"})]

    assert [(200, "OK - 11"), (200, "OK - 11"), (400, "length_mismatch"), (400, "length_mismatch")] == found


async def test_faults_strike_an_upload(served):
    """An error, a reply that is lost, and an outage."""

    statuses = []
    async with aiohttp.ClientSession() as session:
        await served.fault({"error": {"method": "upload", "status": 500}})
        statuses.append((await uploaded(served, session, WORDS))[0])
        await served.fault({"cut": {"method": "upload"}})
        with pytest.raises(aiohttp.ClientError):
            await uploaded(served, session, WORDS)
        await served.fault({"slack_down": "5m"})
        statuses.append((await uploaded(served, session, WORDS))[0])

    assert [500, 503] == statuses


async def test_a_file_opens_on_the_page_for_who_sees_it(served):
    """A card with name, size and a link; for somebody who does not see the channel there is no such file."""

    async with aiohttp.ClientSession() as session:
        _, _, file_id = await uploaded(served, session, WORDS)
        direct = served.workspace.call(token=BOT_TOKEN, method="conversations.open", args={"users": "U0ADA000000"})
        args = {"files": [{"id": file_id, "title": "Timeline"}], "channel_id": direct["channel"]["id"]}
        served.workspace.call(token=BOT_TOKEN, method="files.completeUploadExternal", args=args)
        async with session.get(f"{served.url}/as/ada/dm/tocsin") as page:
            shown = await page.text()
        address = f"{served.url}/as/{{}}/files/{file_id}/t.md"
        async with session.get(address.format("ada")) as hers, session.get(address.format("noor")) as not_his:
            got = hers.status, await hers.read(), not_his.status

    assert f'href="/as/ada/files/{file_id}/t.md"' in shown
    assert "t.md · 11 bytes" in shown
    assert (200, WORDS, 404) == got
