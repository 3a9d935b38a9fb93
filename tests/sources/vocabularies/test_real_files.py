"""The real vocabularies beside the checkout: seen = read + refused, and nothing in them that is not understood."""

from pathlib import Path

import pytest

from frontrunner.errors import BadRecord
from frontrunner.model import Raw
from frontrunner.reading.containers import head
from frontrunner.sources import recognise
from tests.sources.regulators.saved import container

#: file -> its source, how many records it has, how many of them are refused (an id that is an error message, a root)
FILES = {
    "doid_2018.tsv": ("doid", 11305, 1),
    "gard_synonyms.tsv.gz": ("gard", 6110, 1),
    "mesh2015_tree.tsv.gz": ("mesh", 27453, 0),
    "mondo_exactmatch_doid.sssom.tsv.gz": ("mondo", 11843, 0),
    "mondo_exactmatch_mesh.sssom.tsv": ("mondo", 8110, 0),
    "mondo_exactmatch_orphanet.sssom.tsv.gz": ("mondo", 9740, 0),
    "mondo_is_a.tsv.gz": ("mondo", 18275, 0),
    "mondo_rare_diseases_2026-08.tsv.gz": ("mondo", 16610, 0),
    "orphanet_epidemiology.csv.gz": ("orphanet", 6150, 0),
    "orphanet_genes.csv.gz": ("orphanet", 4078, 0),
    "gene_symbols_2016.tsv.gz": ("genes", 56352, 0),
    "unii_names_2025.parquet": ("unii", 161712, 0),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_every_record_is_read_or_refused(shared_data: Path, name: str) -> None:
    found = container(shared_data / "names" / name)
    module = recognise(name, head(found))
    assert module is not None
    seen = refused = 0
    for item in module.records(found):
        assert isinstance(item, Raw)
        seen += 1
        try:
            assert module.read(item.body).statements
        except BadRecord:
            refused += 1
    assert (module.SOURCE.id, seen, refused) == FILES[name]
