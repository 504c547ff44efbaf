"""`wenkong sign` when it is killed at any of its writes, and when eight people sign at once."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from generator import journal
from tests import signing_build as firm
from tests.signing_build import ANNA, RECORD, faults

KILLS = 150
SIGNER = textwrap.dedent("""
    import os, sys
    from datetime import datetime
    from pathlib import Path
    from generator import files, git
    from generator.commands import sign
    from generator.terms import Language

    root, number, role, deadly = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    writes = 0

    def mortal(work):
        def run(*given, **named):
            global writes
            for is_after in (False, True):
                writes += 1
                if writes == deadly:
                    os._exit(9)
                if not is_after:
                    result = work(*given, **named)
            return result
        return run

    files.write = mortal(files.write)
    os.replace = mortal(os.replace)
    Path.unlink = mortal(Path.unlink)
    git.Repository.commit = mortal(git.Repository.commit)
    git.Repository._run = mortal(git.Repository._run)
    now = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
    wanted = sign.Wanted(number, role)
    code = sign.run(root, wanted, now=now, ask=None, language=Language.EN, say=print)
    print("writes", writes)
    sys.exit(code)
""")


def started(root: Path, who: str, number: str, *, role: str = "prepared", deadly: int = 0) -> subprocess.Popen[str]:
    names = {f"GIT_{side}_{name}": each for side in ("AUTHOR", "COMMITTER") for name, each in _identity(who)}
    dates = {f"GIT_{side}_DATE": "2026-03-02T09:00:00+08:00" for side in ("AUTHOR", "COMMITTER")}
    command = (sys.executable, "-c", SIGNER, str(root), number, role, str(deadly))
    environment = {**os.environ, **names, **dates, "GIT_CONFIG_COUNT": "2"}
    for place, (name, value) in enumerate((("user.name", who), ("user.email", f"{who}@example.com"))):
        environment |= {f"GIT_CONFIG_KEY_{place}": name, f"GIT_CONFIG_VALUE_{place}": value}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _identity(who: str) -> tuple[tuple[str, str], ...]:
    return (("NAME", who), ("EMAIL", f"{who}@example.com"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = firm.firm(tmp_path / "库 firm")
    firm.command(place, "config", "user.name", ANNA)
    firm.command(place, "config", "user.email", f"{ANNA}@example.com")
    return place


def test_a_kill_at_any_write_of_sign_leaves_all_or_nothing(root: Path) -> None:
    start, killed, deadly = firm.command(root, "rev-parse", "HEAD").strip(), 0, 0
    while killed < KILLS:
        deadly += 1
        process = started(root, ANNA, RECORD, deadly=deadly)
        said, wrong = process.communicate(timeout=60)
        if process.returncode != 9:
            assert process.returncode == 0, wrong
            assert "writes" in said
            deadly = 0
            if killed < 10:
                pytest.fail(f"only {killed} moments to die at")
        else:
            killed += 1
            with firm.clock(ANNA, "2026-03-02T09:05"), journal.opened(root, lambda _: None):
                pass
        assert not (root / ".git" / journal.FILE).exists()
        assert firm.command(root, "status", "--porcelain") == ""
        assert len(list((root / "records/signatures").rglob("*.yaml"))) in {0, 1}
        assert faults(root) == []
        firm.command(root, "reset", "-q", "--hard", start)


def test_eight_people_sign_at_once(root: Path) -> None:
    text = (root / firm.RECORD_PATH).read_text("utf-8")
    numbers = [f"TL-2026-{each:04d}" for each in range(1, 9)]
    for number in numbers:
        (root / f"records/loan/2026/{number}.yaml").write_text(text.replace(RECORD, number), "utf-8")
    firm.commit(root, "eight", ANNA, "2026-03-01T09:00")
    signers = [started(root, ANNA, number) for number in numbers]
    for each in signers:
        _, wrong = each.communicate(timeout=120)
        assert each.returncode == 0, wrong
    assert faults(root) == []
    assert firm.command(root, "status", "--porcelain") == ""
    assert all(set(firm.verdicts(root, number)) == {"prepared anna"} for number in numbers)
