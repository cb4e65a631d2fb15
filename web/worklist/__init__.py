"""The day in one list, and the page of one task."""

from flask import Blueprint

from web.worklist import export, handing, lists, sheet, task

blueprint = Blueprint("worklist", __name__, url_prefix="/tasks")
blueprint.add_url_rule("", "listing", lists.listing, methods=["GET"])
blueprint.add_url_rule("/list.xlsx", "export", export.export, methods=["GET"])
blueprint.add_url_rule("/hand-over", "hand_over_many", handing.hand_over_many, methods=["POST"])
blueprint.add_url_rule("/act", "act", lists.act, methods=["POST"])
blueprint.add_url_rule("/<task_id>", "show", task.show, methods=["GET"])
blueprint.add_url_rule("/<task_id>", "complete", task.complete, methods=["POST"])
blueprint.add_url_rule("/<task_id>/record", "record", task.record, methods=["POST"])
blueprint.add_url_rule("/<task_id>/sheet", "signing_sheet", sheet.show, methods=["GET"])
blueprint.add_url_rule("/<task_id>/draft", "draft", task.draft, methods=["POST"])
blueprint.add_url_rule("/<task_id>/claim", "claim", task.claim, methods=["POST"])
blueprint.add_url_rule("/<task_id>/release", "release", task.release, methods=["POST"])
blueprint.add_url_rule("/<task_id>/hand-over", "hand_over", task.hand_over, methods=["POST"])
blueprint.add_url_rule("/<task_id>/send-back", "send_back", task.send_back, methods=["POST"])
blueprint.add_url_rule("/<task_id>/withdraw", "withdraw", task.withdraw, methods=["POST"])
blueprint.add_url_rule("/<task_id>/diagram", "diagram", task.diagram, methods=["GET"])
