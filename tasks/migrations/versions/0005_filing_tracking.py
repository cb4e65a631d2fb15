"""Signatures, filing reviews, upper-level items, commitments, second replies, slips."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0005_filing_tracking"
down_revision = "0004_full_procedure"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
    _items()
    _tables_of_filing_and_tracking()
    _tables_of_supervision()
    _seed()


def _items() -> None:
    """What an item knows of its filing. Items at work were filed when they came in, and their signatures stand."""
    texts = ("proposer_type", "repeat_of", "origin", "wish_contact", "entered_by", "urgency")
    op.add_column("item", sa.Column("wished_units", sa.JSON(), nullable=False, server_default="[]"))
    for name in texts:
        default = "individual" if name == "proposer_type" else ""
        op.add_column("item", sa.Column(name, sa.String(), nullable=False, server_default=default))
    for name in ("confidential", "key_candidate"):
        op.add_column("item", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("item", sa.Column("filed_at", tasks.database.Instant(timezone=True), nullable=True))
    # Written out: Alembic would copy the table on SQLite, which the rows that refer to it forbid.
    op.execute(
        "ALTER TABLE item ADD COLUMN merged_into_id INTEGER CONSTRAINT fk_item_merged_into_id REFERENCES item (id)"
    )
    op.create_index("ix_item_merged_into_id", "item", ["merged_into_id"])
    op.add_column("item_proposer", sa.Column("confirmed_at", tasks.database.Instant(timezone=True), nullable=True))
    op.execute("UPDATE item SET filed_at = submitted_at")
    op.execute(
        "UPDATE item_proposer SET confirmed_at = "
        "(SELECT submitted_at FROM item WHERE item.id = item_proposer.item_id)"
    )


def _tables_of_filing_and_tracking() -> None:
    op.create_table("look_back",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("scope", sa.String(), nullable=False),
    sa.Column("units", sa.JSON(), nullable=False),
    sa.Column("checklist", sa.String(), nullable=False),
    sa.Column("due", sa.Date(), nullable=False),
    sa.Column("by", sa.String(), nullable=False),
    sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_look_back"))
    )
    op.create_table("class_change",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("item_id", sa.Integer(), nullable=False),
    sa.Column("before", sa.String(), nullable=False),
    sa.Column("after", sa.String(), nullable=False),
    sa.Column("cause", sa.String(), nullable=False),
    sa.Column("by", sa.String(), nullable=False),
    sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_class_change_item_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_class_change"))
    )
    with op.batch_alter_table("class_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_change_item_id"), ["item_id"], unique=False)
    op.create_table("filing_review",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("item_id", sa.Integer(), nullable=False),
    sa.Column("stage", sa.String(), nullable=False),
    sa.Column("result", sa.String(), nullable=False),
    sa.Column("grounds", sa.JSON(), nullable=False),
    sa.Column("explanation", sa.String(), nullable=False),
    sa.Column("merge_target_id", sa.Integer(), nullable=True),
    sa.Column("convert_to", sa.String(), nullable=False),
    sa.Column("task_id", sa.String(), nullable=False),
    sa.Column("by", sa.String(), nullable=False),
    sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_filing_review_item_id")),
    sa.ForeignKeyConstraint(["merge_target_id"], ["item.id"], name=op.f("fk_filing_review_merge_target_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_review"))
    )
    with op.batch_alter_table("filing_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_filing_review_item_id"), ["item_id"], unique=False)
    op.create_table("lapsed_signature",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("item_id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_lapsed_signature_item_id")),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_lapsed_signature_person_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_lapsed_signature")),
    sa.UniqueConstraint("item_id", "person_id", name=op.f("uq_lapsed_signature_item_id_person_id"))
    )
    op.create_table("look_back_visit",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("campaign_id", sa.Integer(), nullable=False),
    sa.Column("item_id", sa.Integer(), nullable=False),
    sa.Column("unit_id", sa.Integer(), nullable=False),
    sa.Column("class_before", sa.String(), nullable=False),
    sa.Column("class_now", sa.String(), nullable=False),
    sa.Column("verdict", sa.String(), nullable=False),
    sa.Column("explanation", sa.String(), nullable=False),
    sa.Column("former_instance_id", sa.String(), nullable=False),
    sa.Column("by", sa.String(), nullable=False),
    sa.Column("at", tasks.database.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(["campaign_id"], ["look_back.id"], name=op.f("fk_look_back_visit_campaign_id")),
    sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_look_back_visit_item_id")),
    sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_look_back_visit_unit_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_look_back_visit")),
    sa.UniqueConstraint("campaign_id", "item_id", "unit_id", name=op.f("uq_look_back_visit_campaign_id_item_id_unit_id"))
    )
    with op.batch_alter_table("look_back_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_look_back_visit_item_id"), ["item_id"], unique=False)
    op.create_table("upper_item",
    sa.Column("item_id", sa.Integer(), nullable=False),
    sa.Column("external_number", sa.String(), nullable=False),
    sa.Column("external_session", sa.String(), nullable=False),
    sa.Column("external_proposer", sa.String(), nullable=False),
    sa.Column("external_lead", sa.String(), nullable=False),
    sa.Column("contact", sa.String(), nullable=False),
    sa.Column("contact_phone", sa.String(), nullable=False),
    sa.Column("role", sa.String(), nullable=False),
    sa.Column("external_due", sa.Date(), nullable=False),
    sa.Column("inner_due", tasks.database.Instant(timezone=True), nullable=False),
    sa.Column("inner_due_notes", sa.JSON(), nullable=False),
    sa.Column("by", sa.String(), nullable=False),
    sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
    sa.Column("uploaded_on", sa.Date(), nullable=True),
    sa.Column("upload_proof", sa.String(), nullable=False),
    sa.Column("adopted", sa.String(), nullable=False),
    sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_upper_item_item_id")),
    sa.PrimaryKeyConstraint("item_id", name=op.f("pk_upper_item"))
    )
    op.create_table("commitment",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("item_id", sa.Integer(), nullable=False),
    sa.Column("unit_id", sa.Integer(), nullable=False),
    sa.Column("reply_answer_id", sa.Integer(), nullable=False),
    sa.Column("measure", sa.String(), nullable=False),
    sa.Column("promise", sa.String(), nullable=False),
    sa.Column("promised_on", sa.Date(), nullable=False),
    sa.Column("original_due", sa.Date(), nullable=False),
    sa.Column("due", sa.Date(), nullable=False),
    sa.Column("state", sa.String(), nullable=False),
    sa.Column("fulfilled_on", sa.Date(), nullable=True),
    sa.Column("ended_at", tasks.database.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_commitment_item_id")),
    sa.ForeignKeyConstraint(["reply_answer_id"], ["reply_answer.id"], name=op.f("fk_commitment_reply_answer_id")),
    sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_commitment_unit_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    sa.UniqueConstraint("reply_answer_id", name=op.f("uq_commitment_reply_answer_id"))
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_item_id"), ["item_id"], unique=False)
        batch_op.create_index("ix_commitment_state_due", ["state", "due"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitment_unit_id"), ["unit_id"], unique=False)
    op.create_table("commitment_report",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("commitment_id", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("text", sa.String(), nullable=False),
    sa.Column("evidence", sa.String(), nullable=False),
    sa.Column("new_due", sa.Date(), nullable=True),
    sa.Column("done_on", sa.Date(), nullable=True),
    sa.Column("verdict", sa.String(), nullable=False),
    sa.Column("signed_by", sa.String(), nullable=False),
    sa.Column("signed_at", tasks.database.Instant(timezone=True), nullable=True),
    sa.Column("copied_to", sa.String(), nullable=False),
    sa.Column("by", sa.String(), nullable=False),
    sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_report_commitment_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_report"))
    )
    with op.batch_alter_table("commitment_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_report_commitment_id"), ["commitment_id"], unique=False)


def _tables_of_supervision() -> None:
    op.create_table("chasing_round",
    sa.Column("on", sa.Date(), nullable=False),
    sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
    sa.Column("reminders", sa.Integer(), nullable=False),
    sa.Column("slips", sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint("on", name=op.f("pk_chasing_round"))
    )
    op.create_table("inspection",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("unit_id", sa.Integer(), nullable=False),
    sa.Column("item_id", sa.Integer(), nullable=True),
    sa.Column("on", sa.Date(), nullable=False),
    sa.Column("people", sa.String(), nullable=False),
    sa.Column("findings", sa.String(), nullable=False),
    sa.Column("by", sa.String(), nullable=False),
    sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_inspection_item_id")),
    sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_inspection_unit_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection"))
    )
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inspection_unit_id"), ["unit_id"], unique=False)
    op.create_table("slip",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("item_id", sa.Integer(), nullable=False),
    sa.Column("unit_id", sa.Integer(), nullable=False),
    sa.Column("level", sa.String(), nullable=False),
    sa.Column("number", sa.String(), nullable=True),
    sa.Column("state", sa.String(), nullable=False),
    sa.Column("problem", sa.String(), nullable=False),
    sa.Column("requirement", sa.String(), nullable=False),
    sa.Column("reply_by", sa.Date(), nullable=True),
    sa.Column("previous_id", sa.Integer(), nullable=True),
    sa.Column("task_id", sa.String(), nullable=True),
    sa.Column("mark", sa.String(), nullable=True),
    sa.Column("rule", sa.String(), nullable=False),
    sa.Column("signer", sa.String(), nullable=False),
    sa.Column("sign_note", sa.String(), nullable=False),
    sa.Column("issued_on", sa.Date(), nullable=True),
    sa.Column("explanation", sa.String(), nullable=False),
    sa.Column("promised_on", sa.Date(), nullable=True),
    sa.Column("explained_by", sa.String(), nullable=False),
    sa.Column("explained_at", tasks.database.Instant(timezone=True), nullable=True),
    sa.Column("judgement", sa.String(), nullable=False),
    sa.Column("judged_by", sa.String(), nullable=False),
    sa.Column("judged_at", tasks.database.Instant(timezone=True), nullable=True),
    sa.Column("by", sa.String(), nullable=False),
    sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_slip_item_id")),
    sa.ForeignKeyConstraint(["previous_id"], ["slip.id"], name=op.f("fk_slip_previous_id")),
    sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_slip_unit_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
    sa.UniqueConstraint("number", name=op.f("uq_slip_number")),
    sa.UniqueConstraint("task_id", "mark", name=op.f("uq_slip_task_id_mark"))
    )
    with op.batch_alter_table("slip", schema=None) as batch_op:
        batch_op.create_index("ix_slip_item", ["item_id"], unique=False)
        batch_op.create_index("ix_slip_unit_state", ["unit_id", "state"], unique=False)
    op.create_table("rectification",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("inspection_id", sa.Integer(), nullable=False),
    sa.Column("text", sa.String(), nullable=False),
    sa.Column("due", sa.Date(), nullable=False),
    sa.Column("result", sa.String(), nullable=False),
    sa.Column("done_on", sa.Date(), nullable=True),
    sa.Column("by", sa.String(), nullable=False),
    sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_rectification_inspection_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification"))
    )
    with op.batch_alter_table("rectification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rectification_inspection_id"), ["inspection_id"], unique=False)
    op.create_table("reminder",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("item_id", sa.Integer(), nullable=False),
    sa.Column("task_id", sa.String(), nullable=False),
    sa.Column("unit_code", sa.String(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("receiver", sa.String(), nullable=False),
    sa.Column("text", sa.String(), nullable=False),
    sa.Column("mark", sa.String(), nullable=True),
    sa.Column("rule", sa.String(), nullable=False),
    sa.Column("by", sa.String(), nullable=False),
    sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_reminder_item_id")),
    sa.ForeignKeyConstraint(["task_id"], ["work.task_id"], name=op.f("fk_reminder_task_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    sa.UniqueConstraint("task_id", "mark", name=op.f("uq_reminder_task_id_mark"))
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_item", ["item_id"], unique=False)
        batch_op.create_index("ix_reminder_task", ["task_id"], unique=False)


PARAMETERS = (
    ("PS", "联名确认", 5, "wd", "提交", "通用默认（国家未规定）", ""),
    ("PF1", "初审", 3, "wd", "收到", "通用默认（参照浙江省：受理后7天内告知代表）", ""),
    ("PF2", "终审", 2, "wd", "初审", "通用默认（国家未规定）", ""),
    ("PE", "修改重报", 5, "wd", "退回修改", "通用默认（国家未规定）", ""),
    ("PU", "上级交办件内部提前", 10, "wd", "上级答复期限", "通用默认（层级交办留出余量）", ""),
    ("P14", "承诺事项落实情况说明", 12, "cm", "年初", "通用默认（参照重庆市条例：第四季度）", "11-15"),
    ("P15", "承办单位年度办理报告", 12, "cm", "年初", "通用默认（国家未规定）", "11-30"),
    ("P17P", "半程反馈", 5, "wd", "承诺期过半", "通用默认（国家未规定）", ""),
    ("P17F", "承诺落实反馈", 5, "wd", "承诺到期", "通用默认（国家未规定）", ""),
    ("P17S", "签批情况说明", 3, "wd", "送签", "通用默认（国家未规定）", ""),
    ("PR2", "二次答复", 1, "cm", "承诺到期", "通用默认（国家未规定）", ""),
    ("PLB", "回头看核查", 10, "wd", "开始", "通用默认（国家未规定）", ""),
    ("PDS", "签发督办单", 1, "wd", "送签", "通用默认（国家未规定）", ""),
    ("PDE", "说明督办事项", 3, "wd", "收到督办单", "通用默认（国家未规定）", ""),
    ("PDJ", "审核督办说明", 3, "wd", "收到说明", "通用默认（国家未规定）", ""),
)
"""Deadlines that the new diagrams ask for; an area that is at work already gets them and may change them."""

SETTINGS = {
    "session_cutoff": "18:00",
    "filing_final_roles": ["supervisor"],
    "merge_keeps_number": True,
    "convert_targets": ["社情民意", "参阅件", "来信"],
    "urgencies": ["一般", "紧急", "直通车"],
    "origins": ["视察", "专题调研", "代表联络站", "选民座谈", "走访", "个人调研"],
    "filing_grounds_suggestion": [
        "涉及代表本人、亲属或者本单位的事务",
        "涉及具体司法案件、监察案件",
        "代转信件、申诉、控告",
        "学术探讨、产品推介",
        "没有实际内容",
        "不属本行政区域职权范围",
        "法律、政策咨询",
        "对在办招标、审理事项提具体意见",
        "利益冲突或者不正当竞争",
        "涉及国家秘密",
    ],
    "filing_grounds_proposal": [
        "涉及国家秘密、党的秘密",
        "国家明令禁止",
        "中共党员对党内组织、人事安排有意见",
        "民主党派成员反映本组织内部问题",
        "进入诉讼、仲裁等程序",
        "学术研讨",
        "为本人或者亲属解决个人问题",
        "宣传、推介作品或者产品",
        "指名举报",
        "内容空泛、没有具体建议",
    ],
    "half_time_share": 0.5,
    "reply_to": "every",
    "number_pattern_slip": "{type}〔{year}〕{seq}号",
    "chasing_hour": 8,
}
"""Rules that are no deadlines, with their defaults."""


def _seed() -> None:
    parameter = sa.table(
        "parameter",
        *(sa.column(name) for name in
          ("area_id", "code", "name", "amount", "unit", "counts_from", "source", "not_after")),
        sa.column("effective_from", sa.Date()),
    )  # fmt: skip
    settings = sa.table("area_setting", sa.column("area_id"), sa.column("name"), sa.column("content", sa.JSON()))
    connection = op.get_bind()
    for area, content in connection.execute(
        sa.select(settings.c.area_id, settings.c.content).where(settings.c.name == "settings")
    ).all():
        known = set(connection.scalars(sa.select(parameter.c.code).where(parameter.c.area_id == area)))
        for code, name, amount, unit, counts_from, source, not_after in PARAMETERS:
            if code not in known:
                connection.execute(parameter.insert().values(
                    area_id=area, code=code, name=name, amount=amount, unit=unit, counts_from=counts_from,
                    source=source, not_after=not_after, effective_from=dt.date(2000, 1, 1)))  # fmt: skip
        connection.execute(
            settings.update()
            .where(settings.c.area_id == area, settings.c.name == "settings")
            .values(content={**SETTINGS, **content})
        )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("commitment_report")
    op.drop_table("commitment")
    op.drop_table("reminder")
    op.drop_table("rectification")
    op.drop_table("upper_item")
    op.drop_table("slip")
    op.drop_table("look_back_visit")
    op.drop_table("lapsed_signature")
    op.drop_table("inspection")
    op.drop_table("filing_review")
    op.drop_table("class_change")
    op.drop_table("look_back")
    op.drop_table("chasing_round")
    op.drop_column("item_proposer", "confirmed_at")
    op.drop_index("ix_item_merged_into_id", "item")
    for name in (
        "merged_into_id", "urgency", "key_candidate", "filed_at", "entered_by", "confidential", "wish_contact",
        "origin", "repeat_of", "proposer_type", "wished_units",
    ):  # fmt: skip
        op.drop_column("item", name)
