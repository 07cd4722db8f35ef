"""What the documents say against what is there."""

import re
from pathlib import Path

import bialign
from bialign.cli import build_app

ROOT = Path(__file__).parent.parent


def commands(app, before="bialign"):
    for command in app.registered_commands:
        yield f"{before} {command.name or command.callback.__name__.replace('_', '-').removesuffix('-')}"
    for group in app.registered_groups:
        yield from commands(group.typer_instance, f"{before} {group.name}")


def test_the_command_reference_has_every_command():
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    described = set(re.findall(r"^## (bialign .+)$", page, re.MULTILINE))
    assert described == {name.replace(" import-", " import") for name in commands(build_app())}


def test_public_names_load_and_no_others_are_promised():
    for name in bialign.__all__:
        assert getattr(bialign, name) is not None
    assert set(dir(bialign)) >= set(bialign.__all__)


def test_public_names_of_the_design_are_there():
    promised = [
        "read_pages",
        "separate",
        "normalize_arabic",
        "normalize_latin",
        "romanize",
        "arabize",
        "romanize_many",
        "arabize_many",
        "match",
        "same_name",
        "match_many",
        "NameIndex",
        "cluster_variants",
        "find_names",
        "align_documents",
        "align_sentences",
        "align_words",
        "align_names",
        "build_lexicon",
        "run",
        "write_pages",
        "Lexicon",
        "consistency",
    ]
    assert set(promised) <= set(bialign.__all__)


def test_the_scripts_that_the_readme_and_data_name_exist():
    for document in (ROOT / "README.md", ROOT / "data/README.md", *(ROOT / "docs").glob("*.md")):
        for script in set(re.findall(r"scripts/\w+\.py", document.read_text("utf-8"))):
            assert (ROOT / script).exists(), f"{document.name} names {script}"


def test_the_readme_shows_the_block_that_update_readme_writes():
    text = (ROOT / "README.md").read_text("utf-8")
    [block] = re.findall(r"<!-- run: make run -->\n```\n(.*?)```\n<!-- /run -->", text, re.DOTALL)
    assert " pages read, " in block
    assert " names in English, " in block
