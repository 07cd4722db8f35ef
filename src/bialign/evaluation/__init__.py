"""Who spells which name how, since when."""
