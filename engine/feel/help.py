"""Help on every built-in function, in Chinese and English, each with an example that a test runs."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.builtins import BUILT_INS


@dataclass(frozen=True, slots=True)
class FunctionHelp:
    """What an editor shows beside a function."""

    name: str
    group: str
    signatures: tuple[str, ...]
    english: str
    chinese: str
    example: str
    result: str


# group in English and Chinese, then for each function: name, Chinese, example, result
_GROUPS: dict[tuple[str, str], tuple[tuple[str, str, str, str], ...]] = {
    ("Conversion", "类型转换"): (
        ("date", "由文本、日期时间或年月日得到日期。", 'date("2026-03-02")', '@"2026-03-02"'),
        ("time", "由文本、日期时间或时分秒得到时间。", "time(9, 30, 0)", '@"09:30:00"'),
        ("date and time", "由文本，或由日期和时间得到日期时间。",
         'date and time(@"2026-03-02", @"09:30:00")', '@"2026-03-02T09:30:00"'),
        ("duration", "由文本得到时长：P5D 为五天，P1Y6M 为一年六个月。", 'duration("P5D")', '@"P5D"'),
        ("years and months duration", "两个日期之间的整年整月。",
         'years and months duration(@"2024-01-15", @"2026-03-20")', '@"P2Y2M"'),
        ("number", "由文本得到数字，可给出千位分隔符和小数点。", 'number("1,234.5", ",", ".")', "1234.5"),
        ("string", "把值写成文本。", "string(1.5)", '"1.5"'),
        ("range", "由文本得到区间，两端须为字面值。", 'range("[18..60)").end', "60"),
    ),
    ("Boolean", "逻辑"): (
        ("not", "取反；不是真假值时为空。", "not(true)", "false"),
        ("is", "两个值是否完全相同（时区写法也相同）。", 'is(@"10:00:00", @"10:00:00Z")', "false"),
    ),
    ("String", "文本"): (
        ("substring", "从某个位置起的一段文本；1 为首字，-1 为末字。", 'substring("人大代表建议", 3, 2)', '"代表"'),
        ("string length", "字数。", 'string length("建议")', "2"),
        ("upper case", "转为大写。", 'upper case("abc")', '"ABC"'),
        ("lower case", "转为小写。", 'lower case("ABC")', '"abc"'),
        ("substring before", "第一次出现之前的部分，没有则为空文本。", 'substring before("2026-008", "-")', '"2026"'),
        ("substring after", "第一次出现之后的部分，没有则为空文本。", 'substring after("2026-008", "-")', '"008"'),
        ("contains", "是否含有。", 'contains("教育局", "教育")', "true"),
        ("starts with", "是否以之开头。", 'starts with("教育局", "教育")', "true"),
        ("ends with", "是否以之结尾。", 'ends with("教育局", "局")', "true"),
        ("matches", "是否有一段符合正则表达式（XPath 写法）。", 'matches("2026-008", "^[0-9]{4}-")', "true"),
        ("replace", "替换所有符合正则表达式的部分，$1 为第一组。", 'replace("2026-008", "-0*", " 第 ")', '"2026 第 8"'),
        ("split", "按正则表达式切开。", 'split("甲、乙", "、")', '["甲", "乙"]'),
        ("string join", "用分隔符连接列表中的文本，空值略去。", 'string join(["甲", null, "乙"], "、")', '"甲、乙"'),
    ),
    ("List", "列表"): (
        ("list contains", "列表中是否有这个值。", 'list contains(["A", "B"], "B")', "true"),
        ("count", "元素个数。", "count([1, 2, null])", "3"),
        ("min", "最小的一个。", "min(3, 1, 2)", "1"),
        ("max", "最大的一个。", "max([3, 1, 2])", "3"),
        ("sum", "求和；空列表为空。", "sum([1, 2, 3])", "6"),
        ("product", "求积；空列表为空。", "product([2, 3, 4])", "24"),
        ("mean", "平均数。", "mean([1, 2, 6])", "3"),
        ("median", "中位数。", "median([8, 2, 5])", "5"),
        ("stddev", "样本标准差。", "stddev([1, 2, 3])", "1"),
        ("mode", "出现最多的数，升序。", "mode([6, 3, 6])", "[6]"),
        ("all", "是否全为真。", "all([true, true])", "true"),
        ("any", "是否有真。", "any([false, true])", "true"),
        ("sublist", "从某个位置起的一段。", "sublist([1, 2, 3], 2, 1)", "[2]"),
        ("append", "在末尾加上元素。", "append([1], 2, 3)", "[1, 2, 3]"),
        ("concatenate", "依次连接几个列表。", "concatenate([1], [2, 3])", "[1, 2, 3]"),
        ("insert before", "在某个位置之前插入。", "insert before([1, 3], 2, 2)", "[1, 2, 3]"),
        ("remove", "去掉某个位置的元素。", "remove([1, 2, 3], 2)", "[1, 3]"),
        ("list replace", "替换某个位置的元素，或函数认定的元素。", "list replace([1, 2, 3], 2, 9)", "[1, 9, 3]"),
        ("reverse", "倒序。", "reverse([1, 2, 3])", "[3, 2, 1]"),
        ("index of", "与之相等的元素的位置。", "index of([1, 2, 1], 1)", "[1, 3]"),
        ("union", "几个列表合并去重。", "union([1, 2], [2, 3])", "[1, 2, 3]"),
        ("distinct values", "去重。", "distinct values([1, 2, 1])", "[1, 2]"),
        ("flatten", "把嵌套的列表摊平。", "flatten([[1, [2]], 3])", "[1, 2, 3]"),
        ("sort", "按比较函数排序：函数说明前者是否应在前。", "sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"),
    ),
    ("Number", "数字"): (
        ("decimal", "保留几位小数，四舍六入五成双。", "decimal(1.115, 2)", "1.12"),
        ("floor", "向下取整，可指定小数位数。", "floor(1.56, 1)", "1.5"),
        ("ceiling", "向上取整，可指定小数位数。", "ceiling(1.5)", "2"),
        ("round up", "远离零取整。", "round up(5.5, 0)", "6"),
        ("round down", "向零取整。", "round down(5.5, 0)", "5"),
        ("round half up", "四舍五入。", "round half up(5.5, 0)", "6"),
        ("round half down", "五舍六入。", "round half down(5.5, 0)", "5"),
        ("abs", "绝对值，时长也可。", 'abs(@"-P1D")', '@"P1D"'),
        ("modulo", "余数，符号与除数相同。", "modulo(-12, 5)", "3"),
        ("sqrt", "平方根。", "sqrt(16)", "4"),
        ("log", "自然对数。", "log(1)", "0"),
        ("exp", "自然指数。", "exp(0)", "1"),
        ("odd", "是否奇数。", "odd(5)", "true"),
        ("even", "是否偶数。", "even(5)", "false"),
    ),
    ("Date", "日期"): (
        ("day of year", "一年中的第几天。", 'day of year(@"2026-02-01")', "32"),
        ("day of week", "星期几（英文）。", 'day of week(@"2026-03-02")', '"Monday"'),
        ("month of year", "月份（英文）。", 'month of year(@"2026-03-02")', '"March"'),
        ("week of year", "一年中的第几周（ISO 8601）。", 'week of year(@"2026-01-01")', "1"),
        ("now", "此刻的日期时间，带时区。", "now() instance of date and time", "true"),
        ("today", "今天的日期。", "today() instance of date", "true"),
    ),
    ("Range", "区间"): (
        ("before", "前者是否完全在后者之前。", "before(1, [2..3])", "true"),
        ("after", "前者是否完全在后者之后。", "after([5..6], [2..3])", "true"),
        ("meets", "前者的末端是否恰为后者的始端。", "meets([1..5], [5..10])", "true"),
        ("met by", "前者的始端是否恰为后者的末端。", "met by([5..10], [1..5])", "true"),
        ("overlaps", "两个区间是否有共同的值。", "overlaps([1..5], [3..8])", "true"),
        ("overlaps before", "前者先开始并结束于后者之内。", "overlaps before([1..5], [3..8])", "true"),
        ("overlaps after", "前者开始于后者之内并更晚结束。", "overlaps after([3..8], [1..5])", "true"),
        ("finishes", "前者是否与后者同时结束且在其内。", "finishes(10, [1..10])", "true"),
        ("finished by", "后者是否与前者同时结束且在其内。", "finished by([1..10], 10)", "true"),
        ("includes", "前者是否包含后者。", "includes([1..10], 5)", "true"),
        ("during", "前者是否在后者之内。", "during(5, [1..10])", "true"),
        ("starts", "前者是否与后者同时开始且在其内。", "starts([1..5], [1..10])", "true"),
        ("started by", "后者是否与前者同时开始且在其内。", "started by([1..10], [1..5])", "true"),
        ("coincides", "两者是否相同。", "coincides([1..5], [1..5])", "true"),
    ),
    ("Context", "上下文"): (
        ("get value", "取某一项的值，没有则为空。", 'get value({a: 1}, "a")', "1"),
        ("get entries", "各项列成 key 和 value。", "get entries({a: 1})", '[{key: "a", value: 1}]'),
        ("context", "由 key 和 value 的列表得到上下文。", 'context([{key: "a", value: 1}])', "{a: 1}"),
        ("context put", "加上或替换一项。", 'context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
        ("context merge", "合并几个上下文，后者优先。", "context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"),
    ),
}  # fmt: skip


def function_help() -> list[FunctionHelp]:
    """Help on all built-in functions, by group in the order of the standard."""
    return [
        FunctionHelp(
            name=name,
            group=group,
            signatures=tuple(each.signature.text for each in BUILT_INS[name].overloads),
            english=BUILT_INS[name].summary,
            chinese=chinese,
            example=example,
            result=result,
        )
        for (group, _), entries in _GROUPS.items()
        for name, chinese, example, result in entries
    ]


def help_page(*, chinese: bool) -> str:
    """The help as a Markdown page in one of the two languages."""
    lines = ["# FEEL 内置函数" if chinese else "# Built-in functions of FEEL"]
    entries = {each.name: each for each in function_help()}
    for (english_group, chinese_group), group in _GROUPS.items():
        lines += ["", f"## {chinese_group if chinese else english_group}", ""]
        for name, *_ in group:
            entry = entries[name]
            lines += [
                f"### {name}",
                "",
                *(f"`{each}`  " for each in entry.signatures),
                "",
                entry.chinese if chinese else entry.english,
                "",
                f"`{entry.example}` → `{entry.result}`",
                "",
            ]
    return "\n".join(lines).rstrip() + "\n"
