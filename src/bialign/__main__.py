"""``python -m bialign`` is the ``bialign`` command."""

from bialign.cli import main

if __name__ == "__main__":
    main()
