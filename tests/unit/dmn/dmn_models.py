"""Decision models for the tests, written as little XML as possible."""

from __future__ import annotations

from html import escape

from engine.dmn import load_model

NEWEST = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def definitions(body, *, namespace="urn:test", xmlns=NEWEST, name="test"):
    return f'<definitions xmlns="{xmlns}" namespace="{namespace}" name="{name}" id="d">{body}</definitions>'


def input_data(name, type_ref=None, *, identifier=None):
    attribute = f' typeRef="{type_ref}"' if type_ref else ""
    return f'<inputData id="{identifier or name}" name="{name}"><variable name="{name}"{attribute}/></inputData>'


def literal(text):
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def decision(name, logic, *, requires=(), knowledge=(), type_ref=None):
    attribute = f' typeRef="{type_ref}"' if type_ref else ""
    information = "".join(
        f'<informationRequirement><required{kind} href="{_reference(target)}"/></informationRequirement>'
        for kind, target in requires
    )
    functions = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="{_reference(target)}"/></knowledgeRequirement>'
        for target in knowledge
    )
    variable = f'<variable name="{name}"{attribute}/>'
    return f'<decision id="{name}" name="{name}">{variable}{information}{functions}{logic}</decision>'


def _reference(target):
    return target if "#" in target else f"#{target}"


def table(inputs, outputs, rules, *, policy="UNIQUE", aggregation=None):
    attributes = f' hitPolicy="{policy}"' + (f' aggregation="{aggregation}"' if aggregation else "")
    parts = "".join(_input(*each) if isinstance(each, tuple) else _input(each) for each in inputs)
    parts += "".join(_output(*each) if isinstance(each, tuple) else _output(each) for each in outputs)
    for number, (tests, results) in enumerate(rules, 1):
        cells = "".join(f"<inputEntry><text>{escape(text)}</text></inputEntry>" for text in tests)
        cells += "".join(f"<outputEntry><text>{escape(text)}</text></outputEntry>" for text in results)
        parts += f'<rule id="rule{number}">{cells}<annotationEntry><text>note {number}</text></annotationEntry></rule>'
    return f'<decisionTable id="table"{attributes}>{parts}</decisionTable>'


def _input(text, type_ref=None, allowed=None):
    attribute = f' typeRef="{type_ref}"' if type_ref else ""
    values = f"<inputValues><text>{escape(allowed)}</text></inputValues>" if allowed else ""
    return f'<input label="{text}"><inputExpression{attribute}><text>{text}</text></inputExpression>{values}</input>'


def _output(name, allowed=None, default=None):
    values = f"<outputValues><text>{escape(allowed)}</text></outputValues>" if allowed else ""
    entry = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    return f'<output name="{name}">{values}{entry}</output>'


def model_of(*elements, **options):
    return load_model(definitions("".join(elements), **options).encode())


def table_model(inputs, *arguments, **options):
    """A model with one table, and an input for each column."""
    names = [each[0] if isinstance(each, tuple) else each for each in inputs]
    requires = [("Input", name) for name in names]
    return model_of(
        *(input_data(name) for name in names),
        decision("result", table(inputs, *arguments, **options), requires=requires),
    )
