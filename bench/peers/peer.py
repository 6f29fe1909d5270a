"""Times PyTorch on request: a line `NAME THREADS REPEATS` on stdin, a JSON line with milliseconds on stdout.

The first line printed says which PyTorch this is, and which benchmarks it knows. Thread CPU time is this thread's alone;
with more than one thread look at wall time. `--nchw` on the command line: the plain layout, to compare.
"""
import json
import math
import sys
import time

import torch
import torch.nn.functional as F

import fake_quant
from cifar import normalize
from resnet import ResNet20

ACTIVATIONS = (128, 32, 28, 28)
WEIGHTS = (512, 512, 3, 3)
BATCH = 128
BITS = 4


def pass_of(shape, spread, make):
    """Forward and backward of one elementwise function. make(values) gives the function and its parameters."""
    values = torch.randn(shape) * spread
    upstream = torch.randn(shape)
    function, parameters = make(values)

    def run():
        leaf = values.detach().requires_grad_()
        for parameter in parameters:
            parameter.grad = None
        function(leaf).backward(upstream)

    return run


def lsq_of(signed):
    def make(values):
        qn, qp = fake_quant.lsq_range(BITS, signed)
        step = fake_quant.lsq_step(values, qp).requires_grad_()
        scale = 1 / math.sqrt(values.numel() / (1 if signed else len(values)) * qp)
        return (lambda v: fake_quant.lsq(v, step, qn, qp, scale)), [step]

    return make


def pact(_):
    alpha = torch.tensor(2.0, requires_grad=True)
    return (lambda v: fake_quant.pact(v, alpha, BITS)), [alpha]


def activations(make):
    return lambda: pass_of(ACTIVATIONS, 1, make)


def weights(make):
    return lambda: pass_of(WEIGHTS, 0.05, make)


def plain(function):
    return lambda _: (function, [])


def step_of(bits):
    """A training step of ResNet-20: forward, loss, backward, SGD with momentum. channels_last is the faster layout for it."""
    network = ResNet20([bits] * ResNet20.LAYERS if bits else None, bits).to(memory_format=LAYOUT).train()
    optimizer = torch.optim.SGD(network.groups(1e-4), lr=0.001, momentum=0.9)
    images = torch.randn(BATCH, 3, 32, 32).contiguous(memory_format=LAYOUT)
    labels = torch.arange(BATCH) % 10

    def run():
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(network(images), labels)
        if not math.isfinite(loss.item()):
            raise SystemExit("the loss is no number any more")
        loss.backward()
        optimizer.step()

    return run


def scoring_of(bits):
    """Reads 1,000 images of 8-bit pixels in evaluation mode, 100 at a time: hits and loss."""
    network = ResNet20([bits] * ResNet20.LAYERS if bits else None, bits).to(memory_format=LAYOUT)
    images, labels = torch.randint(256, (100, 3, 32, 32), dtype=torch.uint8), torch.arange(100) % 10
    with torch.no_grad():
        network.train()(normalize(images))
    network.eval()

    def run():
        with torch.no_grad():
            for _ in range(10):
                logits = network(normalize(images))
                (logits.argmax(1) == labels).sum().item()
                F.cross_entropy(logits, labels, reduction="sum").item()

    return run


LAYOUT = torch.contiguous_format if "--nchw" in sys.argv else torch.channels_last

BENCHMARKS = {
    "copy-activations": activations(plain(lambda v: v.clone())),
    "copy-weights": weights(plain(lambda v: v.clone())),
    "lsq-activations": activations(lsq_of(signed=False)),
    "pact-activations": activations(pact),
    "dorefa-activations": activations(plain(lambda v: fake_quant.dorefa_activations(v, BITS))),
    "lsq-weights": weights(lsq_of(signed=True)),
    "dorefa-weights": weights(plain(lambda v: fake_quant.dorefa_weights(v, BITS))),
    "scaled-sign-weights": weights(plain(fake_quant.scaled_sign)),
    "ternary-weights": weights(plain(fake_quant.ternary)),
    "step-float": lambda: step_of(None),
    "step-w4a4": lambda: step_of(4),
    "scoring-float": lambda: scoring_of(None),
    "scoring-w4a4": lambda: scoring_of(4),
}


def measure(run, repeats):
    """Milliseconds of one run, the mean over the repeats."""
    cpu, wall = time.thread_time(), time.perf_counter()
    for _ in range(repeats):
        run()
    cpu, wall = time.thread_time() - cpu, time.perf_counter() - wall
    return {"cpu": 1000 * cpu / repeats, "wall": 1000 * wall / repeats}


def answer(line, made):
    name, threads, repeats = line.split()
    if name not in BENCHMARKS:
        return {"error": f"unknown benchmark {name}"}
    torch.set_num_threads(int(threads))
    if name not in made:
        torch.manual_seed(1)
        made[name] = BENCHMARKS[name]()
    return measure(made[name], int(repeats))


def main():
    made = {}
    print(json.dumps({"name": f"PyTorch {torch.__version__}", "benchmarks": list(BENCHMARKS)}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(line, made)), flush=True)


if __name__ == "__main__":
    main()
