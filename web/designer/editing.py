"""What the studio's scripts read and write: files, the check, lists to choose from, who else is here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, jsonify, render_template, request

from engine.message import say
from tasks.designing import mending, service
from tasks.designing.checking import check_files, check_scenarios
from tasks.designing.choices import choices
from tasks.designing.files import FileRefused, kind_of
from tasks.designing.queries import company, draft_files, draft_page, file_of
from tasks.designing.titles import title_of
from web.designer import words
from web.designer.refusals import in_json
from web.language import moment, tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Blueprint


def install(blueprint: Blueprint) -> None:
    """Register the addresses below a draft's own."""
    draft = "/drafts/<int:draft_id>"
    blueprint.get(f"{draft}/file")(read)
    blueprint.post(f"{draft}/file")(save)
    blueprint.get(f"{draft}/check")(check)
    blueprint.get(f"{draft}/choices")(lists)
    blueprint.post(f"{draft}/presence")(presence)
    blueprint.post(f"{draft}/deadline")(deadline)
    blueprint.post(f"{draft}/mend")(mend)


@in_json
def read(draft_id: int) -> Response:
    """One file with its revision."""
    file = file_of(the_banli(), actor(), draft_id, request.args.get("name", ""))
    return jsonify(
        name=file.name,
        kind=kind_of(file.name),
        title=title_of(file.name, file.content),
        revision=file.revision,
        content=file.content.decode("utf-8", "replace"),
    )


@in_json
def save(draft_id: int) -> Response:
    """Keep a file and answer what the check says now."""
    sent = sent_json()
    name, content = sent_text(sent, "name"), sent_text(sent, "content").encode()
    revision = service.save_file(the_banli(), actor(), draft_id, name, content, _number(sent, "revision"))
    said = tell(say("{at} saved by itself", at=moment(the_banli().now())))
    return jsonify(revision=revision, said=said, **_checked(draft_id))


@in_json
def check(draft_id: int) -> Response:
    """What the check says of the draft as it is kept, its scenarios played too."""
    return jsonify(**_checked(draft_id, scenarios=True))


@in_json
def lists(draft_id: int) -> Response:
    """Everything that can be chosen in this draft."""
    files, _ = draft_files(the_banli(), actor(), draft_id)
    found = choices(the_banli(), files)
    return jsonify(
        variables=found.variables,
        functions=[
            {"name": name, "params": list(parameters), "info": tell(words_)}
            for name, parameters, words_ in found.functions
        ],
        templates=found.templates,
        **{
            name: [{"value": one.value, "label": tell(one.label), "only": one.only} for one in rows]
            for name, rows in found.lists.items()
        },
    )


@in_json
def presence(draft_id: int) -> Response:
    """This person has this file open; who else is here."""
    service.seen(the_banli(), actor(), draft_id, sent_text(sent_json(), "name"))
    others = company(the_banli(), actor(), draft_id)
    said = [tell(say("{name} is editing “{file}” too", name=one.name, file=one.title)) for one in others]
    return jsonify(said=" · ".join(said))


@in_json
def deadline(draft_id: int) -> Response:
    """A named deadline, made in the draft."""
    code = mending.make_deadline(the_banli(), actor(), draft_id, sent_json())
    return jsonify(code=code, **_checked(draft_id))


@in_json
def mend(draft_id: int) -> Response:
    """A mend that is no step of the editor: a form or a scenario is made."""
    sent = sent_json()
    done = mending.mend(the_banli(), actor(), draft_id, sent_text(sent, "act"), sent.get("values") or {}, sent)
    return jsonify(said=tell(done.said), opens=done.opens, **_checked(draft_id))


def _checked(draft_id: int, *, scenarios: bool = False) -> dict[str, Any]:
    files, deployed = draft_files(the_banli(), actor(), draft_id)
    findings = list(check_files(the_banli(), files, deployed))
    played = check_scenarios(the_banli(), files, deployed) if scenarios else None
    if played is not None:
        findings += played.findings
    page = draft_page(the_banli(), actor(), draft_id)
    titles = {name: title_of(name, content) for name, content in files.items()}
    shown = {"page": page, "findings": findings, "titles": titles, "say_it": words, "wanted": "", "played": played}
    return {
        "findings": [
            {
                "severity": one.severity,
                "resource": one.resource,
                "element": one.element_id,
                "message": tell(one.message),
                "known": one.known,
            }
            for one in findings
        ],
        "html": {
            "findings": render_template("designer/findings.html", **shown),
            "files": render_template("designer/files.html", **shown),
        },
    }


def sent_json() -> Mapping[str, Any]:
    """What a script sent; FileRefused where it is no object."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise FileRefused(say("Expected a JSON object."))
    return body


def sent_text(sent: Mapping[str, Any], name: str) -> str:
    """A text in what a script sent."""
    value = sent.get(name)
    if not isinstance(value, str):
        raise FileRefused(say("Expected “{name}” to be a text.", name=name))
    return value


def _number(sent: Mapping[str, Any], name: str) -> int:
    value = sent.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise FileRefused(say("Expected “{name}” to be a number.", name=name))
    return value
