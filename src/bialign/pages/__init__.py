"""One scraped page to one Page record."""
