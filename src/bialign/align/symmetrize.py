"""From the links of two directions to one set (Och & Ney 2003; Koehn, Och & Marcu 2003)."""

from __future__ import annotations

from collections.abc import Iterable

Link = tuple[int, int]
_AROUND = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def intersection(one: Iterable[Link], other: Iterable[Link]) -> set[Link]:
    """Links that both directions have."""
    return set(one) & set(other)


def grow_diag_final_and(one: Iterable[Link], other: Iterable[Link]) -> set[Link]:
    """The intersection, grown along neighbouring links of the union, then by free pairs of words.

    >>> sorted(grow_diag_final_and({(0, 0), (1, 1), (2, 1)}, {(0, 0), (1, 1), (4, 4)}))
    [(0, 0), (1, 1), (2, 1), (4, 4)]
    """
    first, second = set(one), set(other)
    union = first | second
    out = first & second
    left = {i for i, _ in out}
    right = {j for _, j in out}
    queue = sorted(out)
    while queue:
        i, j = queue.pop(0)
        for di, dj in _AROUND:
            link = (i + di, j + dj)
            if link in union and link not in out and (link[0] not in left or link[1] not in right):
                out.add(link)
                left.add(link[0])
                right.add(link[1])
                queue.append(link)
    for links in (first, second):
        for i, j in sorted(links - out):
            if i not in left and j not in right:
                out.add((i, j))
                left.add(i)
                right.add(j)
    return out
