"""A stranger's loop: three of PyTorch's tutorials on data at hand, well and ill.

The loops are those of "Quickstart", "Training a classifier" and "Classifying names with
a character-level RNN", with our digits and with made-up names.
"""

import string

import numpy as np
import pytest
import torch
from doctor.loops import named
from torch import nn, optim
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset

from nb_lib.data import load_mnist
from nb_lib.doctor import diagnose

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def digits():
    """Give training and test images (N, 1, 28, 28) with their labels."""
    (x, y), _ = load_mnist()
    x, y = torch.tensor(x[:2500]).float(), torch.tensor(y[:2500]).long()
    x = x.reshape(-1, 1, 28, 28)
    return TensorDataset(x[:2000], y[:2000]), TensorDataset(x[2000:], y[2000:])


class NeuralNetwork(nn.Module):
    """The net of the quickstart, narrower."""

    def __init__(self, last=None):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 128),
            nn.ReLU(),
            nn.Linear(128, 128),
            nn.ReLU(),
            nn.Linear(128, 10),
        )
        self.last = last or nn.Identity()

    def forward(self, x):
        x = self.flatten(x)
        logits = self.linear_relu_stack(x)
        return self.last(logits)


def quickstart(digits, *, lr=1e-2, last=None, stepped=True, epochs=3):
    """Train and test in epochs, as the quickstart does; return the doctor."""
    torch.manual_seed(0)
    train_dataloader = DataLoader(digits[0], batch_size=64, shuffle=True)
    test_dataloader = DataLoader(digits[1], batch_size=64)
    model = NeuralNetwork(last)
    loss_fn = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)

    def train(dataloader):
        model.train()
        for X, y in dataloader:
            pred = model(X)
            loss = loss_fn(pred, y)
            loss.backward()
            if stepped:
                optimizer.step()
            optimizer.zero_grad()

    def test(dataloader):
        model.eval()
        test_loss, correct = 0, 0
        with torch.no_grad():
            for X, y in dataloader:
                pred = model(X)
                test_loss += loss_fn(pred, y).item()
                correct += (pred.argmax(1) == y).type(torch.float).sum().item()
        return test_loss / len(dataloader), correct

    with diagnose(model, optimizer) as doctor:
        for _ in range(epochs):
            train(train_dataloader)
            test(test_dataloader)
    return doctor


class Net(nn.Module):
    """The net of "Training a classifier", for one channel of 28 x 28."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 4 * 4, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


def classifier(digits, *, clears=True, normalise=lambda x: (x - 0.5) / 0.5, sort=False):
    """Train on batches of four, without any evaluation; return the doctor."""
    torch.manual_seed(0)
    x, labels = digits[0].tensors
    order = torch.argsort(labels) if sort else torch.randperm(len(labels))
    trainset = TensorDataset(normalise(x[order][:1200]), labels[order][:1200])
    trainloader = DataLoader(trainset, batch_size=4, shuffle=not sort)
    net = Net()
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.SGD(net.parameters(), lr=0.001, momentum=0.9)
    with diagnose(net, optimizer) as doctor:
        for _epoch in range(4):
            for data in trainloader:
                inputs, labels = data
                if clears:
                    optimizer.zero_grad()
                outputs = net(inputs)
                loss = criterion(outputs, labels)
                loss.backward()
                optimizer.step()
    return doctor


class CharRNN(nn.Module):
    """The recurrent classifier of names."""

    def __init__(self, input_size, hidden_size, output_size, last):
        super().__init__()
        self.rnn = nn.RNN(input_size, hidden_size)
        self.h2o = nn.Linear(hidden_size, output_size)
        self.softmax = last

    def forward(self, line_tensor):
        _rnn_out, hidden = self.rnn(line_tensor)
        output = self.h2o(hidden[0])
        return self.softmax(output)


def names(count, seed):
    """Make up names of three tongues; return (one-hot (T, 1, 26), label (1,))."""
    rng = np.random.default_rng(seed)
    sounds = (
        ("ka", "mo", "ri", "to"),
        ("sch", "ber", "ing", "auf"),
        ("ov", "ski", "na"),
    )
    made = []
    for i in range(count):
        name = "".join(rng.choice(sounds[i % 3], size=rng.integers(2, 5)))
        letters = torch.tensor([string.ascii_lowercase.index(c) for c in name])
        made.append((F.one_hot(letters, 26).float()[:, None], torch.tensor([i % 3])))
    return made


def rnn_names(*, lr=0.15, last=None, data=None, cut=False, n_batch_size=16):
    """Add up the losses of single names, clip, and step; return the doctor."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    training_data = data or names(320, 1)
    rnn = CharRNN(26, 32, 3, last or nn.LogSoftmax(dim=1))
    criterion = nn.NLLLoss()
    optimizer = torch.optim.SGD(rnn.parameters(), lr=lr)
    rnn.train()
    with diagnose(rnn, optimizer) as doctor:
        for _ in range(5):
            rnn.zero_grad()
            batches = list(range(len(training_data)))
            rng.shuffle(batches)
            batches = np.array_split(batches, len(batches) // n_batch_size)
            for batch in batches:
                batch_loss = 0
                for i in batch:
                    text_tensor, label_tensor = training_data[i]
                    if cut:
                        with torch.no_grad():
                            hidden = rnn.rnn(text_tensor)[1]
                        output = rnn.softmax(rnn.h2o(hidden[0]))
                    else:
                        output = rnn.forward(text_tensor)
                    loss = criterion(output, label_tensor)
                    batch_loss += loss
                batch_loss.backward()
                nn.utils.clip_grad_norm_(rnn.parameters(), 3)
                optimizer.step()
                optimizer.zero_grad()
    return doctor


def test_the_quickstart_is_healthy_and_its_faults_are_named(digits):
    assert named(quickstart(digits)) == set()
    assert "double_softmax" in named(quickstart(digits, last=nn.Softmax(dim=1)))
    assert "lr_too_large" in named(quickstart(digits, lr=100.0))
    assert named(quickstart(digits, stepped=False)) == {"not_stepped"}


def test_the_classifier_is_healthy_and_its_faults_are_named(digits):
    assert named(classifier(digits)) == set()
    assert "grads_not_cleared" in named(classifier(digits, clears=False))
    assert "input_scale" in named(classifier(digits, normalise=lambda x: 255 * x))
    assert "class_sorted" in named(classifier(digits, sort=True))


def test_the_names_are_healthy_and_their_faults_are_named():
    assert named(rnn_names()) == set()
    assert "no_gradient" in named(rnn_names(cut=True))
    assert "lr_too_small" in named(rnn_names(lr=1e-8))
    # without the logarithm the loss falls below zero and nothing is learnt
    assert "no_learning" in named(rnn_names(last=nn.Softmax(dim=1)))
