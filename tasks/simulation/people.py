"""The invented matters of a year: who asks for what, which units answer, and what is particular to each case."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from tasks.demonstration.answers import Story

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tasks.simulation.rates import Plan, Rates

PLACES = (
    "城关镇", "河滨街道", "东山乡", "西岭镇", "南坝乡", "北桥镇", "青溪村", "石门社区", "白塔社区", "新城区", "老城区",
    "龙泉镇", "金竹乡", "云雾村", "大坪镇", "柳林社区",
)  # fmt: skip
MATTERS: Mapping[str, tuple[str, Sequence[str]]] = {
    "zjj": ("城建交通", ("老旧小区改造", "停车泊位建设", "农村危房整治", "排水管网更新")),
    "jjdd": ("城建交通", ("路口信号灯优化", "学校周边交通秩序整治", "货车限行管理")),
    "cgj": ("城市管理", ("公厕提升", "路灯维护", "占道经营规范", "生活垃圾分类")),
    "jtj": ("教科文卫", ("课后服务完善", "体育设施开放", "校园食堂管理")),
    "mzj": ("群众生活", ("社区养老服务", "困难群众救助", "婚丧礼俗改进")),
    "wjw": ("教科文卫", ("村卫生室建设", "家庭医生签约", "急救点布局")),
    "jtys": ("城建交通", ("农村公路养护", "城乡公交延伸", "危桥改造")),
    "slj": ("农业农村", ("饮水安全保障", "河道清淤", "灌渠修复")),
    "czj": ("财政经济", ("惠农补贴发放", "村级债务化解")),
    "nyj": ("农业农村", ("高标准农田建设", "农产品冷链建设", "村庄环境整治")),
    "gxj": ("财政经济", ("中小企业帮扶", "通信基站覆盖")),
    "wlj": ("教科文卫", ("乡村旅游发展", "文物保护", "农家书屋使用")),
}
"""By leading unit: the category and what people ask for."""
DEPUTIES = (
    "linguoqiang", "hexiulan", "zhouminghua", "gaozhiyuan", "chenmeiling", "tangwen", "weidahai", "luoxiaofen",
    "jiangyonghong", "shenjiamin",
)  # fmt: skip
MEMBERS = ("xuwenjing", "duanmu", "ouyangrui", "renhaitao")
ENDINGS = {"suggestion": "建议", "proposal": "提案"}
ASPECTS = ("", "有关资金", "长效机制", "群众参与", "时间安排", "责任落实")
KINDS_OF_LATENESS = ("sign_in", "opinion", "draft")


@dataclass(frozen=True, slots=True)
class Tale:
    """One case as it will go, before anybody has acted."""

    number: int
    account: str
    kind: str
    title: str
    category: str
    in_session: bool
    story: Story
    cosigner: str = ""
    late: str = ""
    """At which step a unit misses its date."""
    returns: int = 0
    objects: bool = False
    silent: bool = False
    withdrawn: bool = False
    extension: bool = False
    key_late: bool = False
    certain: bool = False
    """Nothing in it is left to chance: its class, its rating and its closing are as the story says."""
    pace: float = 1.0
    """How many times as long as usual the units take to plan, talk and write."""
    disputes: int = 0
    """How often a unit, each time another one, says that the item is not its own."""
    holds: str = ""
    """At which step, as `decide_objection:3`, nobody acts any more: by its visit."""
    upper: bool = False
    """An upper level passed it down."""


def population(plan: Plan) -> list[Tale]:
    """The year's cases, the same for the same plan."""
    random = Random(f"banli:{plan.seed}")  # noqa: S311 - a story, no secret
    matters = _matters(random)
    return [_tale(random, plan.rates, number, *next(matters)) for number in range(plan.items)]


def _matters(random: Random) -> Iterator[tuple[str, str, str]]:
    """Leading unit, category and subject, each subject once; a second look at a place asks for another aspect."""
    there = [
        (unit, category, f"{place}{matter}")
        for unit, (category, matters) in MATTERS.items()
        for matter in matters
        for place in PLACES
    ]
    turn = 0
    while True:
        random.shuffle(there)
        aspect = ASPECTS[turn] if turn < len(ASPECTS) else f"第{turn}阶段工作"
        for unit, category, subject in there:
            yield unit, category, subject + aspect
        turn += 1


def _tale(random: Random, rates: Rates, number: int, lead: str, category: str, subject: str) -> Tale:
    kind = "suggestion" if random.random() < 0.5 else "proposal"
    people = DEPUTIES if kind == "suggestion" else MEMBERS
    account = random.choice(people)
    story = _story(random, rates, lead)
    handled = not story.words.get("filing")
    return Tale(
        number=number,
        account=account,
        kind=kind,
        title=f"关于推进{subject}的{ENDINGS[kind]}",
        category=category,
        in_session=random.random() < 0.97,
        story=story,
        cosigner=random.choice([name for name in people if name != account]) if random.random() < 0.15 else "",
        late=random.choice(KINDS_OF_LATENESS) if _chance(random, rates.late) else "",
        returns=random.choice((1, 1, 2)) if _chance(random, rates.returned) else 0,
        objects=_chance(random, rates.objecting),
        silent=_chance(random, rates.silent),
        withdrawn=handled and _chance(random, rates.withdrawn),
        extension=_chance(random, 0.04),
        key_late=_chance(random, 0.03),
    )


def _story(random: Random, rates: Rates, lead: str) -> Story:
    others = [unit for unit in MATTERS if unit != lead]
    separate = _chance(random, rates.separate)
    many = random.choices((0, 1, 2, 3), (45, 35, 15, 5))[0]
    co = tuple(random.sample(others, max(1, many) if separate else many))
    joint = bool(co) and not separate and _chance(random, 0.1)
    dissatisfied = _chance(random, rates.dissatisfied)
    basic = _chance(random, 0.08)
    filing = random.choices(("", "not_filed", "converted", "merged", "returned_for_edit"), (93, 2, 1, 2, 2))[0]
    return Story(
        lead,
        co,
        key=random.choices(("no", "leader", "mayor"), (92, 6, 2))[0],
        result_class=random.choices("ABC", (62, 24, 14))[0],
        rating="dissatisfied" if dissatisfied else "basic" if basic else "satisfied",
        decision=random.choices(("rehandle", "explain", "meeting"), (70, 20, 10))[0],
        mode="separate" if separate else "joint" if joint else "",
        ruling=random.choice(("agree", "refuse")),
        suggests=(random.choice([unit for unit in others if unit not in co]),),
        words={"filing": filing} if filing else {},
    )


def _chance(random: Random, rate: float) -> bool:
    return random.random() < rate
