"""Every corpus says of itself what must be found in it, and nothing else may be."""

import pytest

from tests.corpus import CORPORA, analyze_corpus, differences


@pytest.mark.parametrize("name", sorted(path.name for path in CORPORA.iterdir() if path.is_dir()))
def test_corpus(name: str) -> None:
    root = CORPORA / name
    assert differences(root, analyze_corpus(root)) == []
