"""What people ask for in their own words: no two matters of a county read alike, and the same seed says the same."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

from tasks.register.categories import joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SITUATIONS = (
    "今年走访时，群众多次提到{subject}这件事。到现场看了三处，情况属实，雨天和早晚高峰更突出。",
    "代表联络站接待日收到{n}户居民联名反映，希望尽快{subject}。这件事拖了两年多，老人和孩子最不方便。",
    "去年曾向有关单位口头反映，希望{subject}，当时说列入计划，至今没有动工，群众意见较大。",
    "座谈时{n}名群众代表谈到，盼望{subject}；目前资金、责任单位和时间都不明确，希望政府定下来。",
    "随机问了{n}户，七成以上希望{subject}。附近已有两起投诉，社区自己解决不了。",
)
MEASURES: Mapping[str, Sequence[str]] = {
    "城建交通": (
        "现场勘查，列出路段和点位清单", "列入今年城建计划，写明完工时间", "施工期间留出便民通道", "完善标志标线和照明",
        "明确养护单位，公布报修电话", "与周边改造一并设计、一并施工",
    ),
    "财政经济": (
        "摸清底数，分户建立台账", "安排专项资金，按季公布使用情况", "简化申报材料，一次告知", "请金融机构到现场对接",
        "确定联系人，当月回应诉求", "年底公布兑现结果",
    ),
    "教科文卫": (
        "核定需求，制定分步计划", "补齐设备，今年先办一批", "配足人员并组织培训", "调整开放时间，方便上班的家庭",
        "公布收费和服务标准", "请家长和群众代表每学期看一次",
    ),
    "群众生活": (
        "上门核对，列出名单", "降低门槛，简化手续", "增设服务点，延长服务时间", "落实管理责任人",
        "公布服务电话和投诉渠道", "每半年回访一次",
    ),
    "城市管理": (
        "划定范围，统一设置", "高峰时段加派人手", "损坏的十日内修好", "疏堵结合，安排临时点位",
        "建立日常巡查，结果上墙", "与社区、物业一起管",
    ),
    "社区工作": (
        "减少报表，合并同类台账", "安排办公和活动场所", "落实工作经费", "配备专职人员，组织培训", "建立居民议事会",
        "公布办事流程和时限",
    ),
    "农业农村": (
        "到田头核实，列出面积和户数", "安排项目资金，汛期前完工", "请技术人员到村指导", "落实管护责任人",
        "对接销售渠道，签订协议", "公布补助标准和名单",
    ),
}  # fmt: skip
"""What people ask for, by category."""
_SUBJECT = re.compile(r"^关于(.+)的(?:建议|提案)$")


def subject_of(title: str) -> str:
    """What a title asks for, without its frame."""
    found = _SUBJECT.match(title)
    return found[1] if found else title


def situation_of(title: str, number: int) -> str:
    """What the proposer has seen."""
    random = Random(f"situation:{number}:{title}")  # noqa: S311 - a story, no secret
    return random.choice(SITUATIONS).format(subject=subject_of(title), n=random.randint(11, 60))


def measures_of(title: str, category: str, number: int) -> list[dict[str, str]]:
    """The two things that she asks for."""
    random = Random(f"measures:{number}:{title}")  # noqa: S311 - a story, no secret
    return [{"text": text} for text in random.sample(list(MEASURES.get(category, MEASURES["群众生活"])), 2)]
SUBCATEGORIES: Mapping[str, str] = {
    "停车|信号灯|交通秩序|货车|标志标线|过街": "停车与交通秩序",
    "管网|雨污|排水": "市政管网",
    "公交": "公共交通",
    "公路|道路|危桥|街巷": "道路桥梁",
    "旧小区改造|城中村|危房|背街": "住房与旧改",
    "规划|闲置土地": "规划建设",
    "补贴发放|债务|贷款": "财政金融",
    "直播|农贸市场改造|改造.*农贸": "商贸流通",
    "数字化|算力|通信": "数字经济",
    "企业|园区|充电桩": "工业与企业",
    "农田管护|冷链|蔬菜": "特色产业",
    "体育": "体育",
    "培训|课后|食堂管理|学校食堂": "教育",
    "图书馆|非物质|民居|旅游|文物|书屋": "文化旅游",
    "医|药|急救|卫生室": "卫生健康",
    "养老|儿童": "养老托幼",
    "老年食堂": "养老托幼",
    "就业|创业|公益性岗位": "就业创业",
    "饮用水|饮水": "供水供气供电",
    "价格公示|食品": "食品与市场",
    "充电管理|避难|小区": "居住与公共安全",
    "救助|慢特病|结算|婚丧": "社会保障",
    "公厕|垃圾": "市容环卫",
    "照明|路灯|公园": "照明绿化",
    "共享单车|占道": "占道与秩序",
    "油烟|扬尘": "污染治理",
    "热线|证明事项": "政务服务",
    "物业|楼院": "物业管理",
    "台账|办公用房": "社区治理",
    "调解|法律": "法治与调解",
    "退役": "社区服务",
    "高标准|农产品": "农业生产",
    "河道|灌渠": "农田水利",
    "环境整治": "乡村建设",
}
"""By words of a subject: the sub-category to which it belongs, as the shipped lists call it."""


def category_of(title: str, main: str, offered: Mapping[str, Sequence[str]]) -> str:
    """The category that the proposer of a title chooses below a main one, of those that the area offers."""
    below = offered.get(main) or ()
    fitting = [sub for words, sub in SUBCATEGORIES.items() if sub in below and re.search(words, title)]
    return joined(main, (fitting or list(below) or [""])[0])
