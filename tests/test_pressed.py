"""What a build makes again after a change, and what not; and how several machines share it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread, current_thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import facecheck, load, paper, production, shards, store
from generator.commands import build, form
from generator.errors import GeneratorError
from generator.model import Form
from generator.shards import Shard
from generator.terms import Language
from tests import build as samples
from tests.build import RECORD
from tests.conftest import commit
from tests.registers_build import REGISTER, small

LOANS = {f"TL_2026_000{each}": RECORD.replace("TL-2026-0001", f"TL-2026-000{each}") for each in range(1, 4)}
SHEETS = len(LOANS) + 2
"""Each loan, the blank form and the register."""
Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = small(tmp_path / "plant", REGISTER, **LOANS)
    form.draw(made, (), force=False, language=Language.EN, say=lambda _: None)
    (made / ".gitignore").write_text("out/\n", "utf-8")
    commit(made, "first")
    return made


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Build, and say how many sheets were converted and what was said."""
    count = 0
    finish = production.finish

    def counted(*arguments: object) -> object:
        nonlocal count
        count += 1
        return finish(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(production, "finish", counted)

    def go(root: Path, shard: Shard = Shard()) -> tuple[int, list[str]]:  # noqa: B008  it never changes
        nonlocal count
        said: list[str] = []
        count = 0
        build.run(
            root,
            language=None,
            speech=Language.EN,
            workers=1,
            shard=shard,
            today=date(2026, 11, 24),
            say=said.append,
            track=lambda jobs, _total, _about: jobs,
        )
        return count, said

    return go


def sheets(root: Path) -> dict[str, bytes]:
    found = (path for path in (root / "out").rglob("*") if path.suffix in {".docx", ".pdf"})
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def edited(root: Path, path: str, before: str, after: str) -> None:
    text = (root / path).read_text("utf-8")
    assert before in text
    (root / path).write_text(text.replace(before, after, 1), "utf-8")
    commit(root, "edit")


def test_nothing_that_has_not_changed_is_made_again(root: Path, run: Run) -> None:
    assert run(root)[0] == SHEETS
    first = sheets(root)
    count, said = run(root)
    assert (count, said[-1:]) == (0, same(SHEETS))
    assert sheets(root) == first


def same(count: int) -> list[str]:
    return [f"{count} of them had not changed and were not made again"]


def test_one_record_makes_its_sheet_and_the_register(root: Path, run: Run) -> None:
    run(root)
    edited(root, "records/loan/2026/TL-2026-0002.yaml", "pieces: 2", "pieces: 3")
    count, said = run(root)
    assert (count, said[-1:]) == (2, same(SHEETS - 2))


def test_a_template_makes_its_form_again_and_the_company_everything(root: Path, run: Run) -> None:
    run(root)
    edited(root, "schemas/loan.yaml", "zh: 工具, en: Tool}", "zh: 工具名, en: Tool}")
    assert run(root)[0] == SHEETS
    edited(root, "records/organization.yaml", "name_en: Example Co., Ltd", "name_en: Example Ltd")
    assert run(root)[0] == SHEETS


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"spoilt")], ids=["gone", "spoilt"])
def test_a_file_that_is_gone_or_spoilt_is_made_again(root: Path, run: Run, spoil: Callable[[Path], object]) -> None:
    run(root)
    first = sheets(root)
    spoil(root / "out/loan/TL-2026-0001.pdf")
    assert run(root)[0] == 1
    assert sheets(root) == first


def test_what_was_made_before_somebody_stopped_it_is_not_made_again(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = production.finish
    left = iter(range(2))

    def stopped(*arguments: object) -> object:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return finish(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(production, "finish", stopped)
        with pytest.raises(KeyboardInterrupt):
            run(root)
    assert run(root)[0] == SHEETS - 2


def test_without_the_cache_everything_is_made_to_the_same_bytes(root: Path, run: Run) -> None:
    run(root)
    first = sheets(root)
    (root / store.FILE).unlink()
    assert run(root)[0] == SHEETS
    assert sheets(root) == first


def test_what_is_wrong_on_paper_is_said_again_though_nothing_is_made(tmp_path: Path, run: Run) -> None:
    root = samples.repository(tmp_path / "plant", TL_2026_0001=RECORD.replace("pieces: 2", "pieces: two"))
    form.draw(root, (), force=False, language=Language.EN, say=lambda _: None)
    commit(root, "first")
    first = run(root)
    assert run(root)[1][:-1] == first[1]


def test_shards_make_together_what_one_makes_and_forget_nothing_of_each_other(root: Path, run: Run) -> None:
    run(root)
    whole = sheets(root)
    for path in whole:
        (root / path).unlink()
    (root / store.FILE).unlink()
    counts = [run(root, Shard(place, 3))[0] for place in (1, 2, 3)]
    assert sum(counts) == SHEETS
    assert sheets(root) == whole
    assert run(root)[0] == 0


def test_conversion_begins_before_the_last_record_is_judged(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    one, finish = load.Reader.one, production.finish

    def read(self: load.Reader, relative: str, path: Path, form: Form) -> object:
        told.append(relative)
        return one(self, relative, path, form)

    def finished(piece: production.Piece, *more: object) -> object:
        told.append(piece.stem)
        return finish(piece, *more)  # type: ignore[arg-type]

    looked: set[Thread] = set()
    reader = paper.read

    def looking(*about: object) -> paper.Paper:
        looked.add(current_thread())
        return reader(*about)  # type: ignore[arg-type]

    monkeypatch.setattr(load.Reader, "one", read)
    monkeypatch.setattr(production, "finish", finished)
    monkeypatch.setattr(paper, "read", looking)
    run(root)
    assert looked == {current_thread()}  # PDFium may not be asked by two threads at once
    assert (
        told.index("blank/loan") < told.index("records/loan/2026/TL-2026-0003.yaml") < told.index("loan/TL-2026-0003")
    )


def test_what_must_not_be_printed_is_not_though_others_are_printed_before_it_is_read(root: Path, run: Run) -> None:
    loans = root / "records/loan/2026"
    edited(root, "records/loan/2026/TL-2026-0002.yaml", "pieces: 2", "pieces: many")
    (loans / "TL-2026-0001.yaml").write_text(f"{LOANS['TL_2026_0001']}follows: TL-2026-0002\n", "utf-8")
    twice = root / "records/loan/2027/TL-2026-0003.yaml"
    twice.parent.mkdir()
    twice.write_text(LOANS["TL_2026_0003"], "utf-8")
    said = run(root)[1]
    wrong = {each.path for each in facecheck.read(root).findings}
    assert wrong == {
        *(f"records/loan/2026/TL-2026-000{each}.yaml" for each in (1, 2)),
        twice.relative_to(root).as_posix(),
    }
    assert [each.split()[1].rstrip(":") for each in said if each.startswith("skipped")] == sorted(wrong)
    assert sorted(path.stem for path in (root / "out/loan").glob("*.pdf")) == ["TL-2026-0003"]


@given(st.sets(st.text(min_size=1)), st.integers(1, 9))
def test_each_path_is_the_business_of_exactly_one_shard(paths: set[str], count: int) -> None:
    for path in paths:
        assert sum(Shard(place, count).has(path) for place in range(1, count + 1)) == 1


@pytest.mark.parametrize("text", ["0/8", "9/8", "x", "3", "3/0", "-1/8", "1/8/2", "１/８"])
def test_a_share_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(GeneratorError) as caught:
        shards.read(text)
    assert caught.value.text.en == f"--shard is written like 3/8, the third of eight, not '{text}'"


def test_shares_are_read_and_none_is_everything() -> None:
    assert shards.read("3/8") == Shard(3, 8)
    assert shards.read("") == Shard()
