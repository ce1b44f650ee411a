#!/usr/bin/env python3
"""Writes edge.csv beside it: statistics of hypotheses about a number, from their definitions.

docs/math.md section 4, with mpmath and 900 digits, at places from -700 to 700. The last two columns say what
a double can do: `condition`, the relative change of the value for a relative change of z, of the temperature
and of the terms of a sum that cancels; `size`, the largest energy over the temperature, whose rounding reaches
a program that computes energies and not their differences.
"""
import pathlib

from mpmath import mp, mpf, log, exp, sqrt, cosh, erfc, log1p

mp.dps = 900

KERNELS = {
    "gaussian": ([], lambda u, p: u * u / 2),
    "laplace": ([], lambda u, p: abs(u)),
    "student_t": ([mpf(3), mpf(2)], lambda u, p: p[1] * log1p(u * u / p[0])),
    "huber": ([mpf("1.25")], lambda u, p: u * u / 2 if abs(u) <= p[0] else p[0] * (abs(u) - p[0] / 2)),
    "pseudo_huber": ([mpf("1.25")], lambda u, p: p[0] ** 2 * (sqrt(1 + (u / p[0]) ** 2) - 1)),
    "logistic": ([mpf("1.25")], lambda u, p: log1p(exp(-p[0] * u))),
    "exponential": ([mpf("0.0078125")], lambda u, p: exp(p[0] * abs(u))),
}
PLACES = [-700, -300, -100, -40, -37, -20, -5, -1, -0.125, 0, 0.125, 1, 5, 20, 37, 40, 100, 300, 700]


def phi_below(z):
    return erfc(-z / sqrt(mpf(2))) / 2


def energies(kind, kernel, z):
    """d_h and g_h; signs +-1 of scale 1, prototypes at -2, 0.5, 1.5."""
    if kind == "gate":
        if kernel == "logistic":
            return [mpf(0), -z], [0, 1]
        return [-log(phi_below(-z)), -log(phi_below(z))], [0, 1]
    shape, k = KERNELS[kernel]
    places = [-1, 1] if kind == "sign" else [-2, mpf("0.5"), mpf("1.5")]
    return [k(z - mu, shape) + log(len(places)) for mu in places], places


def statistic(name, kind, kernel, tau, z):
    d, g = energies(kind, kernel, z)
    least = min(d)
    e = [exp((least - x) / tau) for x in d]
    total = sum(e)
    r = [x / total for x in e]
    mean = sum(a * b for a, b in zip(r, g))
    size = max(abs(x) for x in d) / tau
    cancels = mpf(0)
    if name == "mean":
        value = mean
    elif name == "gated_mean":
        value = z * mean
    elif name == "variance":
        value = sum(a * (b - mean) ** 2 for a, b in zip(r, g))
    elif name == "entropy":
        value = -sum(a * log(a) for a in r)
    else:
        value = tau * log(total) - least
        cancels = abs(least)
    if name.endswith("mean") and kind == "prototypes":
        cancels = sum(abs(a * b) for a, b in zip(r, g)) * (abs(z) if name == "gated_mean" else 1)
    return value, cancels, size


def rows():
    step = mpf(10) ** -100
    for kind, kernels in (("sign", KERNELS), ("gate", ["logistic", "gaussian"]), ("prototypes", KERNELS)):
        for kernel in kernels:
            for tau in (mpf(1), mpf("0.75")):
                for name in ("mean", "variance", "entropy", "log_partition", "gated_mean"):
                    if kind == "gate" and kernel == "gaussian" and name == "log_partition":
                        continue  # 0 at tau = 1, and nothing but rounding
                    for place in PLACES:
                        z = mpf(place)
                        value, cancels, size = statistic(name, kind, kernel, tau, z)
                        condition = mpf(0)
                        if value != 0:
                            by_z = statistic(name, kind, kernel, tau, z * (1 + step))[0] - value
                            by_tau = statistic(name, kind, kernel, tau * (1 + step), z)[0] - value
                            condition = (abs(by_z) + abs(by_tau)) / step / abs(value) + cancels / abs(value)
                        yield [kind, kernel, mp.nstr(tau, 5), name, mp.nstr(z, 10), mp.nstr(value, 20),
                               mp.nstr(condition, 3), mp.nstr(size, 3)]


with open(pathlib.Path(__file__).with_suffix(".csv"), "w") as out:
    out.write("kind,kernel,tau,statistic,z,value,condition,size\n")
    for row in rows():
        out.write(",".join(row) + "\n")
