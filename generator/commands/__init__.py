"""The verbs: one module each, plain values in, exit code out."""
