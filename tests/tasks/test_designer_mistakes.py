"""Every faulty thing that one can draw, type or upload is refused with a sentence at its place."""

import io
import zipfile
from pathlib import Path

import pytest
from tests_support.county import copied, made

from engine.errors import Conflict, DefinitionInvalid, EngineError
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.designing import deploying, mending, service
from tasks.designing.archive import pack, take_in, unpack
from tasks.designing.checking import check_files, check_scenarios
from tasks.designing.files import FileKind, check_content
from tasks.designing.new_scenarios import new_scenario
from tasks.designing.queries import draft_files, draft_page
from tasks.packages.manifest import DEADLINES
from tasks.packages.service import read_package

HANDLING = Path(__file__).parents[2] / "processes" / "handling"


@pytest.fixture(scope="module")
def banli(tmp_path_factory):
    county = made(tmp_path_factory.mktemp("county"))
    with copied(county, tmp_path_factory.mktemp("designing")) as running:
        yield running


@pytest.fixture
def designer(banli):
    return actor_named(banli, "chenli")


@pytest.fixture
def draft(banli, designer):
    return service.open_draft(banli, designer, "handling")


SIGN_IN = '<zeebe:assignmentDefinition candidateGroups="=[part.unit + &quot;:unit_office&quot;]"/>'
DRAWN = {
    "a deadline that nobody set": ("signing.bpmn", "&quot;P3&quot;, since", "&quot;P99&quot;, since", "sign_in",
                                   "The deadline “P99” does not exist."),
    "a setting that is not there": ("feedback.bpmn", "setting(&quot;max_rounds&quot;)", "setting(&quot;rounds&quot;)",
                                    "decide_next", "The setting “rounds” does not exist."),
    "a unit that is not there": ("signing.bpmn", SIGN_IN, SIGN_IN.replace("part.unit + &quot;", "&quot;xyz"), "sign_in",
                                 "is for the unit “xyz”"),
    "a role that is not there": ("signing.bpmn", ":unit_office&quot;]", ":clerk&quot;]", "sign_in",
                                 "is for the role “clerk”"),
    "a group that nobody is in": ("signing.bpmn", "=[part.unit + &quot;:unit_office&quot;]",
                                  "=[&quot;jjdd:unit_deputy&quot;]", "sign_in", "that nobody is in"),
    "a task for nobody": ("signing.bpmn", SIGN_IN, "", "sign_in", "names neither a person nor a group"),
    "a form that is not in the draft": ("signing.bpmn", 'formId="sign_in"', 'formId="signin"', "sign_in",
                                        "form that is not in the draft: signin"),
    "a task without a record": ("signing.bpmn", '<zeebe:header key="recorder" value="sign_in"/>', "", "sign_in",
                                "does not say where its form is recorded"),
    "a record that nobody keeps": ("signing.bpmn", 'value="sign_in"/>\n          <zeebe:header key="light"',
                                   'value="diary"/>\n          <zeebe:header key="light"', "sign_in",
                                   "names the recorder “diary”"),
    "a task without a date": ("signing.bpmn", '<zeebe:taskSchedule dueDate="=deadline(&quot;P3&quot;, since)"/>', "",
                              "sign_in", "has no due date"),
    "a task without a name": ("signing.bpmn", 'id="sign_in" name="签收"', 'id="sign_in" name=""', "sign_in",
                              "A task has no name"),
    "a condition that is no FEEL": ("signing.bpmn", '=answer = "again"', '=answer = = "again"', "asks_again",
                                    "is no FEEL"),
    "a date that is no FEEL": ("signing.bpmn", "=deadline(&quot;P4&quot;, now())", "=deadline(&quot;P4&quot;, now(",
                               "decide_objection", "is no FEEL"),
    "work that nobody does": ("signing.bpmn", 'type="reassign"', 'type="re-assign"', "reassign",
                              "asks for the work “re-assign”"),
    "a step of the system without work": ("signing.bpmn", '<zeebe:taskDefinition type="accept-by-default"/>', "",
                                          "accept_by_default", "does not say what it is to do"),
    "the same shape twice": ("signing.bpmn", 'id="signed" name', 'id="sign_in" name', None, "sign_in"),
    "a flow into nothing": ("signing.bpmn", 'sourceRef="sign_in" targetRef="answered"',
                            'sourceRef="sign_in" targetRef="nowhere"', "to_answered", "nowhere"),
    "a shape that is not run": ("signing.bpmn", "bpmn:serviceTask", "bpmn:adHocSubProcess", "reassign",
                                "adHocSubProcess"),
    "a procedure that is called and not there": ("assignment.bpmn", 'processId="signing"', 'processId="sign"', "sign",
                                                 "calls the procedure “sign”, which does not exist"),
    "a table that is asked and not there": ("feedback.bpmn", 'decisionId="feedback_action"', 'decisionId="feedback"',
                                            "decide_next", "feedback"),
    "a repetition over nothing": ("replying.bpmn", 'inputCollection="=chain"', 'inputCollection=""', "review", ""),
    "a timer without a time": ("signing.bpmn", '=deadline("P3S", deadline("P3", since))</bpmn:timeDate>',
                               "</bpmn:timeDate>", "sign_in_overdue", ""),
    "a node of review that is not there": ("review-chain.dmn", '["UO", "UC", "S1"]', '["UO", "UX", "S1"]', None,
                                           "Row 2 names the review node “UX”"),
    "a cell that is no FEEL": ("review-chain.dmn", "&gt;= 2", "&gt;= = 2", None, ""),
    "a component that staff pages cannot show": ("forms/sign-in.form", '"type": "textfield"', '"type": "html"', None,
                                                 "component “html”"),
    "a field twice": ("forms/sign-in.form", '"key": "phone"', '"key": "handler"', None, "the key “handler” twice"),
    "a field code with a dot": ("forms/sign-in.form", '"key": "phone"', '"key": "contact.phone"', None,
                                "needs a key without dots"),
    "choices that nobody offers": ("forms/sign-in.form", '"valuesKey": "unit_handlers"', '"valuesKey": "everybody"',
                                   None, "choices “everybody”"),
    "a form that is no JSON": ("forms/sign-in.form", '"components": [', '"components": [[', None, ""),
    "a scenario with a strange part": ("scenarios/reply-passed.yaml", "when:", "whenever:", None,
                                       "“whenever” is no part"),
    "a scenario that copies itself": ("scenarios/reply-passed.yaml", "co_units: []", "co_units: *a", None, "no YAML"),
    "a scenario that comes otherwise": ("scenarios/reply-passed.yaml", "ends: 已印发", "ends: 已归档", None,
                                        "It should end at “已归档”"),
    "a scenario that fills a strange field": ("scenarios/reply-passed.yaml", "fill: {verdict: pass}",
                                              "fill: {opinion: pass}", None, "has no field “opinion”"),
    "a scenario without a procedure": ("scenarios/reply-passed.yaml", "process: replying", "process: ''", None,
                                       "lacks its “process”"),
    "a scenario that waits for no day": ("scenarios/opinion-overdue.yaml", "2026-04-29", "tomorrow", None,
                                         "a duration such as P3D or a date"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", DRAWN)
def test_what_is_drawn_wrong_is_named_at_its_place(banli, mistake):
    name, right, wrong, shape, sentence = DRAWN[mistake]
    deployed = dict(read_package(HANDLING).files)
    assert right.encode() in deployed[name], "the mistake must be made in the shipped file"
    files = {**deployed, name: deployed[name].replace(right.encode(), wrong.encode())}
    found = [*check_files(banli, files, deployed), *check_scenarios(banli, files, deployed).findings]
    said = [one for one in found if not one.known and one.resource == name and one.severity != "hint"]
    at_the_place = [one for one in said if shape in {None, one.element_id} and sentence in str(one.message)]
    assert at_the_place, [str(one.message) for one in said]


def zipped(**names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def encrypted():
    content = bytearray(zipped(**{"signing.bpmn": b"<x/>"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


ARCHIVES = {
    "no zip at all": (b"PK but not really", "no zip archive"),
    "a path out of the folder": (zipped(**{"../../etc/passwd": b"x"}), "Expected a name such as"),
    "an absolute path": (zipped(**{"/etc/cron.d/x.bpmn": b"x"}), "Expected a name such as"),
    "a program": (zipped(**{"run.py": b"import os"}), "Expected a name such as"),
    "a drive": (zipped(**{"C:\\x.bpmn": b"x"}), "Expected a name such as"),
    "a bomb": (zipped(**{"signing.bpmn": b"0" * 60_000_000}), "unpacks to more than"),
    "many bombs": (zipped(**{f"forms/f{n}.form": b"0" * 2_000_000 for n in range(40)}), "unpacks to more than"),
    "too many files": (zipped(**{f"forms/f{n}.form": b"{}" for n in range(300)}), "at most 200 files"),
    "an encrypted file": (encrypted(), "encrypted"),
    "a manifest that cannot be read": (zipped(**{"manifest.toml": b"name = "}), "manifest"),
    "a manifest with a missing file": (
        zipped(**{"manifest.toml": b'name="handling"\ntitle="x"\nprocess="p"\nfiles=["a.bpmn"]'}), "a.bpmn"),
    "another procedure": (
        zipped(**{"manifest.toml": b'name="other"\ntitle="x"\nprocess="p"\nfiles=[]'}), "the procedure “other”"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", ARCHIVES)
def test_a_hostile_or_broken_archive_changes_nothing(banli, designer, draft, mistake):
    content, sentence = ARCHIVES[mistake]
    before = draft_files(banli, designer, draft)[0]
    with pytest.raises(EngineError) as refused:
        take_in(banli, designer, draft, unpack(content))
    assert sentence in str(refused.value)
    assert draft_files(banli, designer, draft)[0] == before


def test_the_same_file_twice_in_an_archive_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("signing.bpmn", b"a")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("signing.bpmn", b"b")
    with pytest.raises(EngineError, match="twice"):
        unpack(buffer.getvalue())


NEW_FILES = {
    "a code with a space": ("my form", "标题", "letters, digits"),
    "a code that begins with a digit": ("2nd", "标题", "letters, digits"),
    "a code with a path": ("../x", "标题", "letters, digits"),
    "a code that is taken": ("sign-in", "标题", "has a file “forms/sign-in.form” already"),
}


@pytest.mark.parametrize("mistake", NEW_FILES)
def test_a_new_file_needs_a_code_of_its_own(banli, designer, draft, mistake):
    key, title, sentence = NEW_FILES[mistake]
    with pytest.raises(EngineError) as refused:
        service.new_file(banli, designer, draft, FileKind.FORM, key, title)
    assert sentence in str(refused.value)


NEW_SCENARIOS = {
    "a scenario without a title": ("scenarios/reply-passed.yaml", "  ", "Give the scenario a title"),
    "a scenario like one that is not there": ("scenarios/none.yaml", "标题", "Choose a scenario of this draft"),
    "a scenario like a diagram": ("replying.bpmn", "标题", "Choose a scenario of this draft"),
    "a scenario like a file outside": ("../../etc/passwd", "标题", "Choose a scenario of this draft"),
}


@pytest.mark.parametrize("mistake", NEW_SCENARIOS)
def test_a_new_scenario_begins_like_one_of_the_draft(banli, designer, draft, mistake):
    like, title, sentence = NEW_SCENARIOS[mistake]
    with pytest.raises(EngineError, match=sentence):
        new_scenario(banli, designer, draft, like, title)


DEADLINES_TYPED = {
    "no name": ({"name": " ", "amount": "2", "unit": "wd"}, "Give the deadline a name"),
    "a length in words": ({"name": "审查", "amount": "两", "unit": "wd"}, "whole number"),
    "no length": ({"name": "审查", "amount": "0", "unit": "wd"}, "from 1 to 500"),
    "ten thousand days": ({"name": "审查", "amount": "10000", "unit": "cd"}, "from 1 to 730"),
    "no unit": ({"name": "审查", "amount": "2", "unit": "hours"}, "Choose working days"),
    "a name that is taken": ({"name": "P3", "amount": "2", "unit": "wd"}, "already"),
}


@pytest.mark.parametrize("mistake", DEADLINES_TYPED)
def test_a_deadline_that_cannot_be_counted_is_refused(banli, designer, draft, mistake):
    typed, sentence = DEADLINES_TYPED[mistake]
    with pytest.raises(EngineError) as refused:
        mending.make_deadline(banli, designer, draft, typed)
    assert sentence in str(refused.value)
    assert DEADLINES not in draft_files(banli, designer, draft)[0]


def change(banli, designer, draft, name="signing.bpmn", right=b"P3S", wrong=b"P4"):
    content = draft_files(banli, designer, draft)[0][name]
    revision = next(one.revision for one in draft_page(banli, designer, draft).files if one.name == name)
    service.save_file(banli, designer, draft, name, content.replace(right, wrong), revision)


def test_nothing_is_deployed_without_a_reason(banli, designer, draft):
    change(banli, designer, draft)
    with pytest.raises(Conflict, match="what changes and why"):
        deploying.hand_in(banli, designer, draft, " ")


def test_nothing_is_deployed_where_nothing_differs(banli, designer, draft):
    with pytest.raises(Conflict, match="Nothing differs"):
        deploying.hand_in(banli, designer, draft, "为了部署")


def test_errors_keep_a_draft_from_being_deployed(banli, designer, draft):
    change(banli, designer, draft, wrong=b"P99")
    with pytest.raises(DefinitionInvalid, match="P99"):
        deploying.hand_in(banli, designer, draft, "改时限")
    assert draft_page(banli, designer, draft).state == "open"


def test_a_draft_of_an_old_version_does_not_undo_a_newer_one(banli, designer, draft):
    other = service.open_draft(banli, designer, "handling")
    change(banli, designer, other, wrong=b"P4")
    deploying.hand_in(banli, designer, other, "先部署的")
    change(banli, designer, draft, wrong=b"P5")
    with pytest.raises(Conflict, match="was deployed after this draft was opened"):
        deploying.hand_in(banli, designer, draft, "后部署的")
    deploying.roll_back(banli, designer, "handling", 1, "恢复原样")


def test_a_deployed_draft_is_not_changed_any_more(banli, designer):
    draft = service.open_draft(banli, designer, "handling")
    change(banli, designer, draft, wrong=b"P4")
    deploying.hand_in(banli, designer, draft, "改时限")
    with pytest.raises(Conflict, match="cannot be changed any more"):
        change(banli, designer, draft, right=b"P4", wrong=b"P5")
    deploying.roll_back(banli, designer, "handling", 1, "恢复原样")


@pytest.mark.parametrize(("number", "sentence"), [(999, "no version 999"), (None, "in force already")])
def test_one_rolls_back_to_an_earlier_version_only(banli, designer, number, sentence):
    wanted = number or draft_page(banli, designer, service.open_draft(banli, designer, "handling")).based_on
    with pytest.raises(EngineError, match=sentence):
        deploying.roll_back(banli, designer, "handling", wanted, "回退")


def test_whoever_is_no_designer_reads_and_changes_nothing(banli, designer, draft):
    clerk = actor_named(banli, "wangmin")
    for act in (
        lambda: draft_page(banli, clerk, draft),
        lambda: service.open_draft(banli, clerk, "handling"),
        lambda: service.save_file(banli, clerk, draft, "signing.bpmn", b"x", 1),
        lambda: service.remove_file(banli, clerk, draft, "signing.bpmn"),
        lambda: deploying.hand_in(banli, clerk, draft, "试试"),
        lambda: deploying.roll_back(banli, clerk, "handling", 1, "试试"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_file_larger_than_any_real_one_is_refused():
    with pytest.raises(EngineError, match="at most"):
        check_content("signing.bpmn", b"0" * 3_000_000)


def test_an_export_equals_the_folder_and_comes_back_without_a_difference(banli, designer, draft):
    files = dict(read_package(HANDLING).files)
    assert unpack(pack(files, "handling")) == files
    assert take_in(banli, designer, draft, unpack(pack(files, "handling"))) == 0


def test_the_desktop_modeler_leaves_latest_out_and_it_is_kept(banli, designer, draft):
    content = draft_files(banli, designer, draft)[0]["replying.bpmn"]
    assert b' bindingType="latest"' in content
    from_the_modeler = content.replace(b' bindingType="latest"', b"").replace("拟写答复".encode(), "起草答复".encode())
    take_in(banli, designer, draft, {"replying.bpmn": from_the_modeler})
    kept = draft_files(banli, designer, draft)[0]["replying.bpmn"]
    assert b'bindingType="latest"' in kept
    assert "起草答复".encode() in kept


def test_a_binding_that_was_changed_on_purpose_stays_changed(banli, designer, draft):
    content = draft_files(banli, designer, draft)[0]["replying.bpmn"]
    take_in(banli, designer, draft, {"replying.bpmn": content.replace(b'"latest"', b'"deployment"')})
    assert b'bindingType="latest"' not in draft_files(banli, designer, draft)[0]["replying.bpmn"]
