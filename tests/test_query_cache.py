"""What a cache entry adds to the findings and the coverage of the code."""

from analyzer.findings import CACHED
from tests.corpus import CORPORA, analyze_corpus


def test_what_is_missing_names_the_entry_that_says_otherwise() -> None:
    report = analyze_corpus(CORPORA / "query-cache-legacy")
    found = [finding for finding in report.findings if finding.rule == "missing-column"]
    assert len(found) == 2
    for finding in found:
        assert ("sqlx-data.json", CACHED) in [(each.span.path, each.message) for each in finding.evidence]


def test_an_entry_decides_what_replay_leaves_unknown() -> None:
    report = analyze_corpus(CORPORA / "query-cache-legacy")
    links = [link for link in report.graph.links if link.reference.column == "total"]
    assert [(link.status, link.reason) for link in links] == [("resolved", "cached")]


def test_an_entry_is_no_query_of_the_code() -> None:
    report = analyze_corpus(CORPORA / "stale-query-cache")
    assert {query.file.language for query in report.graph.queries} == {"rust"}
