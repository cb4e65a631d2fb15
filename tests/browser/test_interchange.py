"""The reference diagrams of the BPMN interchange group open, and are saved without a loss."""

from collections import Counter
from pathlib import Path

import pytest
from drawing import Studio
from exchange import RENAMED, bring, exported, lost, renames_an_event
from lxml import etree

MODELS = Path(__file__).parents[3] / "shared" / "conformance" / "bpmn-miwg"
KNOWN = {"C.8.1.bpmn": {"outMessageRef": 3, "constraintsType": 1, "formalExpression": 1}}
"""What the library does not keep: references to nothing, an attribute that stands twice (with a prefix and without);
and `formalExpression` is written as its equal, an `expression` of that type."""

NAMES = sorted(path.name for path in MODELS.glob("*.bpmn"))


def test_the_reference_diagrams_are_there():
    if not NAMES:
        pytest.skip(f"the diagrams are not here; put them into {MODELS}")
    assert len(NAMES) > 15


@pytest.mark.parametrize("name", NAMES)
def test_a_reference_diagram_loses_no_element_attribute_or_shape(people, name):
    studio = Studio(people["chenli"]).opens_a_draft()
    placed = bring(studio, MODELS / name)
    renames_an_event(studio)
    after = exported(studio, placed)
    assert RENAMED.encode() in after
    gone = lost((MODELS / name).read_bytes(), after)
    names = [one for one in gone if one[2] == "name"]
    assert len(names) <= 1
    rest = [one for one in gone if one not in names and not one[1].endswith("}Bounds")]
    assert Counter(etree.QName(one[2] or one[1]).localname for one in rest) == Counter(KNOWN.get(name, {}))
