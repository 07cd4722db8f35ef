"""The name-variant lexicon: built, stored, exchanged."""
