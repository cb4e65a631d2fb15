"""Files that come into a draft and go out again, and what became of them on the way."""

import difflib
import io
import zipfile
from collections import Counter
from pathlib import Path

from drawing import READY
from lxml import etree

from tasks.designing.files import fitting_name

RENAMED = "新的名称"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def bring(studio, path):
    """Upload one file; the studio opens it."""
    page = studio.page
    page.click("details.more-acts:not(.deploy) > summary")
    page.set_input_files("input[data-send]", path)
    page.wait_for_selector("text=已导入1个文件")
    placed = fitting_name(path.name)
    page.wait_for_selector(f'[data-studio][data-ready=yes][data-file="{placed}"]', timeout=READY)
    return placed


def exported(studio, placed):
    """The file as the export's zip holds it."""
    page = studio.page
    page.click("details.more-acts:not(.deploy) > summary")
    with page.expect_download() as download:
        page.click("text=导出 zip")
    page.keyboard.press("Escape")
    content = Path(download.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"handling/{placed}")


def renames_an_event(studio):
    """Another name for the first event that is seen, written on the canvas."""
    page = studio.page
    event = page.locator("g.djs-shape[data-element-id]:has(> .djs-visual > circle)").first
    address = page.url.partition("?")[0]
    placed = page.get_attribute("[data-studio]", "data-file")
    page.goto(f"{address}?file={placed}&element={event.get_attribute('data-element-id')}")
    page.wait_for_selector("[data-studio][data-ready=yes]", timeout=READY)
    page.locator("[data-canvas] svg[tabindex]").first.focus()
    page.keyboard.press("e")
    page.wait_for_selector(".djs-direct-editing-content")
    page.keyboard.press("Control+a")
    page.keyboard.type(RENAMED)
    page.keyboard.press("Enter")
    studio.saved()


def canonical(content):
    """Canonical XML, one element a line, without the blanks between elements."""
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False)
    text = etree.tostring(etree.fromstring(content, parser), method="c14n").decode()
    return [line.strip() for line in text.replace("><", ">\n<").splitlines()]


def changes(before, after):
    """Lines of canonical XML that went and came."""
    lines = difflib.unified_diff(canonical(before), canonical(after), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def beside_the_name(before, after):
    """What changed beside the event's name, and the size of the name on the drawing."""
    told = [line for line in changes(before, after) if not line.startswith(("-</", "+</"))]
    label = ("<dc:Bounds ", "<bpmndi:BPMNLabel>", "<omgdc:Bounds ")
    named = [line for line in told if RENAMED in line or (line.startswith("-") and not line[1:].startswith(label))]
    around = [line for line in told if line not in named and line[1:].startswith(label)]
    other = [line for line in told if line not in named and line not in around]
    return other if len(named) == 2 and len(around) <= 2 else told


def lost(before, after):
    """Elements, attributes and texts that are not in the second file, however they are written there."""
    return Counter(_substance(before)) - Counter(_substance(after))


def _substance(content):
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, remove_comments=True))
    for node in root.iter(etree.Element):
        owner = next((one.get("id") for one in (node, *node.iterancestors()) if one.get("id")), "")
        yield owner, node.tag, "", " ".join((node.text or "").split())
        for name, value in node.attrib.items():
            if not (name == TYPE and node.tag.endswith("}waypoint")):  # the schema says that a waypoint is a point
                yield owner, node.tag, name, _plain(node, name, value)


def _plain(node, name, value):
    if name == TYPE:
        prefix, _, word = value.rpartition(":")
        return f"{{{node.nsmap.get(prefix or None)}}}{word}"
    try:
        return str(round(float(value)))
    except (ValueError, OverflowError):
        return " ".join(value.split())
