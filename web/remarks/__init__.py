"""What people add to a case beside its procedure: comments and files."""

from flask import Blueprint

from web.remarks import comments, files

blueprint = Blueprint("remarks", __name__)
blueprint.add_url_rule("/cases/<int:item_id>/comments", "write", comments.write, methods=["POST"])
blueprint.add_url_rule("/comments/<int:comment_id>/remove", "take_away", comments.take_away, methods=["POST"])
blueprint.add_url_rule("/cases/<int:item_id>/files", "add_file", files.add_file, methods=["POST"])
blueprint.add_url_rule("/tasks/<task_id>/files", "add_to_form", files.add_to_form, methods=["POST"])
blueprint.add_url_rule("/files/<attachment_id>", "download", files.download, methods=["GET"])
blueprint.add_url_rule("/files/<attachment_id>/remove", "remove_file", files.remove_file, methods=["POST"])
