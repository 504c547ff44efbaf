"""A print made again from the commit that it names, to be compared with what somebody holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace

from generator import archive, copies, issuing, pdf, production
from generator.copies import Copy
from generator.git import Repository
from generator.model import Form
from generator.printing import Origin, Pinned
from generator.production import Piece, Press, Refusal
from generator.terms import Language


def prints(
    repository: Repository, commit: str, number: str, *, kinds: Iterable[str], title: str = ""
) -> Iterator[bytes]:
    """Every print that the tree of a commit gives of a number, only those of that title if one is given.

    They are marked in each of these ways, in the organisation's language first, then in the others, in each view.

    Raises:
        GeneratorError: there is no such commit, or an engine does not work.
    """
    with archive.at(repository, commit) as place:
        press = issuing.pressed(repository, commit, place)
        origin = Origin(repository.found(commit), is_draft=False)
        with closing(pdf.engine(press.engine)) as converter:
            for kind in kinds:
                marked = replace(press, origins=Pinned(replace(origin, kind=kind)))
                for piece in pieces(marked, number):
                    if title in {"", piece.properties.title}:
                        yield production.converted(piece, converter)[1]


def pieces(press: Press, number: str) -> Iterator[Piece]:
    """Every print that a press gives of a number: in its own language first, then in the others, then in each view."""
    languages = sorted(Language, key=lambda each: each is not press.language)
    spoken = [replace(press, language=each, demands=None, templates={}) for each in languages]
    for each in spoken:
        plain = issuing.document(each, number)
        if isinstance(plain, Piece):
            yield plain
    for each in spoken:
        record = each.library.record(number)
        for view in each.library.forms[record.form].views if record else ():
            viewed = each.record(record, view) if record else None
            if isinstance(viewed, Piece):
                yield viewed


def copy(repository: Repository, form: Form, held: Copy, kinds: Iterable[str]) -> Iterator[bytes]:
    """An issued copy made again, as it was issued or stamped to be kept.

    Raises:
        GeneratorError: there is no such commit, or an engine does not work.
    """
    slots = issuing.slots(repository, copies.lines(held.record, form))
    wanted = [each for each in slots if each.number == held.number]
    for kind in kinds:
        made = issuing.made(repository, held.commit, held.document, wanted, kind)
        if not isinstance(made, Refusal):
            yield made[held.number]
