"""The daily digest: what leadership reads at nine, drawn up from the record, without titles."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.incident.reacting.effects import Json, Words
from bot.incident.reading.picture import Picture
from bot.words import ClockKind, Status

NINE = time(9)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
STALE = timedelta(hours=12)
"""So long after its hour a digest that could not be drawn up is left out: the next one is near."""


def last_nine(*, now: datetime, zone: str) -> datetime:
    """Return the latest nine o'clock in `zone` (an IANA name) that is not after `now`."""
    here = now.astimezone(ZoneInfo(zone))
    today = datetime.combine(here.date(), NINE, tzinfo=here.tzinfo)
    return today if today <= here else datetime.combine(here.date() - DAY, NINE, tzinfo=here.tzinfo)


def next_nine(*, now: datetime, zone: str) -> datetime:
    """Return the first nine o'clock in `zone` after `now`."""
    last = last_nine(now=now, zone=zone)
    return datetime.combine(last.date() + DAY, NINE, tzinfo=last.tzinfo)


def digest_id(at: datetime) -> str:
    """Return the id of the digest of that day, such as "digest/2026-11-21"."""
    return f"digest/{at.date().isoformat()}"


def digest(pictures: Sequence[Picture], *, since: datetime, now: datetime) -> Words:
    """Return what the digest says of `pictures` between `since` and `now`; private incidents are only counted."""
    pictures = [one for one in pictures if not one.incident.is_test]
    public = [one for one in pictures if not one.incident.is_private]
    private = [one for one in pictures if one.incident.is_private and one.incident.status.is_open]
    return {
        "since": since.isoformat(),
        "zone": str(since.tzinfo),
        "declared": sum(one.incident.declared.at >= since for one in pictures),
        "open": [_open(one, now) for one in public if one.incident.status.is_open],
        "resolved": [_resolved(one) for one in public if _ended_since(one, since)],
        "missed": [said for one in public for said in _missed(one, since=since, now=now)],
        "postmortems": list(_postmortems(public, now=now)),
        "private": [{"severity": one.incident.severity.value, "missed": len(one.incident.missed)} for one in private],
    }


def _open(picture: Picture, now: datetime) -> Json:
    incident = picture.incident
    return {
        "number": incident.number,
        "severity": incident.severity.value,
        "status": incident.status.value,
        "seconds": _seconds(now - incident.clocks_from),
        "commander": picture.name(incident.commander) if incident.commander else None,
        "update_due_at": incident.cadence.due_at.isoformat() if incident.cadence else None,
    }


def _ended_since(picture: Picture, since: datetime) -> bool:
    resolved = picture.incident.resolved
    return not picture.incident.status.is_open and resolved is not None and resolved.at >= since


def _resolved(picture: Picture) -> Json:
    clock = next((one for one in picture.clocks if one.kind is ClockKind.RESOLVE and one.met_at), None)
    return {
        "number": picture.incident.number,
        "severity": picture.incident.severity.value,
        "seconds": _seconds(clock.met_at - clock.starts_at) if clock and clock.met_at else None,
        "allowed": _seconds(clock.allowed) if clock else None,
    }


def _missed(picture: Picture, *, since: datetime, now: datetime) -> Iterator[Json]:
    for clock in picture.clocks:
        if clock.missed_at and clock.missed_at >= since and clock.kind is not ClockKind.UPDATE:
            yield {
                "number": picture.incident.number,
                "kind": clock.kind.value,
                "seconds": _seconds((clock.met_at or now) - clock.starts_at),
                "allowed": _seconds(clock.allowed),
            }
    updates = sum(mark.kind is ClockKind.UPDATE and mark.at >= since for mark in picture.incident.missed)
    if updates:
        yield {"number": picture.incident.number, "kind": ClockKind.UPDATE.value, "times": updates}


def _postmortems(pictures: Iterable[Picture], *, now: datetime) -> Iterator[Json]:
    """Return postmortems due within the week or overdue: those of incidents that are resolved and not closed."""
    for one in pictures:
        within, resolved = one.rules.postmortem_within, one.incident.resolved
        if within is None or resolved is None or one.incident.status is not Status.RESOLVED:
            continue
        due_at = resolved.at + within
        if due_at <= now + WEEK:
            yield {"number": one.incident.number, "late": _seconds(now - due_at) if due_at < now else 0}


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
