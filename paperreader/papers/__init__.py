"""Papers: their links and identifiers, and when two records describe one paper."""
