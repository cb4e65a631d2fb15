"""A shape without a name is told by its kind and by what it follows."""

from engine.bpmn.model import Element, Flow, Process
from tasks.designing.shape_names import shape_name

SHAPES = [
    Element("review", "userTask", "审核", outgoing=("a",)),
    Element("late", "boundaryEvent", attached_to="review", outgoing=("c",)),
    Element("split", "exclusiveGateway", incoming=("a",), outgoing=("b",)),
    Element("over", "endEvent", incoming=("b",)),
    Element("given_up", "endEvent", incoming=("c",)),
    Element("alone", "endEvent"),
]
FLOWS = [Flow("a", "review", "split"), Flow("b", "split", "over"), Flow("c", "late", "given_up")]
PROCESS = Process("p", "流程", executable=True, elements={one.id: one for one in SHAPES},
                  flows={one.id: one for one in FLOWS})  # fmt: skip


def test_each_is_called_what_a_person_would_call_it():
    assert {one.id: shape_name(PROCESS, one) for one in SHAPES} == {
        "review": "审核",
        "late": "环节上的事件（“审核”上）",
        "split": "多选一（“审核”之后）",
        "over": "结束（“审核”之后）",
        "given_up": "结束（“审核”之后）",
        "alone": "结束",
    }
