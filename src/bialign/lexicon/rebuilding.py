"""From what a store keeps to its entries: observations, given entries, decisions, the canonical rule."""

from __future__ import annotations

import json

from bialign.lexicon import canonical, stories
from bialign.lexicon.decisions import Decision, apply
from bialign.lexicon.joining import Drafts
from bialign.lexicon.store import Resolution, Store


def rebuild(store: Store) -> None:
    """Compute every entry anew; those that come out the same are not written again."""
    link_stories(store)
    resolution = _resolve_observations(store)
    given, decisions = list(store.given()), list(store.decisions())
    if given or decisions:
        drafts = Drafts(resolution.entries, resolution.assigned, store.facts)
        for origin in dict.fromkeys(name for name, _ in given):
            drafts.give(entry for name, entry in given if name == origin)
        apply(drafts, decisions)
        resolution = Resolution(drafts.entries(), drafts.assigned())
    choice = store.setting("canonical")
    if choice is not None:
        rule, preferred = json.loads(choice)
        entries = list(canonical.under(resolution.entries, rule, frozenset(preferred)))
        resolution = Resolution(entries, resolution.assigned)
    store.replace(resolution)


def lay(store: Store, decision: Decision) -> None:
    """Lay the latest decision over the entries it is about: what a rebuild would give, sooner."""
    concerned = [entry for entry in (decision.subject, decision.other) if entry is not None]
    assigned = [pair for entry in concerned for pair in store.assigned(entry.id)]
    drafts = Drafts(concerned, assigned, store.facts)
    apply(drafts, [decision])
    store.amend([entry.id for entry in concerned], Resolution(drafts.entries(), drafts.assigned()))


def has_rule(store: Store) -> bool:
    """Whether the user picked a rule for the canonical spelling."""
    return store.setting("canonical") is not None


def link_stories(store: Store) -> None:
    """Link the stories told in both languages, if any came or went; see ``linking``."""
    if stories.unpaired(store.connection):
        # Linking loads the models, which looking names up does not need.
        from bialign.lexicon import linking  # noqa: PLC0415  (see above)

        linking.link_stories(store)


def _resolve_observations(store: Store) -> Resolution:
    if not store.rows("SELECT 1 FROM occurrence LIMIT 1") and not store.rows("SELECT 1 FROM link LIMIT 1"):
        return Resolution([], [])
    # Resolving scores names with the models, which looking names up does not need.
    from bialign.lexicon import building  # noqa: PLC0415  (see above)

    return building.resolve(store)
