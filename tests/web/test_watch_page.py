"""The running procedure on its diagram: figures for whoever may see them, cases for whoever may read them."""

import pytest


@pytest.fixture
def hub(visitor):
    return visitor.be("wangmin")


def test_the_page_tells_where_cases_stand_and_opens_them(hub):
    page = hub.read("/watch?process=handling")
    assert "分办" in page
    told = hub.get("/watch/diagram?process=handling").json
    (standing,) = told["counts"]
    assert told["counts"][standing] == {"n": 3, "late": 0}
    cases = hub.read(f"/watch/cases?process=handling&element={standing}")
    assert cases.count("/cases/") >= 3


def test_a_designer_sees_figures_but_no_cases(visitor):
    designer = visitor.be("chenli")
    assert "分办" in designer.read("/watch")
    assert "/watch/cases" not in designer.read("/watch")
    assert designer.get("/watch/cases?process=handling&element=x").status_code == 403


@pytest.mark.parametrize("account", ["wufang", "linguoqiang"])
def test_units_and_deputies_do_not_watch(visitor, account):
    assert visitor.be(account).get("/watch").status_code == 403


def test_shapes_that_tell_of_ratings_show_no_figures_to_the_hub(hub):
    told = hub.get("/watch/diagram?process=feedback").json
    assert told["details"] == {}
    assert told["counts"] == {}


def test_an_unknown_procedure_is_not_found(hub):
    assert hub.get("/watch?process=nothing").status_code == 404
