#!/usr/bin/env python3
"""The content of engagement.py's report as one HTML page for WeasyPrint: the same texts, headings, tables, contents and
fonts (those of an ejected project); of the charts only the bars. Usage: as_html.py PROJECT <calls.json >report.html"""
import html
import json
import pathlib
import re
import sys

project = pathlib.Path(sys.argv[1])
STYLE = """
@font-face { font-family: Plex; src: url(FONTS/IBMPlexSans-Regular.ttf) }
@font-face { font-family: Plex; font-weight: bold; src: url(FONTS/IBMPlexSans-SemiBold.ttf) }
@font-face { font-family: Mono; src: url(FONTS/IBMPlexMono-Regular.ttf) }
@page { size: A4; margin: 25mm 22mm; @bottom-right { content: counter(page) " of " counter(pages) }
  @top-left { content: string(title) } }
body { font: 9.5pt/1.4 Plex; hyphens: auto } h1 { string-set: title content(); break-before: page }
h2 { break-after: avoid } pre, code { font-family: Mono; font-size: 8.5pt } table { width: 100%; border-collapse: collapse }
th, td { border-bottom: .5pt solid #aaa; padding: 2pt 4pt; text-align: left; vertical-align: top }
tr { break-inside: avoid } nav a::after { content: leader('.') target-counter(attr(href), page) }
p, ul, pre, table, h3 { margin: 3pt 0 } h2 { margin: 12pt 0 4pt }
"""


def table(rows):
    """A table of objects that have the same fields."""
    head = "".join(f"<th>{html.escape(name)}</th>" for name in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row.values()) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead>{body}</table>"


def inline(text):
    text = html.escape(text)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)


def markdown(text):
    """The few forms that engagement.py writes: paragraphs, a list, a table, a block of code."""
    out = []
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        if lines[0].startswith("```"):
            out.append("<pre>" + html.escape("\n".join(lines[1:-1])) + "</pre>")
        elif lines[0].startswith("- "):
            out.append("<ul>" + "".join(f"<li>{inline(line[2:])}</li>" for line in lines) + "</ul>")
        elif lines[0].startswith("|"):
            rows = [[inline(cell.strip()) for cell in line.strip("|").split("|")] for line in lines]
            head = "".join(f"<th>{cell}</th>" for cell in rows[0])
            body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[2:])
            out.append(f"<table><thead><tr>{head}</tr></thead>{body}</table>")
        else:
            out.append(f"<p>{inline(block)}</p>")
    return "".join(out)


def bars(counts):
    """A chart of bars, one a name."""
    most = max(counts.values())
    rows = "".join(
        f'<text x="0" y="{12 + 16 * n}" font-size="9">{name}: {count}</text>'
        f'<rect x="90" y="{4 + 16 * n}" width="{300 * count / most:.1f}" height="10" fill="#0f3d48"/>'
        for n, (name, count) in enumerate(counts.items())
    )
    return f'<svg width="400" height="{16 * len(counts) + 6}" role="img">{rows}</svg>'


calls = json.load(sys.stdin)
engagement = calls[0]["fields"]
findings = [call["object"] for call in calls[1:]]
LONG = ["summary", "condition", "criteria", "cause", "consequence", "short_term", "long_term", "acceptance_test"]
SHORT = ["severity", "likelihood", "impact", "area", "owner", "effort", "elements", "cwe"]
contents = "".join(f'<p><a href="#f{n}">{html.escape(one["title"])}</a></p>' for n, one in enumerate(findings, 1))
counts = {}
for one in findings:
    counts[one["severity"]] = counts.get(one["severity"], 0) + 1
parts = [f"<h1>Backend architecture audit</h1><p>{engagement['report_date']}, {engagement['classification']}</p>"]
parts.append(f"<h1>Contents</h1><nav>{contents}</nav>")
for name in ["verdict", "summary", "scope", "method", "limits"]:
    parts.append(f"<h1>{name.capitalize()}</h1>{markdown(engagement[name])}")
rows = [{"no": n, **{key: one[key] for key in ["title", "severity", "area", "owner"]}} for n, one in enumerate(findings, 1)]
parts.append(f"<h1>Findings at a glance</h1>{bars(counts)}{table(rows)}<h1>Findings</h1>")
for n, one in enumerate(findings, 1):
    facts = table([{key: one[key] for key in SHORT}])
    texts = "".join(f"<h3>{key.replace('_', ' ').capitalize()}</h3>{markdown(one[key])}" for key in LONG)
    parts.append(f'<section><h2 id="f{n}">{html.escape(one["title"])}</h2>{facts}{texts}</section>')
style = STYLE.replace("FONTS", (project / "fonts").resolve().as_uri())
print(f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Audit</title><style>{style}</style>{"".join(parts)}</html>')
