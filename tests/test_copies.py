"""Who holds which copy: the ledger read, and subtracted from the distribution list."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from generator import copies, load
from generator.copies import Copy, Holder
from generator.model import Library, Record, Source
from generator.terms import Text
from tests.conftest import ROOT

FORM = "distribution-record"


@cache
def library() -> Library:
    return load.library(ROOT)


def row(copy: str = "CP-06-A0-01", **more: object) -> dict[str, object]:
    usual = {"copy_no": copy, "recipient": "quality", "medium": "paper", "copies": 1, "issued_on": "2026-03-02"}
    return {**usual, **more}


def ledger(*rows: dict[str, object], number: str = "DR-2026-9001", **head: object) -> list[Copy]:
    values = {"number": number, "document": "CP-06", "document_edition": "A/0", "lines": list(rows), **head}
    record = Record(f"records/{FORM}/2026/{number}.yaml", FORM, number, values, Source("", values, None))
    return list(copies.lines(record, library().forms[FORM]))


def rules(*every: Copy) -> list[tuple[str, str]]:
    return [(rule, column) for _, rule, column, _ in copies.faults(every)]


def test_a_copy_is_held_from_its_issue_until_it_is_back_and_for_ever_where_it_is_kept() -> None:
    returned, kept, out = ledger(
        row(recalled_on="2026-04-01", recall_result="returned"),
        row("CP-06-A0-02", recalled_on="2026-04-01", recall_result="kept"),
        row("CP-06-A0-03"),
    )
    days = ("2026-03-01", "2026-03-02", "2026-03-31", "2026-04-01")
    assert [returned.is_held(day) for day in days] == [False, True, True, False]
    assert [kept.is_held(day) for day in days] == [False, True, True, True]
    assert [each.is_open for each in (returned, kept, out)] == [False, False, True]


def test_what_is_lost_or_back_is_issued_again_and_what_is_kept_as_well() -> None:
    wanted = Counter({Holder("quality"): 2, Holder("sales"): 1})
    held = ledger(row(recalled_on="2026-04-01", recall_result="lost"), row("CP-06-A0-02"))
    assert list(copies.lacking(wanted, held)) == [Holder("quality"), Holder("sales")]


def test_a_line_of_several_copies_counts_as_many() -> None:
    wanted = Counter({Holder("quality"): 3})
    assert list(copies.lacking(wanted, ledger(row(copies=2)))) == [Holder("quality")]
    assert list(copies.lacking(wanted, ledger(row(copies=4)))) == []


def test_a_list_names_customers_sites_and_people_and_without_one_the_procedure_does() -> None:
    found = copies.wanted(library(), "CP-06")
    assert found[Holder("sales", outside="布兰特纳", medium="electronic")] == 1
    assert found[Holder("production", site="太仓分厂")] == 1
    assert copies.listed(library(), "CP-99", {"distribution": ["quality"]}) == Counter({Holder("quality"): 1})
    assert copies.wanted(library(), "CP-98") == Counter()


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        (Holder("quality"), Text("品质部", "Quality")),
        (Holder("quality", person="lin-xiaoyun"), Text("品质部 林晓云", "Quality Lin Xiaoyun")),
        (Holder("sales", outside="布兰特纳"), Text("布兰特纳", "布兰特纳")),
        (Holder("foundry"), Text("foundry", "foundry")),
    ],
)
def test_a_holder_in_words(holder: Holder, name: Text) -> None:
    assert copies.named(holder, library()) == name


def test_the_serial_is_the_last_number_of_a_copy_number() -> None:
    numbers = ("CP-06-A0-07", "12", "copy 3 of quality", "original")
    assert [each.serial for each in ledger(*(row(number) for number in numbers))] == [7, 12, 3, 0]


def test_a_copy_is_overdue_after_its_day_and_old_since_its_edition_ended() -> None:
    (copy,) = ledger(row(), invalid_since="2026-04-01", recall_due="2026-04-08")
    assert [copies.overdue(copy, day) for day in ("2026-04-08", "2026-04-09")] == [False, True]
    assert copies.age(copy, date(2026, 4, 11)) == 10
    (other,) = ledger(row())
    assert (copies.overdue(other, "2026-04-09"), copies.age(other, date(2026, 4, 11))) == (False, 0)


def test_a_number_counts_once_for_an_edition() -> None:
    same = ledger(row(), row())
    elsewhere = ledger(row(), number="DR-2026-9002")
    newer = ledger(row(), number="DR-2026-9003", document_edition="A/1")
    assert rules(*same) == [("ledger.copy", "copy")]
    assert rules(*same[:1], *elsewhere) == [("ledger.copy", "copy")]
    assert rules(*same[:1], *newer) == []


def test_nothing_is_received_or_back_before_it_was_issued() -> None:
    assert rules(*ledger(row(received_on="2026-03-01"))) == [("ledger.received", "received_on")]
    assert rules(*ledger(row(recalled_on="2026-03-01"))) == [("ledger.recalled", "recalled_on")]
    assert rules(*ledger(row(received_on="2026-03-02", recalled_on="2026-03-02"))) == []
