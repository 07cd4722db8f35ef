"""One module a format in which a lexicon is written and read."""
