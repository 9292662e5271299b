"""How much longer a training loop takes with a doctor beside it.

    python tests/benchmarks/bench_doctor.py

The loop is one epoch of the MNIST MLP 784-128-64-10 with Adam in batches of 128. Each
pair runs it without and with the doctor, one right after the other and every second
pair the other way round, so that a busy machine slows both alike; printed are the
medians over the pairs. Quote the ratio from a machine at rest.
"""

import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from clinic.overhead import pairs


def main():
    """Print the seconds of both and their ratio."""
    told = pairs()
    plain, watched = (median(side) for side in zip(*told, strict=True))
    ratios = sorted(b / a for a, b in told)
    print(f"without {plain:.2f} s, with the doctor {watched:.2f} s of CPU time")
    print(
        f"ratio {median(ratios):.3f} (median of {len(ratios)} pairs, "
        f"{ratios[0]:.3f} to {ratios[-1]:.3f})"
    )


if __name__ == "__main__":
    main()
