"""The pages of decision tables."""

import re

import pytest
from lxml import html


def test_the_hub_reads_a_table_and_tries_values(visitor):
    hub = visitor.be("wangmin")
    assert "审核流程" in hub.get("/decisions").text
    page = hub.get("/decisions/review_chain").text
    assert "轮次" in page
    tried = hub.get(
        "/decisions/review_chain?try=1&key=no&level=own&role=lead&result_class=A&round=1&previous_chain=[]").text
    assert tried.count('class="hit"') == 1


def test_a_wrong_value_is_said_and_what_was_typed_is_kept(visitor):
    answer = visitor.be("wangmin").get("/decisions/review_chain?try=1&round=two&role=lead")
    assert answer.status_code == 422
    assert "要填数字" in answer.text
    assert 'value="two"' in answer.text


def test_a_table_that_is_not_there_is_a_404_with_the_list(visitor):
    answer = visitor.be("wangmin").get("/decisions/nothing")
    assert answer.status_code == 404
    assert "审核流程" in answer.text


def test_a_deputy_is_not_let_in(visitor):
    assert visitor.be("linguoqiang").get("/decisions").status_code == 403


@pytest.mark.parametrize("key", ["review_chain", "chasing", "feedback_action"])
def test_staff_read_a_table_in_words_without_codes_or_quotes(visitor, key):
    tree = html.fromstring(visitor.be("wangmin").read(f"/decisions/{key}"))
    cells = [" ".join(cell.text_content().split()) for cell in tree.xpath("//table[contains(@class, 'rules')]//td")]
    assert len(cells) > 20
    assert [cell for cell in cells if re.search(r"[\"\[\]_]|\b[A-Z]{1,2}\d?\b(?!类)", cell) and cell not in "ABC"] == []


def test_a_trial_answers_by_the_names_of_the_columns(visitor):
    page = visitor.be("wangmin").read("/decisions/review_chain?try=1&key=no&level=own&role=lead&result_class=A&round=1")
    answer = html.fromstring(page).xpath("//dl[contains(@class, 'answer')]")[0].text_content()
    assert "依次审核" in answer
    assert "单位办公室核稿 → 单位分管领导审核" in answer
