"""bialign: Arabic-English text alignment.

Scraped bilingual pages become clean records, a name-variant lexicon and a consistency report.
The names below load their modules when first used, so that ``import bialign`` costs nothing.

>>> import bialign
>>> bialign.match("حماة", "Hama").probability > 0.5
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bialign.version import __version__

if TYPE_CHECKING:
    from bialign.align.documents import align_documents
    from bialign.align.names import align_names
    from bialign.align.sentences import align_sentences
    from bialign.align.words import align_words
    from bialign.errors import BialignError, InputError, NotParallel, StoreError, UsageError
    from bialign.evaluation.consistency import ConsistencyReport, consistency
    from bialign.lexicon.lexicon import Lexicon, build_lexicon
    from bialign.model import (
        Bead,
        Candidate,
        Credit,
        Dateline,
        Entry,
        Evidence,
        Headline,
        Hit,
        Match,
        Mention,
        NamePair,
        Page,
        PairList,
        RawPage,
        Segment,
        Variant,
    )
    from bialign.names.clusters import cluster_variants, explain_variants
    from bialign.names.index import NameIndex
    from bialign.names.matching import match, match_many
    from bialign.names.mentions import find_names
    from bialign.names.sameness import same_name
    from bialign.names.transliteration import arabize, arabize_many, romanize, romanize_many
    from bialign.pages.reading import read_pages
    from bialign.pages.separating import separate
    from bialign.pipeline import Summary, run, write_pages
    from bialign.text.arabic import normalize_arabic
    from bialign.text.latin import normalize_latin
    from bialign.text.offsets import Normalized

_HOME = {
    "align.documents": ("align_documents",),
    "align.names": ("align_names",),
    "align.sentences": ("align_sentences",),
    "align.words": ("align_words",),
    "errors": ("BialignError", "InputError", "NotParallel", "StoreError", "UsageError"),
    "evaluation.consistency": ("ConsistencyReport", "consistency"),
    "lexicon.lexicon": ("Lexicon", "build_lexicon"),
    "model": (
        "Bead",
        "Candidate",
        "Credit",
        "Dateline",
        "Entry",
        "Evidence",
        "Headline",
        "Hit",
        "Match",
        "Mention",
        "NamePair",
        "Page",
        "PairList",
        "RawPage",
        "Segment",
        "Variant",
    ),
    "names.clusters": ("cluster_variants", "explain_variants"),
    "names.index": ("NameIndex",),
    "names.matching": ("match", "match_many"),
    "names.mentions": ("find_names",),
    "names.sameness": ("same_name",),
    "names.transliteration": ("arabize", "arabize_many", "romanize", "romanize_many"),
    "pages.reading": ("read_pages",),
    "pages.separating": ("separate",),
    "pipeline": ("Summary", "run", "write_pages"),
    "text.arabic": ("normalize_arabic",),
    "text.latin": ("normalize_latin",),
    "text.offsets": ("Normalized",),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Bead",
    "BialignError",
    "Candidate",
    "ConsistencyReport",
    "Credit",
    "Dateline",
    "Entry",
    "Evidence",
    "Headline",
    "Hit",
    "InputError",
    "Lexicon",
    "Match",
    "Mention",
    "NameIndex",
    "NamePair",
    "Normalized",
    "NotParallel",
    "Page",
    "PairList",
    "RawPage",
    "Segment",
    "StoreError",
    "Summary",
    "UsageError",
    "Variant",
    "__version__",
    "align_documents",
    "align_names",
    "align_sentences",
    "align_words",
    "arabize",
    "arabize_many",
    "build_lexicon",
    "cluster_variants",
    "consistency",
    "explain_variants",
    "find_names",
    "match",
    "match_many",
    "normalize_arabic",
    "normalize_latin",
    "read_pages",
    "romanize",
    "romanize_many",
    "run",
    "same_name",
    "separate",
    "write_pages",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'bialign' has no attribute {name!r}")
    value = getattr(import_module(f"bialign.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
