"""bialign."""
