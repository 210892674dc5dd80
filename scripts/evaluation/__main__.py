"""python -m scripts.evaluation: prints how well the trained model understands, and draws the confusions into build/."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from knowledge.facts import FACT_NAMES
from knowledge.load import knowledge_base
from scripts.evaluation import figures
from scripts.evaluation.messages import FOLDER, SETS, labelled, read_all
from settings import ROOT

PICTURE = ROOT / "build" / "confusions.png"


def main() -> int:
    """Runs; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m scripts.evaluation", description=__doc__)
    parser.add_argument("--mistakes", action="store_true", help="also list every message that was misread")
    parser.add_argument("--facts", action="store_true", help="also list every fact that was misread")
    parser.add_argument("--set", default=FOLDER.name, choices=("messages", "held_out"), help="folder of tests/evaluation")
    options = parser.parse_args()
    from bot.model import Model

    messages = list(labelled(SETS / options.set))
    if not messages:
        print(f"No messages in {SETS / options.set}.", file=sys.stderr)
        return 1
    pairs = list(zip(messages, read_all(messages, Model()), strict=True))
    topics(pairs)
    entries(pairs)
    facts(pairs, options.facts)
    draw(pairs, PICTURE)
    if options.mistakes:
        for message, read in pairs:
            if message.in_scope != read.in_scope or (message.in_scope and not figures.first_is_accepted(message, read)):
                got = [f"{topic} {confidence:.2f}" for topic, confidence in read.topics[:3]]
                print(
                    f"{message.id}: wanted {message.accept}, read {got if read.in_scope else 'out_of_scope'}: {message.text[:110]!r}"
                )
    return 0


def entries(pairs: Sequence[figures.Pair]) -> None:
    """Whether the entries that answer a message are found, by the search alone and in the answer."""
    judged = [(message, read) for message, read in pairs if message.relevant]
    if not judged:
        return
    print(f"Entries that answer the message, of its place ({len(judged)} messages):")
    for name, ids in (("search alone", lambda read: read.found), ("the answer", lambda read: read.told)):
        three = figures.share(figures.one_is_relevant(ids(read), message.relevant, 3) for message, read in judged)
        mean = sum(figures.reciprocal_rank(ids(read), message.relevant) for message, read in judged) / len(judged)
        print(f"  {name:14} one among the first three {three}, mean reciprocal rank {mean:.3f}")
    print()


def topics(pairs: Sequence[figures.Pair]) -> None:
    """Topics, refusals, calibration, per language and topic, and the commonest confusions."""
    ours = [pair for pair in pairs if pair[0].language != "other"]
    single = [pair for pair in ours if pair[0].topic != "several"]
    consumer = [pair for pair in single if pair[0].in_scope]
    outside = [pair for pair in single if not pair[0].in_scope]
    print(f"{len(pairs)} messages, none of them trained on.\n")
    print(f"{'':12}{'accepted first':>28}{'among three':>28}{'out of scope found':>28}{'wrongly refused':>28}")
    for language in [*dict.fromkeys(m.language for m, _ in ours), "all"]:
        here = [pair for pair in consumer if language in (pair[0].language, "all")]
        beyond = [pair for pair in outside if language in (pair[0].language, "all")]
        row = [
            figures.share(figures.first_is_accepted(*pair) for pair in here),
            figures.share(figures.one_of_three_is_accepted(*pair) for pair in here),
            figures.share(figures.refused(read) for _, read in beyond),
            figures.share(figures.refused(read) for _, read in here),
        ]
        print(f"{language:12}" + "".join(f"{cell!s:>28}" for cell in row))
    other = [pair for pair in pairs if pair[0].language == "other"]
    print(f"{'de fr es it':12}{figures.share(figures.first_is_accepted(*pair) for pair in other)!s:>28}")
    several = [pair for pair in ours if pair[0].topic == "several"]
    print(f"\nSeveral problems in one message: {figures.problems_found(several)} of them named")
    business = [read for message, read in ours if "business_purchase" in (*message.accept[:1], *message.also)]
    named = figures.share(
        read.facts.get("buyer") == "business" or any(topic == "business_purchase" for topic, _ in read.topics)
        for read in business
    )
    print(f"Business buyers recognised: {named}")
    print(f"Expected calibration error of the first topic: {figures.calibration_error(consumer):.3f}\n")
    by_topic = defaultdict(list)
    for pair in consumer:
        by_topic[pair[0].topic].append(pair)
    for topic, here in sorted(
        by_topic.items(), key=lambda item: figures.share(figures.first_is_accepted(*p) for p in item[1]).hits
    ):
        print(f"  {topic:26}{figures.share(figures.first_is_accepted(*pair) for pair in here)!s:>24}")
    print("\nCommonest confusions (wanted, read):")
    for wanted, got, times in figures.confusions(single):
        print(f"  {times:3}  {wanted} -> {got}")


def facts(pairs: Sequence[figures.Pair], with_mistakes: bool) -> None:
    """Places and facts."""
    ours = [pair for pair in pairs if pair[0].topic != "out_of_scope"]
    decided, told = figures.places(ours)
    print(f"\nPlace: right when decided {decided}; found when told {told}")
    across = [pair for pair in ours if pair[0].seller]
    print(
        f"Across borders, one of the two places: {figures.share(read.code in (m.jurisdiction, m.seller) for m, read in across)}"
    )
    parts = {fact: figures.extraction(ours, fact) for fact in FACT_NAMES if fact != "item"}
    print(f"Facts: {figures.together(parts.values())}")
    for fact, part in parts.items():
        print(f"  {fact:22}{part}")
        if with_mistakes:
            for message_id, wanted, got in figures.mistakes(ours, fact):
                print(f"      {message_id}: stated {wanted}, read {got}")
    guessed = [(m.id, fact) for m, read in ours for fact in m.ambiguous if fact in read.facts]
    print(f"Ambiguous facts guessed: {len(guessed)} of {sum(len(m.ambiguous) for m, _ in ours)} {guessed[:5]}")


def draw(pairs: Sequence[figures.Pair], path: Path) -> None:
    """The confusion matrix as a picture."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    single = [pair for pair in pairs if pair[0].language != "other" and pair[0].topic != "several"]
    names = [*knowledge_base().topics, "nothing"]
    rows = figures.matrix(single, names)
    figure, axes = plt.subplots(figsize=(12, 11), dpi=110)
    shares = [[cell / max(1, sum(row)) for cell in row] for row in rows]
    axes.imshow(shares, cmap="Greens", vmin=0, vmax=1)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell:
                axes.text(
                    x, y, str(cell), ha="center", va="center", fontsize=7, color="white" if shares[y][x] > 0.5 else "#333"
                )
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_xlabel("read")
    axes.set_ylabel("wanted (an accepted reading counts as the wanted one)")
    axes.set_title(f"Topics of {len(single)} messages that nothing was trained on")
    path.parent.mkdir(exist_ok=True)
    figure.tight_layout()
    figure.savefig(path)
    print(f"\nConfusion matrix: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
