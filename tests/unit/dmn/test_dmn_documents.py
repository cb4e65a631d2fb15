"""Files from anybody: refused clearly, soon, and without reading anything else."""

from __future__ import annotations

from time import thread_time

import pytest
from dmn_models import definitions

from engine.dmn import DmnError, load_model

BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><definitions>&c;</definitions>'
FILE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><definitions>&b;</definitions>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/x">%b;]><definitions/>'
TWICE = '<decision id="x" name="a"/><decision id="x" name="b"/>'


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (BOMB, "DOCTYPE"),
        (FILE, "DOCTYPE"),
        (PARAMETER, "DOCTYPE"),
        ("<!DOCTYPE definitions><definitions/>", "DOCTYPE"),
        ("<a>" * 100_000, "deeper than"),
        ("<definitions", "no well-formed XML"),
        ("<html/>", "Expected a DMN model"),
        ('<definitions xmlns="urn:other"/>', "Expected a DMN model"),
        (definitions(TWICE), "Two elements have the id x"),
        ("<a>" + "x" * 6_000_000 + "</a>", "bytes"),
    ],
)
def test_a_hostile_or_broken_file_is_refused(source, reason):
    begun = thread_time()
    with pytest.raises(DmnError, match=reason):
        load_model(source.encode())
    assert thread_time() - begun < 1


def test_models_that_import_one_another_are_refused():
    one = definitions('<import name="b" namespace="urn:b" importType="x"/>', namespace="urn:a").encode()
    other = definitions('<import name="a" namespace="urn:a" importType="x"/>', namespace="urn:b").encode()
    with pytest.raises(DmnError, match="in a circle"):
        load_model(one, imports=[one, other])


def test_expressions_nested_too_deeply_are_refused():
    with pytest.raises(DmnError, match="deeper than"):
        load_model(
            definitions('<decision id="d" name="d">' + "<list>" * 200 + "</list>" * 200 + "</decision>").encode()
        )
