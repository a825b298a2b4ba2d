"""The search engine: analysis, a Whoosh index with a codec of its own, scoring and evaluation."""
