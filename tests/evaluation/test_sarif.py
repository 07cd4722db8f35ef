"""The SARIF log against the official schema: pydantic-sarif's models are made from sarif-schema-2.1.0.json."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pydantic import ValidationError
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from bialign.evaluation.consistency import Settings, consistency
from bialign.evaluation.formats import MEANINGS, as_sarif
from bialign.evaluation.style import Prescription, Style
from bialign.model import DIFFERENCES


@pytest.fixture
def findings(fakes):
    pages = [
        fakes.page(1, "We saw Hama.\nThen Hama; in Hamah it rains 😀."),
        fakes.page(2, "In Hama and Idleb. Idlib is near."),
    ]
    entries = [
        fakes.entry("hama", "حماة", "Hama.", "Hama;", "Hamah", "Hama "),
        fakes.entry("idlib", None, "Idleb", "Idlib"),
    ]
    lexicon = fakes.FakeLexicon(entries, pages)
    found = list(consistency(pages, lexicon).findings)
    assert len(found) > 1
    hostile = replace(found[0], path="a folder/صفحة 1#&?.txt", found="Ham\nah\x1b[31m<script>", context="")
    bitext = replace(found[0], path="en.txt", line=7, severity="error", basis="style", joined=0.91)
    return [*found, hostile, bitext, *(replace(found[0], code=code) for code in DIFFERENCES)]


def test_the_log_fits_the_official_schema(findings) -> None:
    log = json.loads(as_sarif(findings))
    checked = Sarif.model_validate(log)
    (run,) = checked.runs
    assert len(run.results) == len(findings)
    assert [rule.id for rule in run.tool.driver.rules] == list(MEANINGS)
    for result in run.results:
        assert run.tool.driver.rules[result.ruleIndex].id == result.ruleId
        assert result.locations[0].physicalLocation.region.startLine >= 1


def test_so_does_a_log_without_findings() -> None:
    assert Sarif.model_validate(json.loads(as_sarif([]))).runs[0].results == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda log: log.pop("version"),
        lambda log: log["runs"][0]["tool"]["driver"].pop("name"),
        lambda log: log["runs"][0]["results"][0].update(level="grave"),
        lambda log: log["runs"][0]["results"][0].update(line=3),
        lambda log: log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"].update(
            startLine=0
        ),
    ],
)
def test_the_schema_refuses_what_is_not_sarif(findings, spoil) -> None:
    log = json.loads(as_sarif(findings))
    spoil(log)
    with pytest.raises(ValidationError):
        Sarif.model_validate(log)


def test_uris_need_no_escape_and_columns_end_where_the_spelling_does(findings) -> None:
    log = json.loads(as_sarif(findings))
    for result, finding in zip(log["runs"][0]["results"], findings, strict=True):
        where = result["locations"][0]["physicalLocation"]
        assert where["artifactLocation"]["uri"].isascii()
        assert " " not in where["artifactLocation"]["uri"]
        assert where["region"]["startColumn"] == finding.column


def test_a_style_list_is_in_the_log_as_errors(fakes) -> None:
    pages = [fakes.page(1, "In Idleb and Idleb. Idlib is near.")]
    lexicon = fakes.FakeLexicon([fakes.entry("idlib", "إدلب", "Idleb", "Idlib")], pages)
    style = Style("names.tsv", (Prescription("إدلب", "Idlib", "line 1"),))
    report = consistency(pages, lexicon, settings=Settings(style=style))
    levels = [result["level"] for result in json.loads(as_sarif(report.findings))["runs"][0]["results"]]
    assert levels == ["error", "error"]
    given = report.score("pseudo_reference", reference="given")
    assert given.micro == pytest.approx(1 / 3)
