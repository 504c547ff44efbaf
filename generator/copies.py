"""Which copies are with whom on any day, read from the ledgers and subtracted from who is to hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from generator.model import DISTRIBUTION, Form, Library, Procedure, Record, Values
from generator.terms import Text, booklet

SERIAL = re.compile(r"(\d+)\D*\Z")
PAPER = "paper"


class Holder(NamedTuple):
    """Who holds: a department, for somebody outside or a person of its own, at a site, on this medium."""

    department: str
    outside: str = ""
    person: str = ""
    site: str = ""
    medium: str = PAPER


@dataclass(frozen=True)
class Copy:
    """A line of a ledger; dates as written, empty where there are none, `result` one of Form.ledger's results."""

    record: Record
    position: int
    document: str
    edition: str
    number: str
    holder: Holder
    count: int
    issued_on: str
    received_by: str
    received_on: str
    recalled_on: str
    result: str
    digest: str
    commit: str
    since: str
    due: str
    is_electronic: bool

    @property
    def serial(self) -> int:
        """The number of the copy among those of its edition."""
        found = SERIAL.search(self.number)
        return int(found[1]) if found else 0

    @property
    def is_open(self) -> bool:
        """Whether it is not known yet where it went in the end."""
        return not self.result

    def is_held(self, day: str) -> bool:
        """Whether its holder had it on that day; one that was kept stays."""
        is_back = bool(self.recalled_on) and self.recalled_on <= day and self.result != "kept"
        return self.issued_on <= day and not is_back


def of(library: Library) -> Iterator[Copy]:
    """Every copy ever entered, by ledger and line."""
    for form in library.forms.values():
        if form.ledger:
            for record in library.records.get(form.key, {}).values():
                yield from lines(record, form)


def lines(record: Record, form: Form) -> Iterator[Copy]:
    """The copies of one ledger."""
    ledger, columns = form.ledger, form.ledger["columns"]
    results = {written: key for key, written in ledger["results"].items()}
    head = {key: str(record.values.get(ledger[key], "")) for key in ("document", "edition", "commit", "since", "due")}
    for position, row in enumerate(record.values.get(ledger["lines"], ())):
        said = {key: str(row.get(column, "")) for key, column in columns.items()}
        yield Copy(
            record=record,
            position=position,
            number=said["copy"],
            holder=Holder(said["holder"], said["outside"], said["person"], said["site"], said["medium"]),
            count=int(row.get(columns["copies"], 1)),
            result=results.get(said["result"], ""),
            digest=said["sha256"],
            is_electronic=said["medium"] == ledger["electronic"],
            **{key: said[key] for key in ("issued_on", "received_by", "received_on", "recalled_on")},
            **head,
        )


def form(library: Library) -> Form | None:
    """The form whose records are the ledger; None where none is kept."""
    return next((each for each in library.forms.values() if each.ledger), None)


def wanted(library: Library, number: str) -> Counter[Holder]:
    """Who is to hold how many copies of a document: its distribution list, else what a procedure names itself."""
    procedure = library.procedures.get(number)
    return listed(library, number, procedure.front if procedure else {})


def listed(library: Library, number: str, front: Values) -> Counter[Holder]:
    """The same for a procedure with this front matter."""
    record = library.records.get(DISTRIBUTION, {}).get(number)
    found: Counter[Holder] = Counter()
    if record is not None:
        for row in record.values["holders"]:
            found[_holder(row, library)] += row["copies"]
        return found
    found.update(Holder(each) for each in front.get("distribution", ()))
    return found


def _holder(row: Values, library: Library) -> Holder:
    outside = [_named(library, row[key]) for key in ("customer",) if key in row]
    outside += [row["outside_party"]] if "outside_party" in row else []
    site = _named(library, row["site"]) if "site" in row else ""
    return Holder(row["department"], "，".join(outside), row.get("person", ""), site, row["medium"])


def _named(library: Library, number: str) -> str:
    record = library.record(number)
    shown = library.forms[record.form].shows if record else ""
    return str(record.values.get(shown, number)) if record else number


def named(holder: Holder, library: Library) -> Text:
    """Who holds, in words."""
    department, person = (library.record(each) for each in (holder.department, holder.person))
    values = department.values if department else {}
    zh = [str(values.get("name_zh", holder.department))]
    en = [str(values.get("name_en", holder.department))]
    if holder.outside:
        zh, en = [holder.outside], [holder.outside]
    if person is not None:
        zh.append(str(person.values.get("name_zh", holder.person)))
        en.append(str(person.values.get("name_en", holder.person)))
    return Text(" ".join(zh), " ".join(en))


def rows(library: Library, procedure: Procedure) -> Iterator[tuple[Text, Text]]:
    """Who is to hold a procedure, and how many on which medium, as its distribution list is printed."""
    for holder, count in listed(library, procedure.number, procedure.front).items():
        medium = booklet.MEDIA[holder.medium].format(count=count)
        name = named(holder, library)
        site = Text(f"（{holder.site}）", f" ({holder.site})") if holder.site else Text("", "")
        yield Text(name.zh + site.zh, name.en + site.en), medium


def lacking(wanted: Counter[Holder], held: Iterable[Copy]) -> Iterator[Holder]:
    """One for each copy that somebody is to hold and has not; what is lost or came back does not count."""
    out: Counter[Holder] = Counter()
    for each in held:
        if each.is_open:
            out[each.holder] += each.count
    return (wanted - out).elements()


def overdue(copy: Copy, day: str) -> bool:
    """Whether a copy should be back since before that day."""
    return copy.is_open and bool(copy.due) and copy.due < day


def age(copy: Copy, day: date) -> int:
    """The days since its edition ceased to be valid."""
    return (day - date.fromisoformat(copy.since)).days if copy.since else 0


def faults(every: Iterable[Copy]) -> Iterator[tuple[Copy, str, str, Mapping[str, Any]]]:
    """What cannot be: the copy, the rule, the column that is wrong, and what the message needs."""
    seen: dict[tuple[str, str, str], Copy] = {}
    for each in every:
        key = (each.document, each.edition, each.number)
        if key in seen:
            yield each, "ledger.copy", "copy", {"copy": each.number, "other": seen[key].record.number}
        seen.setdefault(key, each)
        for rule, column, value in (
            ("ledger.received", "received_on", each.received_on),
            ("ledger.recalled", "recalled_on", each.recalled_on),
        ):
            if value and value < each.issued_on:
                yield each, rule, column, {"copy": each.number, "day": value, "issued": each.issued_on}
