"""MNIST in PyTorch, from the four files to the test accuracy.

Call it as ``python mnist_torch.py FOLDER``; the folder holds the four files as idx
.gz. It trains on a GPU where there is one.
"""

import sys
from gzip import decompress
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def read(path):
    """Unpack one file; 16 bytes of header before images, 8 before labels."""
    return torch.asarray(bytearray(decompress(path.read_bytes())), dtype=torch.uint8)


def load(folder, part):
    """Read images x (N, 784) in [0, 1] and labels (N,), part "train" or "t10k"."""
    images, labels = map(read, sorted(Path(folder).glob(f"{part}-*.gz")))
    return TensorDataset(images[16:].view(-1, 784) / 255, labels[8:].long())


def main(folder, *, epochs=2):
    """Train 784-128-64-10; return the share of test images it classifies correctly."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = nn.Sequential(
        nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)
    ).to(device)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    loader = DataLoader(load(folder, "train"), batch_size=64, shuffle=True)
    for epoch in range(epochs):
        for x, labels in loader:
            loss = nn.functional.cross_entropy(model(x.to(device)), labels.to(device))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        print(f"epoch {epoch + 1}: last batch at {loss:.3f} nats")
    x, labels = load(folder, "t10k").tensors
    with torch.no_grad():
        return (model(x.to(device)).cpu().argmax(dim=1) == labels).float().mean().item()


if __name__ == "__main__":
    print(f"{main(sys.argv[1]):.2%} classified correctly")
