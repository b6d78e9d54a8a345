#!/usr/bin/env python3
"""Words of the plugin: which texts are said, and which of them `i18n/lsmap_ja.ts` has.

usage: translations.py         ends with 1 where a text is missing or no longer said
"""
import ast
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

PLUGIN = pathlib.Path(__file__).parent / "lsmap"


def said():
    """Texts given to `tr` or `translate`, and the titles, groups and helps of algorithms."""
    texts = set()
    for path in PLUGIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                place = {"tr": 0, "translate": 1}.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
                if place is not None:
                    texts.add(constant(node.args[place]))
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("TITLE", "HELP", "GROUP"):
                value = node.value.elts[1] if isinstance(node.value, ast.Tuple) else node.value
                texts.add(constant(value))
    return texts - {None, ""}


def constant(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def translated():
    """Texts of the table, with their translations."""
    root = ElementTree.parse(PLUGIN / "i18n" / "lsmap_ja.ts").getroot()
    return {message.findtext("source"): message.findtext("translation") for message in root.iter("message")}


if __name__ == "__main__":
    known, needed = translated(), said()
    for text in sorted(needed - {source for source, words in known.items() if words}):
        print(f"not translated: {text}")
    for text in sorted(set(known) - needed):
        print(f"no longer said: {text}")
    sys.exit(needed != set(known) or not all(known.values()))
