"""What offices call the roles (handbook §2.2)."""

from __future__ import annotations

from tasks.accounts.permissions import Permission, Role

ROLE_NAMES: dict[Role, str] = {
    Role.PROPOSER: "代表或者委员",
    Role.NPC_REVIEWER: "代表工委经办",
    Role.CPPCC_REVIEWER: "提案委经办",
    Role.HUB_OFFICER: "府办经办",
    Role.HUB_DEPUTY: "府办副主任",
    Role.HUB_LEADER: "府办主任",
    Role.SUPERVISOR: "督查",
    Role.GOV_LEADER: "分管副县长",
    Role.MAYOR: "县长",
    Role.UNIT_OFFICE: "单位办公室",
    Role.UNIT_HANDLER: "承办人",
    Role.UNIT_DEPUTY: "单位分管领导",
    Role.UNIT_HEAD: "单位主要负责人",
    Role.PROCESS_DESIGNER: "流程设计",
    Role.ADMIN: "系统管理员",
}
PERMISSION_NAMES: dict[Permission, str] = {
    Permission.OWN_ITEM_SUBMIT: "提交建议、提案",
    Permission.OWN_ITEM_READ: "看自己的建议、提案",
    Permission.UNIT_ITEM_READ: "看本单位承办的办件",
    Permission.AREA_ITEM_READ: "看全部办件",
    Permission.BODY_ITEM_READ: "看本委员会的建议或者提案",
    Permission.AREA_RATING_READ: "看评价",
    Permission.OWN_RATING_READ: "看自己的评价",
    Permission.GROUP_TASK_CLAIM: "认领本岗位的任务",
    Permission.OWN_TASK_COMPLETE: "办理自己的任务",
    Permission.UNIT_TASK_HAND_OVER: "改派本单位的任务",
    Permission.AREA_ITEM_IMPORT: "导入办件",
    Permission.AREA_ITEM_DISPATCH: "分办、批准交办",
    Permission.AREA_CLOCK_PAUSE: "暂停、恢复办件计时",
    Permission.AREA_EVALUATION_READ: "看各单位考核",
    Permission.AREA_EVALUATION_START: "启动考核",
    Permission.UNIT_EVALUATION_READ: "看本单位考核",
    Permission.AREA_PROCESS_DEPLOY: "设计和部署流程",
    Permission.AREA_SETTING_CHANGE: "修改系统设置",
}
