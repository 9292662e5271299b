"""MNIST in PyTorch on several processes, each with its share of every batch.

Call it as ``torchrun --nproc-per-node 2 mnist_torchrun.py FOLDER WEIGHTS``; the
folder holds the four files as idx .gz, the trained weights are written to WEIGHTS.
It trains on one GPU per process where there are enough, else on the CPU.
"""

import os
import sys
from gzip import decompress
from pathlib import Path

import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset


def read(path):
    """Unpack one file; 16 bytes of header before images, 8 before labels."""
    return torch.asarray(bytearray(decompress(path.read_bytes())), dtype=torch.uint8)


def load(folder, part):
    """Read images x (N, 784) in [0, 1] and labels (N,), part "train" or "t10k"."""
    images, labels = map(read, sorted(Path(folder).glob(f"{part}-*.gz")))
    return TensorDataset(images[16:].view(-1, 784) / 255, labels[8:].long())


def join():
    """Join the other processes that torchrun started; return the device of this one."""
    here, processes = int(os.environ["LOCAL_RANK"]), int(os.environ["LOCAL_WORLD_SIZE"])
    if torch.cuda.device_count() < processes:
        distributed.init_process_group("gloo")
        return torch.device("cpu")
    torch.cuda.set_device(here)
    distributed.init_process_group("nccl")
    return torch.device("cuda", here)


def main(folder, weights, *, epochs=2):
    """Train 784-128-64-10, keep the weights, return the test accuracy."""
    device = join()
    torch.manual_seed(9)  # the same first weights everywhere
    model = nn.Sequential(
        nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)
    ).to(device)
    ddp = DistributedDataParallel(model)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    train, share = load(folder, "train"), 64 // distributed.get_world_size()
    sampler = DistributedSampler(train, seed=9)
    loader = DataLoader(train, batch_size=share, sampler=sampler)
    for epoch in range(epochs):
        sampler.set_epoch(epoch)  # another order in every epoch
        for x, labels in loader:
            loss = nn.functional.cross_entropy(ddp(x.to(device)), labels.to(device))
            optimiser.zero_grad()
            loss.backward()  # and here the processes average their gradients
            optimiser.step()
    if distributed.get_rank() == 0:
        torch.save(model.state_dict(), weights)
    distributed.destroy_process_group()
    x, labels = load(folder, "t10k").tensors
    with torch.no_grad():
        return (model(x.to(device)).cpu().argmax(dim=1) == labels).float().mean().item()


if __name__ == "__main__":
    right = main(sys.argv[1], sys.argv[2])
    print(f"process {os.environ['RANK']}: {right:.2%} classified correctly", flush=True)
