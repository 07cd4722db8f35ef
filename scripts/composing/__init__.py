"""What composed news pages are made of; ``compose_pages.py`` puts it together."""
