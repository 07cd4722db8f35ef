"""``bialign align``: documents, sentences, words and names of Arabic and English texts."""

from __future__ import annotations

from enum import StrEnum

import typer

from bialign.cli import common
from bialign.cli.commands import Command, Group

app = typer.Typer(
    name="align",
    cls=Group,
    help="Align documents, sentences, words and names, Arabic with English.",
    no_args_is_help=True,
)


class BeadFormat(StrEnum):
    """What ``align sentences`` writes."""

    jsonl = "jsonl"
    tsv = "tsv"
    tmx = "tmx"
    moses = "moses"


class LinkFormat(StrEnum):
    """What ``align words`` writes."""

    pharaoh = "pharaoh"
    jsonl = "jsonl"


class Method(StrEnum):
    """How the two directions of the word aligner become one."""

    grow = "grow-diag-final-and"
    intersection = "intersection"
    posterior = "posterior"


_PAIRS = typer.Argument(
    ..., metavar="PAIRS | AR EN", help="One file of pairs (TSV, TMX, JSONL), or two of lines."
)
_OUT = typer.Option("-", "-o", "--out", metavar="FILE", help="Where to write; - is standard output.")


@app.command(cls=Command)
def sentences(
    ar: str = typer.Argument(..., metavar="AR", help="Arabic text, one sentence a line (text or JSONL)."),
    en: str = typer.Argument(..., metavar="EN", help="English text, likewise."),
    out: str = _OUT,
    form: BeadFormat = typer.Option(BeadFormat.jsonl, "--format", help="What to write."),
    split: bool = typer.Option(False, "--split", help="Lines are paragraphs: cut them into sentences first."),
    force: bool = typer.Option(False, "--force", help="Align also what is no translation."),
    no_vectors: bool = typer.Option(False, "--no-vectors", help="Do without the sentence encoder."),
    html: str | None = typer.Option(None, "--html", metavar="FILE", help="Also a page to look at."),
) -> None:
    """Find which sentences translate each other."""
    from bialign.align import formats
    from bialign.align.sentences import align_sentences
    from bialign.errors import BialignError
    from bialign.files import write_jsonl

    try:
        ar_texts = formats.read_sentences(ar, language="ar", split=split)
        en_texts = formats.read_sentences(en, language="en", split=split)
        beads = align_sentences(ar_texts, en_texts, force=force, vectors=not no_vectors)
        if no_vectors and (weak := _weakness(len(ar_texts), len(en_texts), [b.score for b in beads])):
            common.complain(f"without vectors: {weak}")
        if form is BeadFormat.jsonl:
            write_jsonl(formats.bead_records(beads, ar_texts, en_texts), out)
        elif form is BeadFormat.tsv:
            formats.write_tsv(beads, ar_texts, en_texts, out)
        elif form is BeadFormat.tmx:
            formats.write_tmx(formats.joined(beads, ar_texts, en_texts), out)
        else:
            formats.write_moses(formats.joined(beads, ar_texts, en_texts), out)
        if html is not None:
            from bialign.align.html import write_html

            write_html(beads, ar_texts, en_texts, html, title=f"{en} · {ar}")
    except BialignError as error:
        common.stop(error)


def _weakness(ar_count: int, en_count: int, scores: list[float]) -> str:
    """Why an alignment without vectors may be weak here, or nothing."""
    if min(ar_count, en_count) < 100:
        return "so short a text teaches no dictionary, expect errors"
    if sum(scores) / len(scores) < 0.7:
        return "little in the text confirms the alignment, it may be a free translation"
    return ""


@app.command(cls=Command)
def words(
    pairs: list[str] = _PAIRS,
    out: str = _OUT,
    form: LinkFormat = typer.Option(LinkFormat.pharaoh, "--format", help="What to write."),
    method: Method = typer.Option(Method.posterior, "--method", help="How both directions become one."),
    tokenized: bool = typer.Option(False, "--tokenized", help="Words are already parted by spaces."),
) -> None:
    """Find which words translate each other; the model is trained on the given pairs."""
    from bialign.align import formats
    from bialign.align.words import LONGEST, align_words
    from bialign.errors import BialignError
    from bialign.files import write_jsonl, writing

    try:
        cut: list[tuple[list[str], list[str]]] = []
        for number, texts in enumerate(formats.read_pairs(pairs), 1):
            ar, en = (_words(text, LONGEST, tokenized=tokenized) for text in texts)
            if max(len(ar), len(en)) > LONGEST:
                common.complain(f"pair {number}: more than {LONGEST} words on a side, no links")
                ar, en = [], []
            cut.append((ar, en))
        links = align_words(cut, method=method.value)
        if form is LinkFormat.pharaoh:
            with writing(out) as handle:
                handle.writelines(formats.pharaoh(found) + "\n" for found in links)
        else:
            write_jsonl(
                ({"ar": a, "en": e, "links": found} for (a, e), found in zip(cut, links, strict=True)), out
            )
    except BialignError as error:
        common.stop(error)


def _words(text: str, most: int, *, tokenized: bool) -> list[str]:
    """The words of a text, no more of them than one beyond ``most``."""
    from itertools import islice

    from bialign.text.sentences import each_token

    if tokenized:
        return text.split(maxsplit=most + 1)[: most + 1]
    return [token.text for token in islice(each_token(text), most + 1)]


@app.command(cls=Command)
def names(pairs: list[str] = _PAIRS, out: str = _OUT) -> None:
    """Find the names of both texts and which is which; one JSON object a pair of texts."""
    from bialign.align import formats
    from bialign.align.names import align_names
    from bialign.align.parts import HUGE
    from bialign.errors import BialignError
    from bialign.files import write_jsonl

    try:
        texts = formats.read_pairs(pairs)
        for number, sides in enumerate(texts, 1):
            if max(map(len, sides)) > HUGE:
                common.complain(f"pair {number}: more than {HUGE:,} characters on a side, no names")
        found = align_names(texts)
        write_jsonl(
            (
                {"ar": ar, "en": en, "names": [pair.to_dict() for pair in named]}
                for (ar, en), named in zip(texts, found, strict=True)
            ),
            out,
        )
    except BialignError as error:
        common.stop(error)


@app.command(cls=Command)
def documents(
    ar: str = typer.Argument(..., metavar="AR", help="Arabic pages as ``bialign clean`` writes them."),
    en: str = typer.Argument(..., metavar="EN", help="English pages, likewise."),
    out: str = _OUT,
) -> None:
    """Find which Arabic page is the original of which English page."""
    from bialign.align.documents import align_documents
    from bialign.errors import BialignError, InputError
    from bialign.files import read_jsonl, write_jsonl
    from bialign.model import Page

    def pages(path: str) -> list[Page]:
        found: list[Page] = []
        for line, record in read_jsonl(path):
            try:
                found.append(Page.from_dict(record))
            except (KeyError, TypeError) as error:
                raise InputError(
                    "no page record", path=path, place=f"line {line}", mend="bialign clean writes them"
                ) from error
        return found

    try:
        ar_pages, en_pages = pages(ar), pages(en)
        write_jsonl(
            (
                {"ar": ar_pages[pair.ar].id, "en": en_pages[pair.en].id, "score": pair.score}
                for pair in align_documents(ar_pages, en_pages)
            ),
            out,
        )
    except BialignError as error:
        common.stop(error)


@app.command(cls=Command)
def score(
    system: str = typer.Argument(..., metavar="SYSTEM", help="Beads or Pharaoh links to judge."),
    gold: str = typer.Option(..., "--gold", metavar="G", help="The right ones."),
    links: bool = typer.Option(False, "--words", help="Both files are Pharaoh word links."),
    partial: bool = typer.Option(False, "--partial", help="The gold links some words only."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Compare an alignment with a gold one."""
    from bialign.align import formats, scoring
    from bialign.errors import BialignError
    from bialign.files import dumps

    try:
        if links:
            linked = scoring.score_links(
                formats.read_pharaoh(gold), formats.read_pharaoh(system), partial=partial
            )
            shown = "  ".join(f"{name} {value:.3f}" for name, value in linked.to_dict().items())
            typer.echo(dumps(linked) if as_json else shown)
            return
        found = scoring.score_beads(scoring.read_beads(gold), scoring.read_beads(system))
        if as_json:
            typer.echo(dumps(found))
            return
        for name, row in (("strict", found.strict), ("lax", found.lax)):
            typer.echo(f"{name:6}  precision {row.precision:.3f}  recall {row.recall:.3f}  F1 {row.f1:.3f}")
    except BialignError as error:
        common.stop(error)
