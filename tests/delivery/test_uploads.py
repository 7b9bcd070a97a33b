"""A file reaches its one reader once, and nobody who may no longer read it."""

from datetime import UTC, datetime

import pytest

from bot.incident.reacting.effects import EffectKind
from bot.incident.reading.readings import RecordCheck
from bot.incident.reading.timeline_file import TimelineFile
from bot.ports import DeliveryState
from bot.usecases.outcomes import Dead, Sent, Skipped
from sandbox import places
from tests.delivery.test_carrying import picture
from tests.delivery.world import NOOR, World, effect

ROW = "incident:17/file"
UPLOAD = effect("file", kind=EffectKind.UPLOAD, place=f"dm:{NOOR}", view="timeline.file")


def paper(*, members_of: str = "") -> TimelineFile:
    """A file of no entries."""
    at = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    check = RecordCheck(ok=True)
    return TimelineFile(
        picture=picture(),
        entries=(),
        checked=check,
        checked_at=at,
        leaf="",
        whole=True,
        members_of=members_of,
    )


def shared(world: World) -> int:
    """How many messages brought a file."""
    return sum("files" in message.extra for message in world.sandbox.workspace.messages)


async def test_a_file_is_shared_and_its_id_kept(world: World):
    """One message in the direct message, and the row knows which file it shared."""

    world.desk.paper = paper()
    await world.deliver(UPLOAD)

    (file,) = world.sandbox.workspace.files.values()
    assert (1, file.id) == (shared(world), world.desk.rows[ROW].delivery.file)
    assert Sent(at=None, rev=1) == world.desk.outcome(ROW)
    assert [] == world.violations()


async def test_a_file_that_may_not_be_read_is_skipped(world: World):
    """Nothing is asked of Slack."""

    await world.deliver(UPLOAD)

    assert Skipped() == world.desk.outcome(ROW)
    assert [] == world.calls("files.getUploadURLExternal")


@pytest.mark.parametrize(("inside", "files"), [(True, 1), (False, 0)])
async def test_a_private_file_needs_its_reader_in_the_channel(world: World, inside: bool, files: int):
    """Who left it gets none."""

    workspace = world.sandbox.workspace
    room = places.create(workspace, name="inc-17-private", creator=workspace.bot, is_private=True)
    if inside:
        places.add_member(workspace, room, workspace.people[NOOR])
    world.desk.paper = paper(members_of=room.id)
    await world.deliver(UPLOAD)

    assert files == shared(world)
    assert isinstance(world.desk.outcome(ROW), Sent if inside else Skipped)


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
@pytest.mark.parametrize("fault", [{"status": 500}, {"error": "ratelimited", "retry_after": 2}])
async def test_a_refused_step_is_tried_again(world: World, method: str, fault: dict[str, object]):
    """A server error, or too many calls: the file is there after a while, once."""

    world.desk.paper = paper()
    await world.sandbox.fault({"error": {"method": method, **fault}})
    await world.deliver(UPLOAD, wait="2m")

    assert 1 == shared(world)
    assert DeliveryState.SENT is world.desk.state(ROW)


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
async def test_a_lost_reply_doubles_nothing(world: World, method: str):
    """The last step is looked up by the file's id; the others leave nothing anybody sees."""

    world.desk.paper = paper()
    await world.sandbox.fault({"cut": {"method": method}})
    await world.deliver(UPLOAD, wait="2m")

    assert 1 == shared(world)
    assert DeliveryState.SENT is world.desk.state(ROW)


@pytest.mark.parametrize(("file", "messages"), [("", 1), ("F0UNKNOWN", 1)])
async def test_what_a_killed_process_had_not_shared_is_shared(world: World, file: str, messages: int):
    """In doubt with no file, or one that stands nowhere: it is done again."""

    world.desk.paper = paper()
    world.desk.add(UPLOAD)
    world.desk.set(ROW, state=DeliveryState.IN_DOUBT, attempts=1, file=file)
    await world.deliver()

    assert messages == shared(world)


async def test_bytes_that_slack_refuses_end_with_an_alarm(world: World):
    """A definite no at the address is not repeated for ever."""

    world.desk.paper = paper()
    await world.sandbox.fault({"error": {"method": "upload", "status": 400}})
    await world.deliver(UPLOAD)

    assert Dead(error="http_400") == world.desk.outcome(ROW)


async def test_bytes_go_only_where_the_line_is_safe(world: World):
    """An address without TLS, other than this machine's own, is never sent anything."""

    world.desk.paper = paper()
    world.sandbox.workspace.base_url = "http://files.example"
    await world.deliver(UPLOAD)

    assert Dead(error="foreign_upload_url") == world.desk.outcome(ROW)
    assert 0 == shared(world)
