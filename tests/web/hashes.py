#!/usr/bin/env python3
"""Whether another build computes the bits of this machine: the hash of every scene after some steps, from both.

tests/web/hashes.py PROGRAM OTHER [--steps N] [--threads N] [SCENES...]: PROGRAM as compiled here; OTHER for node, by ./run --web --node
(build/web/iemlab-node.js), or for Windows, under wine (build/windows/iemlab.exe). Exit code 1 where a scene differs.
"""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

RUNNERS = {".js": "node", ".exe": "wine"}


def command_of(program):
    runner = RUNNERS.get(os.path.splitext(program)[1])
    return [runner, program] if runner else [program]


def answer(command, arguments):
    done = subprocess.run(command + arguments, capture_output=True, text=True, encoding="utf-8",
                          env={"WINEDEBUG": "-all", **os.environ})
    if done.returncode != 0:
        return {"error": (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]}
    return json.loads(done.stdout)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("program")
    options.add_argument("other_program")
    options.add_argument("--steps", default="50")
    options.add_argument("--threads", type=int, help="of the other program")
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("scenes", nargs="*")
    asked = options.parse_args()
    native, other = command_of(asked.program), command_of(asked.other_program)
    names = asked.scenes or [scene["id"] for scene in answer(native, ["list", "scenes", "--json"])]

    def compare(name):
        run = ["run", name, "--steps", asked.steps, "--json", "--quiet"]
        threads = asked.threads
        one, two = answer(native, run), answer(other, run + ["--threads", str(threads)] * bool(threads))
        said = [each.get("hash", each.get("error")) for each in (one, two)]
        return name, said, "hash" in one and one["hash"] == two.get("hash") and threads in (None, two["threads"])

    differing = 0
    with ThreadPoolExecutor(asked.jobs) as pool:
        for name, said, equal in pool.map(compare, names):
            differing += not equal
            if not equal:
                print(f"{name}: {said[0]} here, {said[1]} under {other[0]}", flush=True)
    print(f"{len(names) - differing} of {len(names)} scenes have the same hash after {asked.steps} steps")
    return 1 if differing or not names else 0


if __name__ == "__main__":
    sys.exit(main())
