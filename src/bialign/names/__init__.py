"""One name in two scripts: transliteration, matching, mentions."""
