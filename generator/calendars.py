"""The working calendars of a library: what the company wrote, over the public days that are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator import publicdays, yamlfile
from generator.calendar import Calendar, Interval
from generator.model import Finding, Library, Record
from generator.terms import Text
from generator.terms import rules as words

CALENDARS = "calendars"
ZONE = "Asia/Shanghai"
KINDS = {"holiday": False, "makeup_workday": True}
HALF = "half_day"
USUAL_WEEK = {day: ((time(8), time(12)), (time(13), time(17))) for day in range(1, 6)}
FIRST_YEAR, LAST_YEAR = 2004, 2100


def of(library: Library) -> Mapping[str, Calendar]:
    """The calendar of each site; under the empty key that of the site which the organisation names first.

    A site without calendars of its own follows the site whose calendar it names.
    """
    records = sorted(library.records.get(CALENDARS, {}).values(), key=lambda each: each.values["year"])
    sites = {
        str(each.values["site"]): [one for one in records if one.values["site"] == each.values["site"]]
        for each in records
    }
    here = zone(library)
    found = {site: _calendar(ours, here) for site, ours in sites.items()}
    for number, site in library.records.get("sites", {}).items():
        followed = library.records.get(CALENDARS, {}).get(str(site.values.get("calendar", "")))
        if number not in found and followed is not None:
            found[number] = found[str(followed.values["site"])]
    named = (row.get("site", "") for row in library.organization.get("group_companies", ()))
    usual = next((found[site] for site in named if site in found), None)
    return {**found, "": usual or next(iter(found.values()), _calendar([], here))}


def zone(library: Library) -> ZoneInfo:
    """The organisation's time zone; Shanghai where none, or none that exists, is written."""
    return zone_of(str(library.organization.get("time_zone", ZONE))) or ZoneInfo(ZONE)


def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of that name, or None."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _calendar(records: list[Record], zone: ZoneInfo) -> Calendar:
    days: dict[date, bool] = {}
    half: set[date] = set()
    years = {int(each.values["year"]) for each in records}
    for year in range(FIRST_YEAR, LAST_YEAR):
        announced = publicdays.of(year)
        if announced:
            years.add(year)
            days |= announced
    for record in records:
        for row in record.values["days"]:
            day = date.fromisoformat(row["date"])
            if row["kind"] in KINDS:
                days[day] = KINDS[row["kind"]]
            elif row["kind"] == HALF:
                half.add(day)
    hours = _week(records[-1]) if records else USUAL_WEEK
    return Calendar(zone, hours, days, frozenset(years), frozenset(half))


def _week(record: Record) -> Mapping[int, tuple[Interval, ...]]:
    week: dict[int, list[Interval]] = {}
    for row in record.values["week"]:
        begin, end = clock(row["from"]), clock(row["to"])
        if begin is not None and end is not None and begin < end:
            week.setdefault(int(row["weekday"]), []).append((begin, end))
    return {day: tuple(sorted(shifts)) for day, shifts in sorted(week.items())}


def clock(written: str) -> time | None:
    """A time of day such as 08:00; None where it is none."""
    try:
        return time.fromisoformat(written)
    except ValueError:
        return None


def faults(library: Library) -> Iterator[Finding]:
    """Calendars with a missing year between others, with times that are none, and a time zone that does not exist."""
    name = str(library.organization.get("time_zone", ZONE))
    if zone_of(name) is None:
        yield Finding("records/organization.yaml", 1, 1, "calendar.zone", words.BAD_ZONE.format(zone=name))
    years: dict[str, dict[int, Record]] = {}
    for record in library.records.get(CALENDARS, {}).values():
        years.setdefault(str(record.values["site"]), {})[int(record.values["year"])] = record
        for position, row in enumerate(record.values["week"]):
            begin, end = clock(row["from"]), clock(row["to"])
            if begin is None or end is None or begin >= end:
                text = words.BAD_CALENDAR_TIME.format(start=row["from"], end=row["to"])
                yield _finding(record, ("week", position), "calendar.time", text)
    for ours in years.values():
        for year in range(min(ours), max(ours)):
            if year not in ours:
                yield _finding(ours[max(ours)], ("year",), "calendar.gap", words.CALENDAR_GAP.format(year=year))


def _finding(record: Record, steps: tuple[str | int, ...], rule: str, text: Text) -> Finding:
    line, column = yamlfile.place(record.source.marks, steps)
    return Finding(record.path, line, column, rule, text)
