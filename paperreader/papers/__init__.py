"""The nouns: a paper, its links and identifiers, and when two records are one paper."""
