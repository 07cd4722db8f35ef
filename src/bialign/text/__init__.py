"""Characters, words and sentences; knows nothing of pages or names."""
