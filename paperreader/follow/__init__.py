"""Papers from the network: what can be followed, fetched and looked up, and the polite client."""
