"""Files with Chinese names: a header of Latin letters that browsers read as the name."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask import Response

from web.downloads import named


@pytest.mark.parametrize("name", ["总台账 2026-05-07.xlsx", 'a"b.xlsx', "plain.pdf"])
def test_the_header_can_be_sent_and_names_the_file(name):
    header = named(Response(b""), name).headers["Content-Disposition"]
    assert header.encode("latin-1")
    assert unquote(header.rpartition("''")[2]) == name
    assert header.count('"') == 2


@pytest.mark.parametrize("address", ["/cases/ledger.xlsx", "/tracking/ledger.xlsx", "/tasks/list.xlsx"])
def test_no_workbook_is_sent_under_a_name_that_a_server_refuses(visitor, address):
    answer = visitor.be("wangmin").get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].encode("latin-1")
