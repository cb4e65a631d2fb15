"""Every sentence that a person may read is said in all three languages."""

import re

import pytest
from babel.messages.mofile import read_mo

from web import catalogs

PLACES = re.compile(r"{\w*}")


@pytest.mark.parametrize("locale", catalogs.LOCALES)
def test_no_sentence_is_left_untranslated(locale):
    missing = sorted(catalogs.missing(locale))
    assert not missing, f"run `python -m web.catalogs` and translate: {missing}"


@pytest.mark.parametrize("locale", catalogs.LOCALES)
def test_no_translation_invents_a_place_that_the_sentence_does_not_fill(locale):
    wrong = [
        message.id
        for message in catalogs.catalog(locale)
        if message.id and set(PLACES.findall(message.string)) - set(PLACES.findall(message.id))
    ]
    assert not wrong


@pytest.mark.parametrize("locale", catalogs.LOCALES)
def test_the_compiled_catalog_is_that_of_the_translators(locale):
    with catalogs.po_file(locale).with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    said = {message.id: message.string for message in catalogs.catalog(locale) if message.id}
    assert {message.id: message.string for message in compiled if message.id} == said


def test_the_default_language_has_no_english_left():
    untouched = [
        message.id
        for message in catalogs.catalog("zh_Hans_CN")
        if message.id and message.string == message.id and re.search(r"[a-z]{4}", PLACES.sub("", message.id))
    ]
    assert not untouched


MISTAKEN = {"通过": ("通過", "透過"), "审核": ("審核", "稽核")}
"""What a converter takes for another word: the simplified word, the right one, and the one it makes of it."""


def test_traditional_chinese_keeps_the_words_of_the_office():
    simplified = {message.id: str(message.string) for message in catalogs.catalog("zh_Hans_CN") if message.id}
    mistaken = [
        (message.string, right)
        for message in catalogs.catalog("zh_Hant_TW")
        for word, (right, wrong) in MISTAKEN.items()
        if message.id and word in simplified[message.id] and wrong in str(message.string)
    ]
    assert not mistaken
