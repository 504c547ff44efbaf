"""`wenkong reissue`: make issued copies again from their commit, and compare them with what the ledger says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from generator import canonical, copies, files, git, issuing, load, paper, report
from generator.copies import Copy
from generator.errors import GeneratorError
from generator.git import Repository
from generator.model import Library
from generator.production import Refusal
from generator.terms import Language, Text
from generator.terms import control as control_words
from generator.terms import reissue as words

FOLDER = "out/reissued"
JOINT = "@"


def run(root: Path, name: str, *, copy: str, language: Language, say: Callable[[str], None]) -> int:
    """Make the copies of `NUMBER@LABEL` again, or one of them; 1 if one is not the same to the byte.

    Raises:
        GeneratorError: no such copy was ever issued, its commit is gone, or an engine does not work.
    """
    repository = git.repository(root)
    if repository is None:
        raise GeneratorError(control_words.NOT_A_CLONE)
    library = load.library(root)
    try:
        ledgers = _ledgers(library, name, copy)
        told = [text for every in ledgers for text in _remade(root, repository, every, copy)]
    finally:
        repository.close()
    for text, _ in told:
        for line in [text.within(language)] if isinstance(text, Text) else report.lines(text.findings, language):
            say(line)
    return 0 if all(same for _, same in told) else 1


def _ledgers(library: Library, name: str, copy: str) -> list[tuple[Copy, ...]]:
    """The copies of that revision by their ledger, where one of them is wanted."""
    number, joint, label = name.partition(JOINT)
    found: dict[str, list[Copy]] = {}
    for each in copies.of(library):
        if each.document == number and each.edition == label and each.commit:
            found.setdefault(each.record.number, []).append(each)
    wanted = [tuple(every) for every in found.values() if not copy or any(_is(each, copy) for each in every)]
    if not joint or not wanted:
        known = sorted({f"{each.document}{JOINT}{each.edition}" for each in copies.of(library) if each.commit})
        raise GeneratorError(words.NEVER_ISSUED.format(name=name, copy=copy or "*", known=", ".join(known) or "-"))
    return wanted


def _is(each: Copy, copy: str) -> bool:
    return copy in {each.number, str(each.serial)}


def _remade(
    root: Path, repository: Repository, every: Sequence[Copy], copy: str
) -> Iterator[tuple[Text | Refusal, bool]]:
    slots = {slot.number: slot for slot in issuing.slots(repository, every)}
    chosen = [each for each in every if not copy or _is(each, copy)]
    made = issuing.made(repository, chosen[0].commit, chosen[0].document, [slots[each.number] for each in chosen])
    if isinstance(made, Refusal):
        yield made, False
        return
    for each in chosen:
        content = made[each.number]
        path = issuing.path(each.document, each.edition, each.serial).replace(issuing.FOLDER, FOLDER, 1)
        files.write(root / path, content)
        is_same = canonical.digest(content) == each.digest
        said = {"copy": each.number, "commit": each.commit[:10], "path": path}
        yield (words.SAME.format(**said) if is_same else _different(root, each, content, said)), is_same


def _different(root: Path, copy: Copy, content: bytes, said: dict[str, str]) -> Text:
    """What differs, as far as the copy that was issued still lies here; the ledger keeps its hash alone."""
    place = root / issuing.path(copy.document, copy.edition, copy.serial)
    old = place.read_bytes() if place.is_file() else b""
    if canonical.digest(old) != copy.digest:
        return words.DIFFERENT.format(**said, what=words.NO_ORIGINAL)
    was, now = paper.read(old), paper.read(content)
    if was.pages == now.pages:
        return words.DIFFERENT.format(**said, what=words.SAME_TEXT.format(pages=len(now.pages)))
    places = [str(page) for page, texts in enumerate(zip(was.pages, now.pages, strict=False), 1) if len(set(texts)) > 1]
    counts = {"before": len(was.pages), "after": len(now.pages), "places": ", ".join(places) or "-"}
    return words.DIFFERENT.format(**said, what=words.OTHER_TEXT.format(**counts))
