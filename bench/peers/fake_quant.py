"""Fake quantization by composed PyTorch operations: what BitSearch's kernels are measured against.

Each formula is written in the form that was fastest of those tried on one thread; rounding is a function of its own
because that saves two passes over `x + (x.round() - x).detach()`, and so is replacing a value.
"""
import math

import torch


class Round(torch.autograd.Function):
    """round(x), whose gradient passes unchanged."""

    @staticmethod
    def forward(ctx, x):
        return x.round()

    @staticmethod
    def backward(ctx, gradient):
        return gradient


class Replace(torch.autograd.Function):
    """Another value in x's place, whose gradient passes to x unchanged."""

    @staticmethod
    def forward(ctx, x, value):
        return value

    @staticmethod
    def backward(ctx, gradient):
        return gradient, None


def lsq_range(bits, signed):
    """(Qn, Qp): the steps below and above zero."""
    return (2 ** (bits - 1), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)


def lsq_step(values, qp):
    """The initial step size (Esser et al. 2020): 2 mean|v| / sqrt(Qp)."""
    return 2 * values.detach().abs().mean() / math.sqrt(qp)


def lsq(values, step, qn, qp, gradient_scale):
    """Learned step size quantization (Esser et al. 2020, eq. 1 to 5)."""
    s = step * gradient_scale + (step - step * gradient_scale).detach()
    return Round.apply((values / s).clamp(-qn, qp)) * s


def pact(values, alpha, bits):
    """PACT activations (Choi et al. 2018, eq. 1 to 3): alpha learns by clipping alone."""
    clipped = values.relu() - (values - alpha).relu()
    scale = (2**bits - 1) / alpha.detach()
    return Round.apply(clipped * scale) / scale


def dorefa_activations(values, bits):
    """DoReFa activations (Zhou et al. 2016): q_k(clip(x, 0, 1))."""
    n = 2**bits - 1
    return Round.apply(values.clamp(0, 1) * n) / n


def dorefa_weights(weights, bits):
    """DoReFa weights of two bits or more (Zhou et al. 2016, eq. 9)."""
    n = 2**bits - 1
    squashed = weights.tanh()
    largest = squashed.detach().abs().max()
    return Round.apply(squashed * (n / (2 * largest)) + n / 2) * (2 / n) - 1


def scaled_sign(weights):
    """alpha sign(w) with alpha = mean|w| of each output channel (Rastegari et al. 2016), gradient passed unchanged."""
    latent = weights.detach()
    alpha = latent.abs().mean(dim=(1, 2, 3), keepdim=True)
    return Replace.apply(weights, torch.where(latent >= 0, alpha, -alpha))


def ternary(weights):
    """Ternary weights (Li and Liu 2016): threshold 0.7 mean|w|, scale the mean of those above; gradient passed unchanged."""
    latent = weights.detach()
    magnitude = latent.abs()
    beyond = (magnitude > 0.7 * magnitude.mean()).float()
    alpha = (magnitude * beyond).sum() / beyond.sum()
    return Replace.apply(weights, alpha * latent.sign() * beyond)
