"""YAML as people write it: values as written, each with its place, and changes that touch nothing else."""

from __future__ import annotations

from generator.yamlfile.reading import LaterMarks, Marks, characters, is_plain, load, place, scalar
from generator.yamlfile.replacing import Written, as_line, put, set_value
from generator.yamlfile.writing import append, insert, quoted

__all__ = ["LaterMarks", "Marks", "Written", "append", "as_line", "characters", "insert", "is_plain", "load", "place"]
__all__ += ["put", "quoted", "scalar", "set_value"]
