#!/usr/bin/env python3
"""Reads a page of icwscan --html with a strict parser and says what is wrong with it; nothing when all is well.

    structure.py FILE
"""
import base64
import hashlib
import re
import sys
import xml.etree.ElementTree as tree

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
# Which attributes an element may have, beside those that all may have. No other element occurs.
HTML_ELEMENTS = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "http-equiv", "content", "name"}, "title": set(),
    "style": set(), "script": set(), "body": set(), "header": set(), "main": set(), "footer": set(), "nav": set(),
    "section": set(), "div": set(), "p": set(), "span": set(), "b": set(), "small": set(), "code": set(), "pre": set(),
    "h1": set(), "h2": set(), "h4": set(), "h5": set(), "ul": set(), "ol": set(), "li": set(), "dl": set(),
    "dt": set(), "dd": set(), "a": {"href"}, "details": {"open"}, "summary": set(), "table": set(), "caption": set(),
    "thead": set(), "tbody": set(), "tr": {"data-verdict"}, "th": {"scope"}, "td": {"data-key"},
}
SVG_ELEMENTS = {
    "svg": {"viewBox", "width", "height"}, "title": set(), "desc": set(), "text": {"x", "y", "text-anchor"},
    "line": {"x1", "y1", "x2", "y2"}, "rect": {"x", "y", "width", "height"}, "path": {"d"},
}
COMMON = {"id", "class", "role", "tabindex", "aria-label", "aria-labelledby", "aria-hidden"}
# What the element's children have to be.
CHILDREN = {
    "ul": {"li"}, "ol": {"li"}, "tr": {"th", "td"}, "thead": {"tr"}, "tbody": {"tr"},
    "table": {"caption", "thead", "tbody"}, "dl": {"dt", "dd", "div"},
}


def faults(text):
    if not text.startswith("<!DOCTYPE html>\n"):
        yield "no document type"
    try:
        root = tree.fromstring(text.split("\n", 1)[1])
    except tree.ParseError as error:
        yield f"not well-formed: {error}"
        return
    if root.tag != XHTML + "html" or root.get("lang") != "en":
        yield "the root is not html in English"
    elements = list(root.iter())
    for element in elements:
        name = element.tag.rsplit("}", 1)[1]
        known = SVG_ELEMENTS if element.tag.startswith(SVG) else HTML_ELEMENTS
        if name not in known:
            yield f"element {element.tag}"
            continue
        for attribute in set(element.keys()) - known[name] - COMMON:
            yield f"attribute {attribute} of {name}"
        if not element.tag.startswith(SVG):
            for child in element:
                if name in CHILDREN and child.tag.rsplit("}", 1)[1] not in CHILDREN[name]:
                    yield f"{child.tag} in {name}"
            if name in ("ul", "ol", "dl", "table", "tbody") and len(element) == 0:
                yield f"{name} without content"
        if name == "a" and not element.get("href", "").startswith("#"):
            yield f"a link that leaves the page: {element.get('href')}"
        if name == "th" and element.get("scope") not in ("col", "row"):
            yield "a table's head without scope"
        if name == "table" and element[0].tag != XHTML + "caption":
            yield "a table without caption"
        if name == "svg":
            parts = element.get("aria-labelledby", "").split()
            found = [child.get("id") for child in element[:2]]
            if element.get("role") != "img" or parts != found or not all(child.text for child in element[:2]):
                yield "a picture without title and description"
        if element.get("tabindex") == "0" and not (element.get("role") and element.get("aria-label")):
            yield f"{name} can be focused and has no name"
    ids = [element.get("id") for element in elements if element.get("id")]
    for name in {name for name in ids if ids.count(name) > 1} if len(ids) < 5000 else []:
        yield f"two elements with the id {name}"
    known = set(ids)
    for element in elements:
        for target in [element.get("href", "#")[1:]] + element.get("aria-labelledby", "").split():
            if target and target not in known:
                yield f"{target} is nowhere"
    if sum(element.tag == XHTML + "h1" for element in elements) != 1:
        yield "not one h1"
    yield from policy(root)
    for character in re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", text):
        yield f"a hidden character {ord(character):#x}"
    outside = re.sub(r"http://www\.w3\.org/(1999/xhtml|2000/svg)", "", text)
    if re.search(r"(src|srcset|href|action|data)\s*=\s*\"(?!#)", outside) or "@import" in text or "url(" in text:
        yield "something is loaded"


def policy(root):
    head = root.find(XHTML + "head")
    meta = [m for m in head.findall(XHTML + "meta") if m.get("http-equiv") == "Content-Security-Policy"]
    if len(meta) != 1:
        yield "no policy"
        return
    rules = dict(rule.split(" ", 1) for rule in meta[0].get("content").split("; "))
    if rules.pop("default-src", "") != "'none'" or rules.pop("base-uri", "") != "'none'":
        yield "the policy lets something in"
    rules.pop("form-action", None)
    for kind, element in (("style-src", head.find(XHTML + "style")), ("script-src", root.find(f".//{XHTML}script"))):
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        if rules.pop(kind, "") != f"'sha256-{digest}'":
            yield f"{kind} is not that of the page"
    if rules:
        yield f"more in the policy: {rules}"


found = list(faults(open(sys.argv[1], encoding="utf-8", newline="").read()))
if found:
    print("\n".join(found[:20]))
sys.exit(1 if found else 0)
