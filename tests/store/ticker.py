"""A reader in a process of its own: ticks items and prints each one that the store acknowledged.

Usage: ticker.py FILE PREFIX COUNT
"""

from __future__ import annotations

import sys
from pathlib import Path

from handbook.store.store import Store


def main() -> None:
    file, prefix, count = sys.argv[1:]
    store = Store.open(Path(file))
    for number in range(int(count)):
        item = f"{prefix}-{number}"
        store.tick(item, True, checklist=prefix)
        print(item, flush=True)
    store.close()


if __name__ == "__main__":
    main()
