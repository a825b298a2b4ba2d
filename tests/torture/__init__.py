"""Long tries to break the promises, each a module to run: see tests/README.md."""
