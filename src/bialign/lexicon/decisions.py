"""What people decided about entries, and how it is laid over every rebuild.

A decision remembers the entry as the person saw it, not only its id: a rebuild may give a name
another id, other counts or more spellings, and the decision still finds it by what it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final, Literal, Self

from bialign.errors import UsageError
from bialign.files import dumps
from bialign.lexicon.joining import Agreement, Drafts, join, with_canonical, zeroed
from bialign.model import Entry, Record

Action = Literal["accept", "reject", "merge", "split"]
ACTIONS: Final[tuple[Action, ...]] = ("accept", "reject", "merge", "split")


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """One decision, kept for good.

    Args:
        action: ``accept``, ``reject``, ``merge`` (``other`` goes into ``subject``), ``split``
            (``texts`` leave ``subject`` for an entry of their own).
        subject: the entry as the person saw it.
        who: who decided.
        when: ISO 8601 time.
        note: why, in the person's words.
        other: the entry that is merged away.
        texts: the English spellings that leave.
        ar: the Arabic of the entry they form, if the person gave it.
    """

    action: Action
    subject: Entry
    who: str
    when: str
    note: str = ""
    other: Entry | None = None
    texts: tuple[str, ...] = ()
    ar: str | None = None

    def to_row(self) -> tuple[str, str, str, str, str, str]:
        """The columns of the ``decision`` table, its number apart."""
        rest = json.dumps(
            {"other": self.other and self.other.to_dict(), "texts": self.texts, "ar": self.ar},
            ensure_ascii=False,
        )
        return (self.action, dumps(self.subject), rest, self.who, self.when, self.note)

    @classmethod
    def from_row(cls, row: tuple[Action, str, str, str, str, str]) -> Self:
        """The decision that ``to_row`` wrote."""
        action, subject, rest, who, when, note = row
        data = json.loads(rest)
        return cls(
            action=action,
            subject=Entry.from_dict(json.loads(subject)),
            who=who,
            when=when,
            note=note,
            other=Entry.from_dict(data["other"]) if data["other"] else None,
            texts=tuple(data["texts"]),
            ar=data["ar"],
        )


def apply(drafts: Drafts, decisions: Iterable[Decision]) -> None:
    """Lay decisions, oldest first, over drafted entries.

    An accepted name that the observations no longer give comes back with its spellings
    uncounted; a rejected one stays in the lexicon, marked, so that it is not proposed again.
    """
    for decision in decisions:
        # Who rejects a generated Arabic form has not judged the one seen later.
        within = Agreement.ONE_LACKS if decision.action == "reject" else Agreement.GENERATED
        found = drafts.find(decision.subject, within)
        _STEPS[decision.action](drafts, decision, found)


def _accept(drafts: Drafts, decision: Decision, found: Entry | None) -> None:
    subject = decision.subject
    if found is None:
        drafts.put(replace(zeroed(subject), status="accepted"))
        return
    kept = subject.canonical in {v.text for v in found.variants}
    named = with_canonical(found, subject.canonical) if kept else found
    drafts.put(replace(named, ar=subject.ar or found.ar, status="accepted"))


def _reject(drafts: Drafts, decision: Decision, found: Entry | None) -> None:
    drafts.put(replace(found or zeroed(decision.subject), status="rejected"))


def _merge(drafts: Drafts, decision: Decision, found: Entry | None) -> None:
    other = drafts.find(decision.other) if decision.other else None
    if found is None or other is None or found.id == other.id:
        return
    merged = join(found, other, drafts.shared_pages(found.id, other.id))
    drafts.move(other.id, found.id)
    drafts.put(merged)


def _split(drafts: Drafts, decision: Decision, found: Entry | None) -> None:
    if found is None:
        return
    leaving = tuple(v for v in found.variants if v.text in decision.texts)
    staying = tuple(v for v in found.variants if v.text not in decision.texts)
    if not leaving or not staying:
        return
    name = "\n".join((decision.subject.id, *sorted(decision.texts)))
    new_id = blake2b(name.encode(errors="surrogatepass"), digest_size=8).hexdigest()
    for entry_id, variants, ar in ((found.id, staying, found.ar), (new_id, leaving, decision.ar)):
        stays = found.canonical in {v.text for v in variants}
        drafts.put(
            with_canonical(
                replace(found, id=entry_id, ar=ar, variants=variants),
                found.canonical if stays else variants[0].text,
            )
        )
    drafts.move(found.id, new_id, {("en", v.text) for v in leaving} | {("ar", decision.ar or "")})


_STEPS: Final[dict[Action, Callable[[Drafts, Decision, Entry | None], None]]] = {
    "accept": _accept,
    "reject": _reject,
    "merge": _merge,
    "split": _split,
}


def made(
    action: Action,
    subject: Entry,
    *,
    who: str,
    when: str,
    note: str = "",
    other: Entry | None = None,
    texts: Sequence[str] = (),
    ar: str | None = None,
) -> Decision:
    """A decision that can be taken on an entry; arguments as ``Lexicon.decide``, the entries found.

    Raises:
        UsageError: no such action, or it does not fit the entry or the other arguments.
    """
    if action not in ACTIONS:
        raise UsageError(f"no action {action!r}", mend=f"one of {', '.join(ACTIONS)}")
    if not who.strip():
        raise UsageError("a decision needs the name of who decides")
    if (action == "merge") != (other is not None):
        raise UsageError("merge takes the other entry's id, nothing else does")
    if (action == "split") != bool(texts):
        raise UsageError("split takes the spellings that leave, nothing else does")
    spellings = {v.text for v in subject.variants}
    if action == "split" and not set(texts) < spellings:
        raise UsageError(
            "cannot split off these spellings",
            mend=f"some but not all of: {', '.join(sorted(spellings))}",
        )
    if other is not None and other.id == subject.id:
        raise UsageError("an entry cannot be merged with itself")
    return Decision(
        action=action,
        subject=subject,
        who=who,
        when=when,
        note=note,
        other=other,
        texts=tuple(sorted(texts)),
        ar=ar,
    )
