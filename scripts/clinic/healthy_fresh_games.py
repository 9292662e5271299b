"""Healthy programs whose losses need not fall: three games, written last."""

import copy

import torch
from torch import nn
from torch.nn import functional as F

from clinic.programs import adam


def actor_and_critic(seed, watch):
    """Learn a policy and the worth of each situation, both losses added."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    pay = torch.rand(8, 3, generator=rng)
    body = nn.Sequential(nn.Linear(8, 32), nn.Tanh())
    model = nn.ModuleDict(
        {"body": body, "actor": nn.Linear(32, 3), "critic": nn.Linear(32, 1)}
    )
    optimiser = adam(model, 3e-3)
    with watch(model, optimiser) as doctor:
        for _ in range(200):
            place = torch.randint(8, (32,))
            h = model["body"](F.one_hot(place, 8).float())
            policy = torch.distributions.Categorical(logits=model["actor"](h))
            arm, worth = policy.sample(), model["critic"](h).squeeze(1)
            reward = pay[place, arm] + 0.1 * torch.randn(32)
            gain = (reward - worth).detach()
            loss = -(policy.log_prob(arm) * gain).mean() + F.mse_loss(worth, reward)
            optimiser.zero_grad()
            (loss - 0.01 * policy.entropy().mean()).backward()
            optimiser.step()
    return [doctor]


def critic(seed, watch):
    """Train a maker against a critic whose gradient is held near one."""
    torch.manual_seed(seed)
    maker = nn.Sequential(nn.Linear(2, 24), nn.ReLU(), nn.Linear(24, 2))
    judge = nn.Sequential(nn.Linear(2, 24), nn.Tanh(), nn.Linear(24, 1))
    makes, judges = adam(maker, 1e-3), adam(judge, 1e-3)
    with watch(maker, makes) as first, watch(judge, judges) as second:
        for step in range(200):
            angle = 6.283 * torch.rand(32, 1)
            real = torch.cat([angle.cos(), 2 * angle.sin()], dim=1)
            fake = maker(torch.randn(32, 2)).detach()
            share = torch.rand(32, 1)
            between = (share * real + (1 - share) * fake).requires_grad_()
            slope = torch.autograd.grad(
                judge(between).sum(), between, create_graph=True
            )[0]
            penalty = (slope.norm(dim=1) - 1).square().mean()
            judges.zero_grad()
            (judge(fake).mean() - judge(real).mean() + 10 * penalty).backward()
            judges.step()
            if step % 3 == 2:
                makes.zero_grad()
                (-judge(maker(torch.randn(32, 2))).mean()).backward()
                makes.step()
    return [first, second]


def q_learning(seed, watch):
    """Learn the worth of steps along a corridor from a slower copy's guesses."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(10, 32), nn.ReLU(), nn.Linear(32, 2))
    slower, optimiser = copy.deepcopy(model), adam(model, 3e-3)
    places = torch.eye(10)
    with watch(model, optimiser) as doctor:
        for step in range(300):
            place, move = torch.randint(9, (32,)), torch.randint(2, (32,))
            then = (place + 2 * move - 1).clamp(min=0)
            with torch.no_grad():
                ahead = 0.9 * slower(places[then]).max(dim=1).values
            is_goal = then == 9
            target = torch.where(is_goal, torch.ones(32), ahead)
            worth = model(places[place]).gather(1, move[:, None]).squeeze(1)
            optimiser.zero_grad()
            F.mse_loss(worth, target).backward()
            optimiser.step()
            if step % 20 == 19:
                slower.load_state_dict(model.state_dict())
    return [doctor]
