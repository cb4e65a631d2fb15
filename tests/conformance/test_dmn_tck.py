"""The compatibility kit, folder by folder."""

from __future__ import annotations

import pytest
from dmn_tck import KIT, cases_of, failure_of, folders, model_of

FOLDERS = folders() if KIT.is_dir() else []


def test_the_kit_is_there():
    assert FOLDERS, f"The DMN compatibility kit is missing: expected it at {KIT}."


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_model_decides_as_the_kit_expects(folder):
    model = model_of(folder)
    failures = {case.name: failure_of(case, model) for case in cases_of(folder)}
    assert failures
    assert {name: failure for name, failure in failures.items() if failure} == {}
