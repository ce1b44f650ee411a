#!/usr/bin/env python3
"""How many times faster iemlab takes a step than scikit-learn and PyTorch do, on the same problem from the same start.

    python3 tests/benchmarks/peers/peers.py --iemlab build/release/iemlab

needs numpy, scikit-learn and torch, and nothing else running on the machine. It takes some ten minutes; --only,
--threads, --points and --components choose parts. It prints tables in Markdown.

Before anything is timed, all parties take five steps, and J must be the same: iemlab's own to the last bit on every
instruction set, double precision to 1e-9 of J, single precision to 1e-5. A party that computes something else is named
and has no ratio, and the exit code is 1.

A step is timed from outside, everybody in the same way: a run of 1 + n steps and a run of 1 step, and the difference
divided by n, where n is chosen so that the difference takes some --seconds. What comes before the steps and after
them, as the start of a process, drops out. All parties are timed in every round, each round beginning with another
one. A ratio is that of the medians over all rounds; in parentheses stand the least and the greatest ratio of a round.
"""

import argparse
import math
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

import numpy as np
import parties
import sklearn
import torch
from parties import Party

CHECKED_STEPS = 5


@dataclass(frozen=True)
class Contest:
    title: str
    ours: list[Party]
    peers: list[Party]
    energies: int  # that a step computes: points times components, or queries times the keys that they see


def agreeing(contest: Contest, threads: int) -> list[Party]:
    """The peers that come to our J; the others are named. None where our own instruction sets differ."""
    ours = [party.run(CHECKED_STEPS, threads).loss() for party in contest.ours]
    if len(set(ours)) > 1:
        print(f"iemlab comes to several J, {ours}: no ratio.\n")
        return []
    out = []
    for party in contest.peers:
        loss = party.run(CHECKED_STEPS, threads).loss()
        apart = abs(loss - ours[0]) / abs(ours[0])
        if apart <= party.tolerance:
            out.append(party)
        else:
            print(f"{party.name} comes to J = {loss:.12g} and iemlab to {ours[0]:.12g}: no ratio.\n")
    alike = "; ".join(party.name for party in [*contest.ours, *out])
    print(f"After {CHECKED_STEPS} steps J = {ours[0]:.10g}: {alike}.\n")
    return out


def difference(party: Party, steps: int, threads: int) -> float:
    """Seconds that so many steps take."""
    one = party.run(1, threads).seconds
    return party.run(1 + steps, threads).seconds - one


def steps_that_take(seconds: float, party: Party, threads: int) -> int:
    steps = 1
    while (took := difference(party, steps, threads)) < 0.8 * seconds:
        steps = min(30 * steps, math.ceil(steps * seconds / max(took, 1e-9)))
    return steps


def in_rounds(all_parties: list[Party], threads: int, rounds: int, seconds: float) -> dict[str, list[float]]:
    """Seconds of a step, for every party and round."""
    steps = {party.name: steps_that_take(seconds, party, threads) for party in all_parties}
    out: dict[str, list[float]] = {party.name: [] for party in all_parties}
    for i in range(rounds):
        first = i % len(all_parties)
        for party in all_parties[first:] + all_parties[:first]:
            out[party.name].append(difference(party, steps[party.name], threads) / steps[party.name])
    return out


def span(middle: float, values: list[float]) -> str:
    return f"{middle:.3g} ({min(values):.3g} to {max(values):.3g})"


def hold(contest: Contest, threads: int, options: argparse.Namespace) -> bool:
    """Prints one table. Whether all compute the same."""
    print(f"### {contest.title}, {threads} {'thread' if threads == 1 else 'threads'}\n")
    peers = agreeing(contest, threads)
    if not options.check:
        print_times(contest, peers, in_rounds([*contest.ours, *peers], threads, options.rounds, options.seconds))
    return peers == contest.peers


def print_times(contest: Contest, peers: list[Party], times: dict[str, list[float]]) -> None:
    heads = ["", "a step, ms", "ns an energy", *(f"times {party.name}" for party in contest.ours)]
    print("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|")
    for party in [*contest.ours, *peers]:
        mine = times[party.name]
        middle = statistics.median(mine)
        cells = [party.name, span(1e3 * middle, [1e3 * t for t in mine]), f"{1e9 * middle / contest.energies:.3g}"]
        for theirs in (times[other.name] for other in contest.ours):
            ratios = [a / b for a, b in zip(mine, theirs, strict=True)]
            cells.append(span(middle / statistics.median(theirs), ratios) if party in peers else "")
        print("| " + " | ".join(cells) + " |")
    print(flush=True)


def contests(options: argparse.Namespace, folder: pathlib.Path) -> list[Contest]:
    out = []
    program, only = options.iemlab, options.only
    for count in options.points:
        for components in options.components:
            problem = parties.mixture(count, components)
            place = folder / f"{count}-{components}"
            place.mkdir()
            scene = parties.write_mixture(problem, place)
            sets = parties.instruction_sets(program, scene)
            size = f"N = {count}, K = {components}"
            if "em" in only:
                ours = [parties.iemlab(program, scene, "em", isa) for isa in sets]
                out.append(Contest(f"EM, {size}", ours, [parties.scikit_learn(problem)], count * components))
            if "gd" in only:
                ours = [parties.iemlab(program, scene, "gd", isa) for isa in sets]
                peers = [parties.torch_descent(problem, f, p) for p in parties.DTYPES for f in parties.FORMS]
                out.append(Contest(f"Gradient descent, {size}", ours, peers, count * components))
    if "attention" in only:
        draws = parties.chain.published_draws(42)
        scene = parties.write_chain(draws, folder)
        ours = [parties.iemlab(program, scene, "", isa) for isa in parties.instruction_sets(program, scene)]
        peers = [parties.torch_chain(draws, f, p) for p in parties.DTYPES for f in parties.ATTENTIONS]
        keys = len(draws[0])
        out.append(Contest(f"Causal attention, T = {keys}", ours, peers, keys * (keys + 1) // 2))
    return out


def exponentials(rounds: int, seconds: float) -> None:
    """What others need for an exponential in double precision, of numbers that stay in the cache."""
    torch.set_num_threads(1)
    numbers = -np.random.default_rng(1).random(2048) * 20
    tensor, to, to_tensor = torch.tensor(numbers), np.empty_like(numbers), torch.empty(2048, dtype=torch.float64)
    print("### Exponentials alone, double precision, 1 thread\n\n| | ns each |\n|---|---|")
    for name, work in (
        ("NumPy", lambda: np.exp(numbers, out=to)),
        ("PyTorch", lambda: torch.exp(tensor, out=to_tensor)),
    ):
        times = []
        for _ in range(rounds):
            calls, begin = 0, time.perf_counter()
            while calls == 0 or time.perf_counter() - begin < seconds:
                for _ in range(100):
                    work()
                calls += 100
            times.append(1e9 * (time.perf_counter() - begin) / (calls * len(numbers)))
        print(f"| {name} | {span(statistics.median(times), times)} |", flush=True)
    print()


def say_who(program: str) -> None:
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    processor = pathlib.Path("/proc/cpuinfo")
    lines = processor.read_text().splitlines() if processor.exists() else []
    models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    print(
        f"{version}; Python {platform.python_version()}, NumPy {np.__version__}, scikit-learn {sklearn.__version__}, "
        f"PyTorch {torch.__version__} ({torch.backends.cpu.get_cpu_capability()}); "
        f"{(models or [platform.processor()])[0]}, {os.cpu_count()} cores; "
        f"load {os.getloadavg()[0]:.2f} at the beginning\n",
        flush=True,
    )


def integers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--iemlab", default="iemlab", help="the program, built for release")
    parser.add_argument("--only", default="em,gd,attention,exp", type=lambda text: text.split(","))
    parser.add_argument("--threads", default="1,2", type=integers)
    parser.add_argument("--points", default="2000,100000", type=integers)
    parser.add_argument("--components", default="4,64", type=integers)
    parser.add_argument("--rounds", default=7, type=int)
    parser.add_argument("--seconds", default=0.3, type=float, help="that what is timed takes at least")
    parser.add_argument("--check", action="store_true", help="only whether all compute the same")
    options = parser.parse_args()
    say_who(options.iemlab)
    if "exp" in options.only and not options.check:
        exponentials(options.rounds, options.seconds)
    with tempfile.TemporaryDirectory() as folder:
        alike = [
            hold(contest, threads, options)
            for contest in contests(options, pathlib.Path(folder))
            for threads in options.threads
        ]
    return 0 if all(alike) else 1


if __name__ == "__main__":
    sys.exit(main())
