"""python -m scripts.tuning.tune: trains the last layers of the encoder on topics and entries, and writes them to knowledge/tuned_layers.npz.

Two aims at once, with one vector per text: messages of one topic lie together (cross-entropy over topics), and questions lie near the
entries that answer them (in-batch ranking among entries of one place, where each other entry is a hard negative). Takes about
half an hour on two cores; it is run by whoever changes the training data much, not at a first start. Texts of tests/ are never read.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from bot.training_examples import examples
from knowledge.load import knowledge_base
from knowledge.model import KnowledgeBase
from knowledge.scripts import folded
from knowledge.tuned_weights import TUNED, base_file
from scripts.tuning.torch_model import PASSAGE, QUERY, TextEncoder
from scripts.tuning.weights_file import read, to_blocks

SCALE = 20.0
"""Inverse temperature of both losses: cosines lie close together, so they are spread before the softmax."""


_BUCKET = 40
"""How many batches are sorted by length together."""


@dataclass(frozen=True)
class Plan:
    """What a run does. `seconds` bounds it; the learning rate falls to nothing over that time."""

    layers: int
    rate: float
    messages: int
    entries: int
    seconds: float


def message_batches(found: Sequence[tuple[str, str]], size: int, chance: random.Random) -> Iterator[list[tuple[str, str]]]:
    """Endless batches, each text once an epoch; texts of like length together, since a batch is as wide as its longest."""
    while True:
        order = list(found)
        chance.shuffle(order)
        for start in range(0, len(order), size * _BUCKET):
            bucket = sorted(order[start : start + size * _BUCKET], key=lambda example: len(folded(example[0]).encode()))
            batches = [bucket[at : at + size] for at in range(0, len(bucket) - size + 1, size)]
            chance.shuffle(batches)
            yield from batches


def entry_batches(base: KnowledgeBase, size: int, chance: random.Random) -> Iterator[list[tuple[str, str]]]:
    """Endless batches of (question, title or another question) of entries of one place, in any languages."""
    by_place = defaultdict(list)
    for entry in base.entries.values():
        by_place[entry.place].append(entry)
    places = [place for place, entries in by_place.items() if len(entries) >= size]
    while True:
        place = chance.choice(places)
        pairs = []
        for entry in chance.sample(by_place[place], size):
            asked = [question for questions in entry.asked_as.values() for question in questions]
            question = chance.choice(asked)
            answers = [*entry.title.values(), *(other for other in asked if other != question)]
            pairs.append((question, chance.choice(answers)))
        yield pairs


def train(model: TextEncoder, plan: Plan, chance: random.Random) -> None:
    """Trains in place, saying how it goes."""
    found, base = examples(), knowledge_base()
    names = sorted({intent for _, intent in found})
    number = {name: position for position, name in enumerate(names)}
    heads = torch.nn.Parameter(_centres(model, found, number))
    learning = [
        {"params": [p for p in model.parameters() if p.requires_grad], "lr": plan.rate},
        {"params": [heads], "lr": 20 * plan.rate},
    ]
    optimiser = torch.optim.AdamW(learning, weight_decay=0.01)
    messages = message_batches(found, plan.messages, chance)
    entries = entry_batches(base, plan.entries, chance)
    started, step, shown, ranking = time.monotonic(), 0, [0.0, 0.0], torch.zeros(())
    model.train()
    while (gone := (time.monotonic() - started) / plan.seconds) < 1:
        warm = min(1.0, (step + 1) / 50)
        for group, rate in zip(optimiser.param_groups, (plan.rate, 20 * plan.rate), strict=True):
            group["lr"] = rate * warm * 0.5 * (1 + math.cos(math.pi * gone))
        texts, pairs = next(messages), next(entries)
        wanted = torch.tensor([number[intent] for _, intent in texts])
        vectors = model([QUERY + folded(text) for text, _ in texts])
        topics = torch.nn.functional.cross_entropy(
            SCALE * vectors @ torch.nn.functional.normalize(heads, dim=1).T, wanted, label_smoothing=0.05
        )
        topics.backward()
        if step % 2 == 0:
            ranking = _ranking(model, pairs)
            ranking.backward()
        torch.nn.utils.clip_grad_norm_([p for g in optimiser.param_groups for p in g["params"]], 1.0)
        optimiser.step()
        optimiser.zero_grad()
        step += 1
        shown = [0.98 * shown[0] + 0.02 * topics.item(), 0.98 * shown[1] + 0.02 * ranking.item()]
        if step % 25 == 0:
            unbiased = 1 - 0.98**step
            epochs = step * plan.messages / len(found)
            print(
                f"  step {step}, epoch {epochs:.2f}, {gone:.0%}: topics {shown[0] / unbiased:.3f}, ranking {shown[1] / unbiased:.3f}",
                file=sys.stderr,
                flush=True,
            )


def _ranking(model: TextEncoder, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
    """How far the questions are from finding their own entry among the batch, and the entries their question."""
    asked = model([QUERY + folded(question) for question, _ in pairs])
    told = model([PASSAGE + folded(answer) for _, answer in pairs])
    nearness, own = SCALE * asked @ told.T, torch.arange(len(pairs))
    return 0.5 * (torch.nn.functional.cross_entropy(nearness, own) + torch.nn.functional.cross_entropy(nearness.T, own))


@torch.no_grad()
def _centres(model: TextEncoder, found: Sequence[tuple[str, str]], number: dict[str, int]) -> torch.Tensor:
    """Where each intent begins: the mean of some of its texts."""
    model.eval()
    by_intent = defaultdict(list)
    for text, intent in found:
        by_intent[intent].append(text)
    rows = torch.zeros(len(number), model.bert.config.hidden_size)
    for intent, texts in by_intent.items():
        chosen = texts[:: max(1, len(texts) // 12)][:12]
        rows[number[intent]] = model([QUERY + folded(text) for text in chosen]).mean(0)
    rows -= rows.mean(0)
    return torch.nn.functional.normalize(rows, dim=1)


def save(model: TextEncoder, matrices: frozenset[str], path: Path) -> None:
    """Writes the layers that learnt: matrices in 4 bits, the rest in 16."""
    parts: dict[str, np.ndarray] = {}
    for name, tensor in model.trained_tensors().items():
        parts[name] = np.frombuffer(to_blocks(tensor), np.uint8) if name in matrices else tensor.astype(np.float16)
    np.savez(path, **parts)


def main() -> int:
    """Runs; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m scripts.tuning.tune", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--messages", type=int, default=32)
    parser.add_argument("--entries", type=int, default=12)
    parser.add_argument("--threads", type=int, default=1, help="one is fastest where the second core is busy")
    parser.add_argument("--output", type=Path, default=TUNED)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    weights = read(base_file())
    model = TextEncoder(weights, options.layers, most_tokens=64)
    train(
        model, Plan(options.layers, options.rate, options.messages, options.entries, 60 * options.minutes), random.Random(1)
    )
    save(model, weights.matrices, options.output)
    print(f"Wrote {options.output}, {options.output.stat().st_size / 1e6:.1f} MB.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
