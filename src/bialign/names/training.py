"""How the transducer network is learned: maximum likelihood over all alignments, by Adam.

The gradient of a lattice's log-sum with respect to a state's logits is the posterior of its steps
less the state's posterior times the softmax, so every update is an expectation step (the
forward-backward sums) and a small maximisation step: generalised EM, in plain numpy.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from bialign.names.lattice import LEAST, Ints, occupancy
from bialign.names.letters import Alphabet
from bialign.names.network import (
    AROUND,
    BACK,
    Array,
    Network,
    Symbols,
    bags,
    lattice_steps,
    softmax,
    tails_of,
    windows,
)

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """One training pair in plain letters, its style, its weight."""

    source: str
    target: str
    style: str
    weight: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings of one training.

    Args:
        wide, joint: sizes of the reading layers and of the joint layer.
        epochs: passes over the samples.
        batch: pairs an update.
        rate: Adam's step at its highest; it rises over the first twentieth of the
            updates and falls to zero along a cosine.
        drop: share of the reading layers' units silenced at each update.
        mean: Polyak averaging: share of the running mean of the weights kept at each update.
        seed: of everything random.
    """

    wide: int = 320
    joint: int = 192
    epochs: int = 10
    batch: int = 192
    rate: float = 2e-3
    drop: float = 0.15
    mean: float = 0.999
    seed: int = 1


def fresh(source: Alphabet, target: Alphabet, styles: Sequence[str], plan: Plan) -> Network:
    """A network with random weights."""
    rng = np.random.default_rng(plan.seed)

    def normal(scale: float, *shape: int) -> Array:
        return rng.normal(0, scale, shape).astype(np.float32)

    wide, joint = plan.wide, plan.joint
    weights = {
        "near": normal(0.3, 2 * AROUND + 1, len(source), wide),
        "bag": normal(0.3, len(source), wide),
        "style": normal(0.1, len(styles), wide),
        "near_bias": np.zeros(wide, dtype=np.float32),
        "near_out": normal((2 / wide) ** 0.5, wide, joint),
        "back": normal(0.4, BACK, len(target), wide),
        "back_bias": np.zeros(wide, dtype=np.float32),
        "back_out": normal((2 / wide) ** 0.5, wide, joint),
        "joint": normal((1 / joint) ** 0.5, joint, len(target)),
        "bias": np.zeros(len(target), dtype=np.float32),
    }
    return Network(source, target, tuple(styles), weights)


def _table(indexes: Symbols, size: int) -> sparse.csr_matrix:
    """Table look-ups [n, slots] as a sparse matrix [n, slots * size] of ones."""
    count, slots = indexes.shape
    columns = indexes.astype(np.int32) + np.arange(slots, dtype=np.int32) * size
    ones = np.ones(count * slots, dtype=np.float32)
    starts = np.arange(0, count * slots + 1, slots, dtype=np.int32)
    return sparse.csr_matrix((ones, columns.ravel(), starts), shape=(count, slots * size))


def gradient(
    net: Network,
    sources: Symbols,
    n: Ints,
    targets: Symbols,
    m: Ints,
    styles: Ints,
    weights: Array,
    rng: np.random.Generator | None = None,
    drop: float = 0.0,
) -> tuple[float, dict[str, Array]]:
    """Weighted negative log-likelihood of a batch and its gradient.

    Args:
        net: the network.
        sources: symbols [B, N].
        n: their lengths [B].
        targets: symbols [B, M].
        m: their lengths [B].
        styles: style numbers [B].
        weights: weight of each pair [B].
        rng: for dropout; none without it.
        drop: share of the reading layers' units silenced.
    """
    w = net.weights
    batch, rows, columns = len(n), sources.shape[1] + 1, targets.shape[1] + 1
    wide, joint = w["near_out"].shape
    near = _table(windows(sources, n).reshape(batch * rows, -1), len(net.source))
    bag = bags(sources, n, len(net.source))
    whole = w["near_bias"] + w["style"][styles] + bag @ w["bag"]
    in_a = near @ w["near"].reshape(-1, wide) + np.repeat(whole, rows, axis=0)
    back = _table(tails_of(targets).reshape(batch * columns, -1), len(net.target))
    in_b = back @ w["back"].reshape(-1, wide) + w["back_bias"]
    open_a, open_b = (in_a > 0).astype(np.float32), (in_b > 0).astype(np.float32)
    if rng is not None and drop:
        open_a *= (rng.random(open_a.shape, dtype=np.float32) >= drop) / np.float32(1 - drop)
        open_b *= (rng.random(open_b.shape, dtype=np.float32) >= drop) / np.float32(1 - drop)
    hid_a, hid_b = in_a * open_a, in_b * open_b
    a = (hid_a @ w["near_out"]).reshape(batch, rows, 1, joint)
    b = (hid_b @ w["back_out"]).reshape(batch, 1, columns, joint)
    hidden = a + b
    np.maximum(hidden, 0, out=hidden)
    flat = hidden.reshape(-1, joint)
    chosen = softmax(flat @ w["joint"] + w["bias"]).reshape(batch, rows, columns, -1)
    took_go, took_write, total = occupancy(*lattice_steps(chosen, targets, n, m), n, m)
    loss = -float((np.log(np.maximum(total, LEAST)) * weights).sum())

    scale = weights[:, None, None]
    g = chosen * ((took_go + took_write) * scale).astype(np.float32)[..., None]
    g[..., 0] -= took_go * scale
    spot = np.indices((batch, rows, columns - 1))
    g[spot[0], spot[1], spot[2], targets[spot[0], spot[2]]] -= (took_write * scale)[:, :, :-1]
    g_flat = g.reshape(-1, g.shape[-1])
    grads = {"joint": flat.T @ g_flat, "bias": g_flat.sum(axis=0)}
    g_hidden = (g_flat @ w["joint"].T) * (flat > 0)
    g_hidden = g_hidden.reshape(batch, rows, columns, joint)
    g_a = g_hidden.sum(axis=2).reshape(-1, joint)
    g_b = g_hidden.sum(axis=1).reshape(-1, joint)
    grads["near_out"], grads["back_out"] = hid_a.T @ g_a, hid_b.T @ g_b
    g_a = (g_a @ w["near_out"].T) * open_a
    g_b = (g_b @ w["back_out"].T) * open_b
    g_whole = g_a.reshape(batch, rows, wide).sum(axis=1)
    grads["near"] = (near.T @ g_a).reshape(w["near"].shape)
    grads["back"] = (back.T @ g_b).reshape(w["back"].shape)
    grads["near_bias"], grads["back_bias"] = g_whole.sum(axis=0), g_b.sum(axis=0)
    grads["bag"] = bag.T @ g_whole
    grads["style"] = np.zeros_like(w["style"])
    np.add.at(grads["style"], styles, g_whole)
    return loss, grads


def train(
    net: Network,
    samples: Callable[[np.random.Generator], Sequence[Sample]],
    plan: Plan,
    report: Report,
    after: Callable[[Network], str] | None = None,
) -> Network:
    """Learn the weights.

    Args:
        net: where to start.
        samples: gives the pairs of one epoch (it may vary them at random).
        plan: the settings.
        report: takes one line an epoch.
        after: a check on the averaged network after each epoch, told in the line.

    Returns:
        The network with the running mean of the weights.
    """
    rng = np.random.default_rng(plan.seed)
    w = {k: v.copy() for k, v in net.weights.items()}
    live = Network(net.source, net.target, net.styles, w)
    first, second, mean = ({k: np.zeros_like(v) for k, v in w.items()} for _ in range(3))
    step, started, steps = 0, time.monotonic(), 0
    averaged = live
    for epoch in range(plan.epochs):
        chosen = samples(rng)
        batches = _batches(chosen, plan.batch, rng)
        steps = steps or len(batches) * plan.epochs
        loss = weight = 0.0
        for some in batches:
            part = [chosen[k] for k in some]
            n = np.array([len(s.source) for s in part])
            m = np.array([len(s.target) for s in part])
            weights = np.array([s.weight for s in part], dtype=np.float32)
            rows = net.source.block([s.source for s in part])
            written = net.target.block([s.target for s in part])
            styles = net.style_rows([s.style for s in part])
            cost, grads = gradient(live, rows, n, written, m, styles, weights, rng, plan.drop)
            loss, weight = loss + cost, weight + float(weights.sum())
            step += 1
            rate = plan.rate * min(1, 20 * step / steps) * (0.5 + 0.5 * np.cos(np.pi * min(1, step / steps)))
            for key, total in grads.items():
                g = total / np.float32(weights.sum())
                first[key] += 0.1 * (g - first[key])
                second[key] += 0.005 * (g * g - second[key])
                up = first[key] / (1 - 0.9**step)
                down = np.sqrt(second[key] / (1 - 0.995**step)) + 1e-8
                w[key] -= (rate * up / down).astype(np.float32)
                mean[key] += (1 - plan.mean) * (w[key] - mean[key])
        fill = 1 - plan.mean**step
        averaged = Network(
            net.source, net.target, net.styles, {k: v / np.float32(fill) for k, v in mean.items()}
        )
        told = after(averaged) if after else ""
        report(f"epoch {epoch + 1}: loss {loss / weight:.3f}, {time.monotonic() - started:.0f} s {told}")
    return averaged


def _batches(samples: Sequence[Sample], size: int, rng: np.random.Generator) -> list[Ints]:
    """Numbers of samples of like lengths, in random order."""
    noise = rng.random(len(samples))
    keys = [(len(s.source) + len(s.target), len(s.source), x) for s, x in zip(samples, noise, strict=True)]
    order = np.array(sorted(range(len(samples)), key=keys.__getitem__))
    cut = [order[i : i + size] for i in range(0, len(order), size)]
    return [cut[i] for i in rng.permutation(len(cut))]
