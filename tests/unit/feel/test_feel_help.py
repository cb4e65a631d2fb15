"""The help on functions: complete, in both languages, and its examples are true."""

from __future__ import annotations

import pytest

from engine.feel import evaluate
from engine.feel.builtins import BUILT_INS
from engine.feel.help import function_help, help_page

ENTRIES = function_help()


def test_every_built_in_function_has_its_help_once():
    assert sorted(each.name for each in ENTRIES) == sorted(BUILT_INS)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_the_example_gives_what_the_help_says(entry):
    assert entry.name in entry.example
    assert evaluate(f"({entry.example}) = ({entry.result})") is True


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_the_help_is_said_in_both_languages(entry):
    assert entry.english.endswith(".")
    assert entry.chinese.endswith("。")


@pytest.mark.parametrize("chinese", [True, False])
def test_the_page_shows_every_function(chinese):
    page = help_page(chinese=chinese)
    assert all(f"### {each.name}\n" in page for each in ENTRIES)
