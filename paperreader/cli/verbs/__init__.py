"""The verbs of the command line: their arguments and examples."""
