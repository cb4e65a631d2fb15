"""The little markdown of form texts."""

import pytest

from web.forms.markdown import markdown_light


def test_paragraphs_and_lists_become_elements():
    assert markdown_light("先看\n- 甲\n- 乙\n再写") == "<p>先看</p><ul><li>甲</li><li>乙</li></ul><p>再写</p>"


def test_numbered_lists_and_emphasis():
    assert markdown_light("1. **甲**\n2. 乙") == "<ol><li><strong>甲</strong></li><li>乙</li></ol>"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "**<img src=x onerror=alert(1)>**", "- <b onclick='x'>", '# "><svg onload=x>']
)
def test_no_element_of_the_writer_survives(text):
    html = str(markdown_light(text))
    assert "<script" not in html
    assert "<img" not in html
    assert "<b " not in html
    assert "<svg" not in html
