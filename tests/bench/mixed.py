#!/usr/bin/env python3
"""Some MB of artifacts of many tools, for benchmarks: `mixed.py MB FOLDER`. Scans, load tests, traces, logs, metrics and
tables, files of 0.1 to 20 MB."""
import json
import random
import subprocess
import sys
from pathlib import Path

total, root = int(sys.argv[1]) * 1_000_000, Path(sys.argv[2])
root.mkdir(parents=True, exist_ok=True)
chance = random.Random(7)


def sarif(path, size):
    count = max(size // 520, 1)
    with open(path, "w") as out:
        subprocess.run([sys.executable, Path(__file__).with_name("sarif.py"), str(count)], stdout=out, check=True)


def k6(path, size):
    with open(path, "w") as out:
        out.write('{"type":"Metric","data":{"name":"http_req_duration","type":"trend","contains":"time","tainted":null,"thresholds":["p(95)<500"],"submetrics":null},"metric":"http_req_duration"}\n')
        second = 0
        while out.tell() < size:
            second += 1
            for n in range(20):
                point = {"time": f"2026-03-02T10:{second // 60 % 60:02}:{second % 60:02}.{n:03}Z", "value": round(chance.lognormvariate(4, 0.7), 3), "tags": {"method": "GET", "name": f"https://shop.example/api/orders/{n % 7}", "scenario": "default", "status": "200" if n else "503", "expected_response": "true" if n else "false"}}
                out.write(json.dumps({"metric": "http_req_duration", "type": "Point", "data": point}, separators=(",", ":")) + "\n")


def jmeter(path, size):
    with open(path, "w") as out:
        out.write("timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n")
        n = 0
        while out.tell() < size:
            n += 1
            bad = n % 97 == 0
            out.write(f"{1772445600000 + n * 7},{int(chance.lognormvariate(5, 0.6))},HTTP {n % 9},{500 if bad else 200},{'Internal Server Error' if bad else 'OK'},Group 1-{n % 50},text,{'false' if bad else 'true'},,{900 + n % 300},{120 + n % 20},50,50,https://shop.example/cart/{n % 9},{n % 80},0,{n % 4}\n")


def jaeger(path, size):
    spans, number = [], 0
    processes = {f"p{n}": {"serviceName": name, "tags": []} for n, name in enumerate(["gateway", "orders", "stock", "payments"])}
    traces = []
    while number * 420 < size:
        spans = []
        for n in range(30):
            number += 1
            spans.append({"traceID": f"{number // 30:032x}", "spanID": f"{number:016x}", "operationName": f"GET /orders/{n % 5}", "references": [{"refType": "CHILD_OF", "traceID": f"{number // 30:032x}", "spanID": f"{number - n:016x}"}] if n else [], "startTime": 1772445600000000 + number * 900, "duration": int(chance.lognormvariate(8, 1)), "tags": [{"key": "span.kind", "type": "string", "value": "client" if n % 2 else "server"}, {"key": "http.status_code", "type": "int64", "value": 200}], "logs": [], "processID": f"p{n % 4}"})
        traces.append({"traceID": f"{number // 30:032x}", "spans": spans, "processes": processes})
    path.write_text(json.dumps({"data": traces, "total": 0, "limit": 0, "offset": 0, "errors": None}))


def nmap(path, size):
    with open(path, "w") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<nmaprun scanner="nmap" args="nmap -sV 10.0.0.0/16" start="1772445600" version="7.94" xmloutputversion="1.05">\n')
        n = 0
        while out.tell() < size:
            n += 1
            ports = "".join(f'<port protocol="tcp" portid="{port}"><state state="{"open" if (n + port) % 3 else "closed"}" reason="syn-ack" reason_ttl="63"/><service name="http" product="nginx" version="1.2{port % 9}" method="probed" conf="10"/></port>' for port in (22, 80, 443, 5432, 6379, 8080, 9200))
            out.write(f'<host starttime="1772445600" endtime="1772445660"><status state="up" reason="echo-reply" reason_ttl="63"/><address addr="10.0.{n // 250 % 250}.{n % 250}" addrtype="ipv4"/><hostnames><hostname name="node-{n}.example.org" type="PTR"/></hostnames><ports>{ports}</ports></host>\n')
        out.write('<runstats><finished time="1772449200" elapsed="3600" exit="success"/></runstats>\n</nmaprun>\n')


def logs(path, size):
    with open(path, "w") as out:
        n = 0
        while out.tell() < size:
            n += 1
            out.write(json.dumps({"timestamp": f"2026-03-02T10:{n // 600 % 60:02}:{n // 10 % 60:02}.{n % 1000:03}Z", "level": ("INFO", "WARN", "ERROR")[n % 11 // 5], "service": "orders", "trace_id": f"{n * 2654435761 % 2**64:032x}", "message": f"order {n} was booked by carrier {n % 13} in {n % 900} ms"}) + "\n")


def trivy(path, size):
    found = [{"VulnerabilityID": f"CVE-2025-{n % 90000:05}", "PkgName": f"library-{n % 800}", "InstalledVersion": f"1.{n % 20}.0", "FixedVersion": f"1.{n % 20}.1" if n % 3 else "", "Severity": ("CRITICAL", "HIGH", "MEDIUM", "LOW")[n % 4], "Title": f"a flaw of library-{n % 800} lets others in", "Description": "A crafted request is read beyond its end. " * 6, "PrimaryURL": f"https://advisories.example/{n}"} for n in range(max(size // 560, 1))]
    path.write_text(json.dumps({"SchemaVersion": 2, "ArtifactName": path.stem, "ArtifactType": "container_image", "Results": [{"Target": f"{path.stem} (debian 12)", "Class": "os-pkgs", "Type": "debian", "Vulnerabilities": found}]}))


def prometheus(path, size):
    with open(path, "w") as out:
        out.write("# HELP http_requests_total Requests.\n# TYPE http_requests_total counter\n")
        n = 0
        while out.tell() < size:
            n += 1
            out.write(f'http_requests_total{{method="GET",route="/orders/{n}",status="{200 if n % 50 else 500}",instance="10.0.0.{n % 9}:8080"}} {n * 17}\n')


def statements(path, size):
    with open(path, "w") as out:
        out.write("queryid,query,calls,total_exec_time,mean_exec_time,max_exec_time,stddev_exec_time,rows\n")
        n = 0
        while out.tell() < size:
            n += 1
            out.write(f'{n * 2654435761 % 2**63},"SELECT a.id, a.state, b.total FROM orders_{n} a JOIN lines_{n % 300} b ON b.order_id = a.id WHERE a.customer_id = $1 AND a.state = $2 ORDER BY a.id DESC LIMIT $3",{n % 9000 + 1},{n * 3.7:.3f},{n % 700 + 0.5},{n % 3000 + 9.25},{n % 40},{n * 11}\n')


KINDS = [
    (sarif, "scan-{}.sarif", 15_000_000), (k6, "k6-{}.json", 20_000_000), (jmeter, "jmeter-{}.jtl", 10_000_000),
    (jaeger, "traces-{}.json", 8_000_000), (nmap, "nmap-{}.xml", 5_000_000), (logs, "app-{}.log", 12_000_000),
    (trivy, "trivy-{}.json", 4_000_000), (prometheus, "metrics-{}.prom", 2_000_000), (statements, "statements-{}.csv", 500_000),
]
written = number = 0
while written < total:
    make, name, most = KINDS[number % len(KINDS)]
    path = root / name.format(number)
    make(path, min(int(most * chance.uniform(0.3, 1.5)), max(total - written, 100_000)))
    written += path.stat().st_size
    number += 1
print(f"{written} bytes in {number} files")
