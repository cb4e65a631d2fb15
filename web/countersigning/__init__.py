"""Asking for a countersignature and giving one (加签)."""

from flask import Blueprint

from web.countersigning import views

blueprint = Blueprint("countersigning", __name__)
blueprint.add_url_rule("/tasks/<task_id>/countersign", "choose", views.choose, methods=["GET"])
blueprint.add_url_rule("/tasks/<task_id>/countersign", "ask", views.ask, methods=["POST"])
blueprint.add_url_rule("/countersignatures/<int:request_id>", "show", views.show, methods=["GET"])
blueprint.add_url_rule("/countersignatures/<int:request_id>", "answer", views.answer, methods=["POST"])
blueprint.add_url_rule("/countersignatures/<int:request_id>/withdraw", "withdraw", views.withdraw, methods=["POST"])
