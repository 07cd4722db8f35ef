"""The shipped tables and models, read with importlib.resources."""
