"""wenkong (文控): controlled quality forms from YAML records under git."""

__version__ = "0.1.0"
