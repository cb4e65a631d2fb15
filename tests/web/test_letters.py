"""What a reviewer sees between two versions of a letter."""

from web.letters import changes, differences, paragraphs


def marked(old, new):
    sign = {"same": "{}", "new": "[+{}]", "gone": "[-{}]"}
    return ["".join(sign[piece.kind].format(piece.text) for piece in line) for line in differences(old, new)]


def test_an_unchanged_letter_carries_no_mark():
    assert marked("一、已完成。\n二、正在办。", "一、已完成。\n二、正在办。") == ["一、已完成。", "二、正在办。"]


def test_a_replaced_word_shows_what_went_and_what_came():
    assert marked("近期全部装设扶手", "已于4月30日全部装设扶手") == ["[-近期][+已于4月30日]全部装设扶手"]


def test_a_number_changes_as_a_whole():
    assert marked("共 120 个泊位", "共 180 个泊位") == ["共 [-120][+180] 个泊位"]


def test_a_new_paragraph_is_new_as_a_whole():
    assert marked("一、甲", "一、甲\n二、乙") == ["一、甲", "[+二、乙]"]


def test_a_paragraph_that_went_is_still_readable():
    assert marked("一、甲\n二、乙", "一、甲") == ["一、甲", "[-二、乙]"]


def test_a_replacement_counts_as_one_change():
    assert changes(differences("近期装设，电话另告", "4月装设，电话8123")) == 2


def test_a_letter_of_great_length_is_shown_without_marks():
    assert all(piece.kind == "same" for line in differences("甲" * 50_000, "乙" * 50_000) for piece in line)


def test_indents_of_the_writer_are_left_to_the_style_sheet():
    assert paragraphs("　　你们提出的建议收悉。\n\n  一、甲 ") == ["你们提出的建议收悉。", "一、甲"]
