"""Who is timed: iemlab, scikit-learn and PyTorch, each taking steps of one problem from one start.

A party's run(steps, threads) begins at the start every time. What it gives back holds the seconds that all steps took,
with whatever comes before and after them, and a function for J after the last step, which is not timed.
"""

import json
import math
import pathlib
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "docs" / "reproductions"))
import sticky_markov_torch as chain  # noqa: E402  the same chain, tokens, weights and steps as on that page

RATE = 0.1  # of gradient descent


@dataclass(frozen=True)
class Outcome:
    seconds: float
    loss: Callable[[], float]


@dataclass(frozen=True)
class Party:
    name: str
    run: Callable[[int, int], Outcome]
    tolerance: float = 1e-9  # by how much its J may differ from ours, relative


# ---- problems ----


@dataclass(frozen=True)
class Mixture:
    """Points about K centres of the plane, at a distance of a few sigmas, and a start beside the centres."""

    points: np.ndarray  # N x 2
    means: np.ndarray  # K x 2
    covariances: np.ndarray  # K x 2 x 2
    weights: np.ndarray  # K


def mixture(count: int, components: int) -> Mixture:
    random = np.random.default_rng(1)
    centres = 4 * random.standard_normal((components, 2))
    points = centres[np.arange(count) % components] + random.standard_normal((count, 2))
    means = centres + 0.3 * random.standard_normal((components, 2))
    covariances = np.tile([[1.2, 0.1], [0.1, 0.9]], (components, 1, 1))
    return Mixture(points, means, covariances, np.full(components, 1 / components))


# ---- iemlab ----


def iemlab(program: str, scene: pathlib.Path, method: str, isa: str) -> Party:
    """A process for every run. Its start, the reading of the scene and the writing of the end are in the seconds."""
    settings = ["--set", f"optimizer.method={method}"] if method else []  # else the scene's

    def run(steps: int, threads: int) -> Outcome:
        command = [program, "run", str(scene), "--steps", str(steps), "--threads", str(threads), "--isa", isa]
        begin = time.perf_counter()
        done = subprocess.run([*command, *settings, "--json"], capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - begin
        return Outcome(seconds, lambda: json.loads(done.stdout)["loss"])

    return Party(f"iemlab {isa}", run, 0)


def instruction_sets(program: str, scene: pathlib.Path) -> list[str]:
    """Those that this processor has, the widest first."""
    command = [program, "run", str(scene), "--steps", "0", "--quiet", "--isa"]
    known = ["avx512", "avx2", "sse2", "generic"]
    return [isa for isa in known if subprocess.run([*command, isa], capture_output=True).returncode == 0]


def write_mixture(problem: Mixture, folder: pathlib.Path) -> pathlib.Path:
    np.save(folder / "points.npy", problem.points)
    scene = folder / "mixture.toml"
    scene.write_text(
        'format = 1\nlab = "mixture"\n[data]\nsource = "npy"\npath = "points.npy"\nstandardise = false\n'
        f'[model]\ncomponents = {len(problem.means)}\ncovariance = "full"\ninit = "explicit"\n'
        f"means = {problem.means.tolist()}\ncovariances = {problem.covariances.tolist()}\n"
        f"weights = {problem.weights.tolist()}\n[optimizer]\nlearning_rate = {RATE}\n"
    )
    return scene


def write_chain(draws: tuple, folder: pathlib.Path) -> pathlib.Path:
    scene = folder / "chain.toml"
    scene.write_text(chain.scene_of(*draws, chain.RULES["em_like"]))
    return scene


# ---- scikit-learn ----


def scikit_learn(problem: Mixture) -> Party:
    def run(steps: int, threads: int) -> Outcome:
        model = GaussianMixture(
            len(problem.means),
            tol=0,  # never ends before the last step
            max_iter=steps,
            weights_init=problem.weights,
            means_init=problem.means,
            precisions_init=np.linalg.inv(problem.covariances),
        )
        with threadpool_limits(threads), warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            begin = time.perf_counter()
            model.fit(problem.points)
            seconds = time.perf_counter() - begin
        return Outcome(seconds, lambda: -model.score(problem.points))

    return Party("scikit-learn", run)


# ---- PyTorch ----

DTYPES = {"double": (torch.float64, 1e-9), "single": (torch.float32, 1e-5)}

# Parameters as iemlab has them: means, rows (log W_00, W_10, log W_11) with Sigma^-1 = W^T W, and logits.
Leaves = list[torch.Tensor]


def loss_written_out(points: torch.Tensor, leaves: Leaves) -> torch.Tensor:
    """J as one writes it first: differences of all points and means, N x K."""
    means, factors, logits = leaves
    dx, dy = points[:, :1] - means[:, 0], points[:, 1:] - means[:, 1]
    u = factors[:, 0].exp() * dx
    v = factors[:, 1] * dx + factors[:, 2].exp() * dy
    offset = logits.log_softmax(0) + factors[:, 0] + factors[:, 2] - math.log(2 * math.pi)
    return -(offset - (u * u + v * v) / 2).logsumexp(1).mean()


def monomials(points: torch.Tensor) -> torch.Tensor:
    x, y = points[:, 0], points[:, 1]
    return torch.stack([torch.ones_like(x), x, y, x * x, x * y, y * y], 1)


def loss_as_product(features: torch.Tensor, leaves: Leaves) -> torch.Tensor:
    """The same J with all energies as one product of matrices, N x 6 times 6 x K: less memory is moved."""
    means, factors, logits = leaves
    a, b, c = factors[:, 0].exp(), factors[:, 1], factors[:, 2].exp()
    xx, xy, yy = a * a + b * b, b * c, c * c
    x, y = xx * means[:, 0] + xy * means[:, 1], xy * means[:, 0] + yy * means[:, 1]
    offset = logits.log_softmax(0) + factors[:, 0] + factors[:, 2] - math.log(2 * math.pi)
    constant = offset - (means[:, 0] * x + means[:, 1] * y) / 2
    return -(features @ torch.stack([constant, x, y, -xx / 2, -xy, -yy / 2])).logsumexp(1).mean()


FORMS = {"written out": (loss_written_out, lambda points: points), "one product": (loss_as_product, monomials)}


def torch_descent(problem: Mixture, form: str, precision: str) -> Party:
    dtype, tolerance = DTYPES[precision]
    loss_of, prepare = FORMS[form]
    data = prepare(torch.tensor(problem.points)).to(dtype)
    factors = np.linalg.inv(np.linalg.cholesky(problem.covariances))
    rows = np.stack([np.log(factors[:, 0, 0]), factors[:, 1, 0], np.log(factors[:, 1, 1])], 1)
    start = [torch.tensor(block, dtype=dtype) for block in (problem.means, rows, np.log(problem.weights))]

    def run(steps: int, threads: int) -> Outcome:
        torch.set_num_threads(threads)
        leaves = [block.clone().requires_grad_() for block in start]
        begin = time.perf_counter()
        for _ in range(steps):
            loss_of(data, leaves).backward()
            with torch.no_grad():
                for leaf in leaves:
                    leaf -= RATE * leaf.grad
                    leaf.grad = None
        seconds = time.perf_counter() - begin
        return Outcome(seconds, lambda: loss_of(data, leaves).item())

    return Party(f"PyTorch {precision}, {form}", run, tolerance)


def fused(_count: int) -> Callable:
    """PyTorch's own causal attention. Its fast form asks for keys and values of one width: zeros fill them up."""

    def attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        wide = max(q.shape[1], v.shape[1])
        q, k, v = (torch.nn.functional.pad(m, (0, wide - m.shape[1]))[None, None] for m in (q, k, v))
        out = torch.nn.functional.scaled_dot_product_attention(
            q, k, v, is_causal=True, scale=1 / math.sqrt(chain.KEYS)
        )
        return out[0, 0, :, : chain.VALUES]

    return attend


ATTENTIONS = {"written out": chain.written_out, "fused": fused}


def torch_chain(draws: tuple, form: str, precision: str) -> Party:
    dtype, tolerance = DTYPES[precision]
    tokens, labels, weights = draws
    tokens, weights = tokens.to(dtype), {name: block.to(dtype) for name, block in weights.items()}

    def run(steps: int, threads: int) -> Outcome:
        torch.set_num_threads(threads)
        begin = time.perf_counter()
        losses = chain.torch_losses(
            tokens, labels, weights, chain.RULES["em_like"], steps, attention=ATTENTIONS[form]
        )
        return Outcome(time.perf_counter() - begin, lambda: losses[-1])

    return Party(f"PyTorch {precision}, {form}", run, tolerance)
