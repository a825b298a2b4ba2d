"""JSON and JSON lines: our own exports, CSL-JSON, and those of known services."""
