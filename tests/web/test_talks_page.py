"""The lead proposer reads what was written down of a talk, and confirms it on her own page."""

from __future__ import annotations

from tests_support.people import Play

from tasks.demonstration.answers import Story, fill_by
from tasks.demonstration.player import perform


class Standing:
    """The county's clock, which stands still."""

    def move(self, **_):
        """A talk needs no time here."""


def test_the_deputy_confirms_the_record_where_the_unit_asked_for_it(visitor, banli):
    play = Play(banli, Standing(), 1, Story("cgj"))
    play.clock.__class__.__call__ = lambda _self: banli.now()
    fill = fill_by(play.story, banli.now())
    perform(banli, play.until("consult").step("consult"), lambda page: {**fill(page), "confirmation": "asked"})
    visitor.be("linguoqiang")
    page = visitor.read("/portal/1")
    assert "记录属实，确认" in page
    assert "希望写明时间" in page
    visitor.be("hexiulan")
    assert visitor.post("/portal/1/talks/1", {}).status_code == 404
    visitor.be("linguoqiang")
    assert visitor.post("/portal/1/talks/1", {}).status_code == 303
    assert "记录属实，确认" not in visitor.read("/portal/1")
    visitor.be("wangmin")
    assert "提出人已确认" in visitor.read("/cases/1/consultations")
