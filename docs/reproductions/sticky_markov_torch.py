#!/usr/bin/env python3
"""The sticky Markov chain of Agarwal, Dalal & Misra (arXiv 2512.22473, section 5.2) with the random numbers of the
code its authors published: trained by PyTorch in single precision and by iemlab in double, from the same tokens and
first weights. Prints one line a seed, means, and the largest difference of the two losses at any step.

    python3 sticky_markov_torch.py --iemlab PATH [--seeds 42,2024,...] [--steps 1000]
"""
import argparse
import csv
import math
import pathlib
import statistics
import subprocess
import tempfile

import torch

SYMBOLS, WIDTH, KEYS, VALUES, BONUS = 8, 20, 10, 15, 0.3
RULES = {"em_like": 0.1, "sgd": 0.01}  # the learning rate of W_V; it is 0.01 for all else


def transition():
    rows = torch.zeros(SYMBOLS, SYMBOLS)
    for i in range(SYMBOLS):
        for j in range(SYMBOLS):
            apart = min(abs(i - j), SYMBOLS - abs(i - j))
            rows[i, j] = 1 / apart if apart else BONUS
        rows[i] = (1 - BONUS) * rows[i] / rows[i].sum()
        rows[i, i] += BONUS
        rows[i] /= rows[i].sum()
    return rows


def published_draws(seed):
    """Tokens, labels and first weights. The embeddings are those of seed 0, whatever the seed."""
    torch.manual_seed(0)
    embeddings = torch.randn(SYMBOLS, WIDTH)
    torch.manual_seed(seed)
    chances = transition()
    symbols = [torch.randint(SYMBOLS, (1,)).item()]
    while len(symbols) < 2000:
        symbols.append(torch.multinomial(chances[symbols[-1]], 1).item())
    symbols = torch.tensor(symbols)
    tokens = embeddings[symbols[:-1]] + torch.randn(len(symbols) - 1, WIDTH)
    torch.manual_seed(seed)
    shapes = {"W_Q": (WIDTH, KEYS), "W_K": (WIDTH, KEYS), "W_V": (WIDTH, VALUES), "W_O": (VALUES, SYMBOLS)}
    weights = {name: 0.1 * torch.randn(*shape) for name, shape in shapes.items()}
    return tokens, symbols[1:], weights


def written_out(count):
    """Causal attention of so many tokens, with the whole matrix of weights."""
    later = torch.ones(count, count, dtype=torch.bool).triu(1)

    def attend(q, k, v):
        return (q @ k.T / math.sqrt(KEYS)).masked_fill(later, -math.inf).softmax(1) @ v

    return attend


def torch_losses(tokens, labels, start, value_rate, steps, attention=written_out):
    weights = {name: w.clone().requires_grad_(True) for name, w in start.items()}
    attend = attention(len(tokens))
    losses = []
    for step in range(steps + 1):
        seen = attend(*(tokens @ weights[name] for name in ("W_Q", "W_K", "W_V")))
        loss = torch.nn.functional.cross_entropy(seen @ weights["W_O"], labels)
        losses.append(loss.item())
        if step == steps:
            return losses
        loss.backward()
        with torch.no_grad():
            for name, w in weights.items():
                w -= (value_rate if name == "W_V" else 0.01) * w.grad
                w.grad = None


def toml(matrix):
    return "[" + ",".join("[" + ",".join(repr(float(x)) for x in row) + "]" for row in matrix) + "]"


def scene_of(tokens, labels, start, value_rate):
    return (
        'format = 1\nlab = "attention"\n[data]\nsource = "inline"\ntask = "classification"\n'
        f"tokens = {toml(tokens)}\ntargets = {labels.tolist()}\n"
        '[model]\nparameters = "projected"\ncausal = true\ninit = "explicit"\n'
        + "".join(f"{name} = {toml(w)}\n" for name, w in start.items())
        + f"[optimizer]\nlearning_rate = 0.01\nvalue_learning_rate = {value_rate}\n"
    )


def iemlab_losses(program, tokens, labels, start, value_rate, steps):
    with tempfile.TemporaryDirectory() as folder:
        scene, trace = pathlib.Path(folder, "chain.toml"), pathlib.Path(folder, "trace.csv")
        scene.write_text(scene_of(tokens, labels, start, value_rate))
        command = [program, "run", str(scene), "--steps", str(steps), "--trace", str(trace), "--quiet"]
        subprocess.run(command, check=True)
        with trace.open() as rows:
            return [float(row["loss"]) for row in csv.DictReader(rows)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--iemlab", default="iemlab")
    parser.add_argument("--seeds", default="42,2024,1337,7777,9999", help="those of the published code")
    parser.add_argument("--steps", type=int, default=1000)
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    curves, apart = {}, 0.0
    for seed in seeds:
        draws = published_draws(seed)
        for rule, rate in RULES.items():
            reference = torch_losses(*draws, rate, options.steps)
            ours = iemlab_losses(options.iemlab, *draws, rate, options.steps)
            curves[rule, seed] = ours
            apart = max(apart, max(abs(a - b) for a, b in zip(reference, ours, strict=True)))
            print(f"{rule} seed {seed}: PyTorch {reference[-1]:.6f}, iemlab {ours[-1]:.6f}", flush=True)

    def say(what, numbers, digits):
        spread = statistics.pstdev(numbers)  # as the published code has it: divided by the number of seeds
        print(f"{what}: {statistics.mean(numbers):.{digits}f} +- {spread:.{digits}f}")

    for rule in RULES:
        say(f"final loss {rule}", [curves[rule, seed][-1] for seed in seeds], 3)
    level = statistics.mean(curves["sgd", seed][-1] for seed in seeds)
    steps = [next((t for t, loss in enumerate(curves["em_like", seed]) if loss < level), math.inf) for seed in seeds]
    say("em_like reaches the final mean loss of sgd after steps", steps, 0)
    print(f"largest difference of losses {apart:.2e}")


if __name__ == "__main__":
    main()
