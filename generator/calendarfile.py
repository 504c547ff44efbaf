"""Appointments for calendar programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from generator import __version__


@dataclass(frozen=True)
class Event:
    """One appointment: `key` stays the same when it is written again; `at` is local time."""

    key: str
    at: datetime
    title: str
    about: str


def written(events: Iterable[Event], zone: ZoneInfo, now: datetime) -> bytes:
    """The appointments as an iCalendar file."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//wenkong//{__version__}//EN")
    calendar.add("version", "2.0")
    stamp = now.replace(tzinfo=zone).astimezone(UTC)
    for each in events:
        event = icalendar.Event()
        event.add("uid", f"{each.key}@wenkong")
        event.add("dtstamp", stamp)
        end = each.at.replace(tzinfo=zone).astimezone(UTC)
        event.add("dtstart", end - timedelta(minutes=15))
        event.add("dtend", end)
        event.add("summary", each.title)
        event.add("description", each.about)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
