"""Kinds of rule: one module each, all in the table of `kinds`."""
