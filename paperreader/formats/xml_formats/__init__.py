"""Atom, RSS, ACL Anthology XML and PubMed XML."""
