"""YAML as people write it: values as written, each with its place, and changes that touch nothing else."""

from __future__ import annotations

from generator.yamlfile.reading import Marks, characters, is_plain, load, place, scalar
from generator.yamlfile.writing import append, insert, quoted, set_value

__all__ = ["Marks", "append", "characters", "insert", "is_plain", "load", "place", "quoted", "scalar", "set_value"]
