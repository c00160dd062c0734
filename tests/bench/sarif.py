#!/usr/bin/env python3
"""A SARIF file of N results, about 500 bytes each, for benchmarks."""
import json
import sys

count = int(sys.argv[1])
rules = [f"rule/{n}" for n in range(40)]
results = (
    {
        "ruleId": rules[n % 40],
        "ruleIndex": n % 40,
        "level": ("error", "warning", "note")[n % 3],
        "message": {"text": f"Value of parameter {n % 977} reaches a query without being bound; bind it instead of joining strings, and let the driver quote what the caller sends. Then prove it with a test."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": f"services/copy{n // 1000}/src/main/module{n % 211}/Handler{n % 1000}.java", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": n % 900 + 1, "startColumn": 5, "endColumn": 60},
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": f"{n * 2654435761 % 2**64:016x}:1"},
    }
    for n in range(count)
)
driver = {"name": "Scan", "version": "1.0", "rules": [{"id": rule, "defaultConfiguration": {"level": "warning"}} for rule in rules]}
out = sys.stdout
out.write('{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[{"tool":{"driver":')
json.dump(driver, out, separators=(",", ":"))
out.write('},"results":[')
for index, result in enumerate(results):
    if index:
        out.write(",")
    json.dump(result, out, separators=(",", ":"))
out.write("]}]}\n")
