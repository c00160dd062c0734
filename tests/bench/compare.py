#!/usr/bin/env python3
"""Runs commands in turn, several times, and tells the medians of each: wall clock, processor time (user and system) and
peak resident memory. Taken in turn, they share what else the machine does.

Usage: compare.py RUNS NAME COMMAND [NAME COMMAND …] >medians.json; commands are for the shell. A table goes to stderr."""
import json
import os
import statistics
import subprocess
import sys
import time


def measured(command):
    """Seconds on the clock, seconds of processor, KiB at the peak of the largest process."""
    start = time.monotonic()
    # `exec` leaves no shell between, whose memory and time would be counted.
    process = subprocess.Popen(["sh", "-c", f"exec {command}"], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"ended with {process.returncode}: {command}")
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss


runs = int(sys.argv[1])
commands = dict(zip(sys.argv[2::2], sys.argv[3::2], strict=True))
for command in commands.values():
    measured(command)  # what is read once is read now
samples = {name: [] for name in commands}
for _ in range(runs):
    for name, command in commands.items():
        samples[name].append(measured(command))
medians = {}
for name, taken in samples.items():
    wall, cpu, peak = (statistics.median(column) for column in zip(*taken))
    medians[name] = {"wall_s": round(wall, 3), "cpu_s": round(cpu, 3), "peak_kib": int(peak)}
    print(f"{name:12} {wall:7.2f} s  {cpu:7.2f} s of processor  {peak / 1024:6.0f} MiB", file=sys.stderr)
json.dump(medians, sys.stdout)
