"""The house keeps its own rules: every rule is documented and has a corpus that triggers it and one place where it stays silent."""

from pathlib import Path

import pytest

from analyzer.rules.registry import all_rules
from analyzer.rules.rule import RuleError, load, rule
from tests.corpus import CORPORA, wants


@pytest.mark.parametrize("name", [rule.info.id for rule in all_rules()])
def test_rule_has_a_corpus_that_triggers_it(name: str) -> None:
    corpus = CORPORA / name
    assert corpus.is_dir()
    assert any(want.rule == name and not want.flag for want in wants(corpus))


@pytest.mark.parametrize("entry", all_rules(), ids=lambda entry: entry.info.id)
def test_example_of_a_rule_exists(entry) -> None:  # noqa: ANN001 - a Rule
    example = entry.info.sections["Example"].split()[0]
    assert (Path(__file__).parent.parent / example).exists()


def test_a_rule_without_documentation_does_not_load() -> None:
    @rule("error")
    def bare(subject, graph):  # noqa: ANN001, ANN202
        """Has a summary and nothing else."""

    with pytest.raises(RuleError, match="Why, Example, Limits, Fix"):
        load(bare, "references")
