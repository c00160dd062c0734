#!/usr/bin/env python3
"""Commands that write an engagement of N findings with prose of realistic length, for benchmarks."""
import json
import sys

count = int(sys.argv[1])
text = (
    "The handler keeps a **pool connection** while it waits for the carrier's answer, which took up to `8.9 s` in the run "
    "of the second week. As the pool holds ten connections, ten slow answers are enough to stop every other request, "
    "and the board of the morning wave shows nothing until the carrier recovers.\n\n"
    "- the pool has no limit on waiting\n- the call has no timeout\n- the transaction stays open meanwhile\n\n"
    "| endpoint | p50 | p99 |\n|---|---:|---:|\n| `GET /board` | 3.7 s | 4.4 s |\n| `POST /plan` | 1.3 s | 2.0 s |\n\n"
    "```sql\nSELECT id, state FROM parcels WHERE route_id = $1 ORDER BY position;\n```\n"
)
severities = ["critical", "high", "medium", "low", "info"]
areas = ["Database", "Caching", "Reliability", "Security", "Observability"]
calls = [
    {
        "do": "update",
        "kind": "engagement",
        "fields": {
            "report_date": "2026-03-02",
            "classification": "Confidential",
            "roadmap_start": "2026-04-01",
            "verdict": "The platform works, at the price of manual labour.",
            "summary": text,
            "scope": text,
            "method": text,
            "limits": text,
        },
    }
]
for n in range(count):
    calls.append(
        {
            "do": "insert",
            "kind": "findings",
            "object": {
                "title": f"Case {n + 1}: a slow neighbour stops the whole of the dispatch board",
                "area": areas[n % 5],
                "severity": severities[n % 5],
                "likelihood": n % 5 + 1,
                "impact": (n * 3) % 5 + 1,
                "summary": "One slow carrier stops everyone.",
                "condition": text,
                "criteria": "A call to another system ends within a limit that the caller sets.",
                "cause": text,
                "consequence": "The morning wave leaves 40 minutes late on two days of five.",
                "short_term": "Set a timeout of two seconds and release the connection before the call.",
                "long_term": text,
                "acceptance_test": "With the carrier's answer delayed by 30 s, the board's p99 stays below 200 ms.",
                "owner": "Platform team",
                "effort": {"low": 2, "likely": 4, "high": 7},
                "elements": ["API", "Database"],
                "cwe": [400],
            },
        }
    )
json.dump(calls, sys.stdout)
