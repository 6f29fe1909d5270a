#!/usr/bin/python3
"""What a user would otherwise run: Optuna's NSGA-II proposes the width of each layer of the pretrained ResNet-20, PyTorch
trains it for one epoch on 5,000 images and reads the error on 5,000 validation images. Objectives: bytes and error.

The homogeneous schedules are enqueued first, the small ones, which dominate most, before the large ones. Bytes come from BitSearch's ledger (`BitSearch.Bench sizes resnet20`). Two
processes of one torch thread each share one study, because that is faster than one process of two threads (--processes 1).
A line of the CSV file for each finished trial: seconds since the start, trial, widths, bytes, validation error.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import time
import warnings

WIDTHS = [2, 3, 4, 5, 6, 8]
ACTIVATION_BITS = 8
TRAIN_IMAGES, VALIDATION_IMAGES = 5_000, 5_000
BATCH, SCORING_BATCH, NORM_BATCHES = 128, 100, 10
LEARNING_RATE, MOMENTUM, DECAY = 0.01, 0.9, 1e-4
HERE = os.path.dirname(os.path.abspath(__file__))
PRETRAINED = os.path.join(HERE, "../../../shared/data/pretrained/resnet20-cifar10.safetensors")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--seconds", type=float, default=1800, help="no trial begins after so many seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", required=True, help="the CSV file, written anew")
    parser.add_argument("--sizes", required=True, help="JSON of `BitSearch.Bench sizes resnet20`")
    parser.add_argument("--weights", default=PRETRAINED, help="the float network, safetensors")
    parser.add_argument("--population", type=int, default=16, help="NSGA-II's; Optuna's own 50 would leave no second generation")
    parser.add_argument("--processes", type=int, default=2, help="1: one process with two torch threads")
    parser.add_argument("--trials", type=int, help="stop after so many trials in each process")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--start", type=float, default=time.time(), help=argparse.SUPPRESS)
    return parser.parse_args()


class Sizes:
    """The packed file's length under a schedule: a sum over layers."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            table = json.load(file)
        if table["activations"] != ACTIVATION_BITS:
            raise SystemExit(f"{path} is for activations of {table['activations']} bits, not {ACTIVATION_BITS}")
        self.base, self.layers = table["base"], table["layers"]

    def of(self, widths):
        return self.base + sum(layer["bytes"][str(width)] for layer, width in zip(self.layers, widths))


class Evaluator:
    """Fine-tunes the float network under a schedule and reads its validation error."""

    def __init__(self, weights, seed):
        import cifar
        import torch
        from resnet import read_safetensors

        self.torch, self.cifar, self.seed = torch, cifar, seed
        self.float = read_safetensors(weights)
        self.images, self.labels = cifar.train(TRAIN_IMAGES, seed)
        self.validation, self.answers = cifar.test(VALIDATION_IMAGES)

    def error(self, widths):
        from resnet import ResNet20, load_float

        network = ResNet20(widths, ACTIVATION_BITS)
        load_float(network, self.float)
        network = network.to(memory_format=self.torch.channels_last)
        self.generator = self.torch.Generator().manual_seed(self.seed)
        self.calibrate(network)
        self.train(network)
        self.estimate_norms(network)
        return self.score(network)

    def batches(self):
        order = self.torch.randperm(TRAIN_IMAGES, generator=self.generator)
        return [order[i : i + BATCH] for i in range(0, TRAIN_IMAGES - BATCH + 1, BATCH)]

    def calibrate(self, network):
        """The first batch sets the step sizes; norms use its statistics and keep their own."""
        before = {name: buffer.clone() for name, buffer in network.named_buffers()}
        with self.torch.no_grad():
            network.train()(self.cifar.normalize(self.images[self.batches()[0]]))
            for name, buffer in network.named_buffers():
                buffer.copy_(before[name])

    def train(self, network):
        optimizer = self.torch.optim.SGD(network.groups(DECAY), lr=LEARNING_RATE, momentum=MOMENTUM)
        batches = self.batches()
        schedule = self.torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, len(batches))
        network.train()
        for batch in batches:
            images = self.cifar.normalize(self.cifar.augment(self.images[batch], self.generator))
            optimizer.zero_grad(set_to_none=True)
            loss = self.torch.nn.functional.cross_entropy(network(images), self.labels[batch])
            if not math.isfinite(loss.item()):
                raise ValueError("the loss is no number any more")
            loss.backward()
            optimizer.step()
            schedule.step()

    def estimate_norms(self, network):
        """Means of the statistics of ten batches."""
        for module in network.modules():
            if isinstance(module, self.torch.nn.BatchNorm2d):
                module.reset_running_stats()
                module.momentum = None
        with self.torch.no_grad():
            for batch in self.batches()[:NORM_BATCHES]:
                network.train()(self.cifar.normalize(self.images[batch]))

    def score(self, network):
        wrong = 0
        network.eval()
        with self.torch.no_grad():
            for i in range(0, VALIDATION_IMAGES, SCORING_BATCH):
                logits = network(self.cifar.normalize(self.validation[i : i + SCORING_BATCH]))
                wrong += (logits.argmax(1) != self.answers[i : i + SCORING_BATCH]).sum().item()
        return wrong / VALIDATION_IMAGES


def open_study(options, seed):
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
    storage = optuna.storages.JournalStorage(optuna.storages.JournalFileStorage(options.output + ".journal"))
    sampler = optuna.samplers.NSGAIISampler(population_size=options.population, seed=seed)
    return optuna.create_study(
        study_name="peer", storage=storage, sampler=sampler, directions=["minimize", "minimize"], load_if_exists=True)


def work(options):
    """One process: asks, trains, tells, and appends its lines, until the time is over."""
    import torch

    torch.set_num_threads(max(1, 2 // options.processes))
    study = open_study(options, options.seed + options.worker)
    sizes, evaluator = Sizes(options.sizes), Evaluator(options.weights, options.seed)

    def objective(trial):
        widths = [trial.suggest_categorical(layer["name"], WIDTHS) for layer in sizes.layers]
        size, error = sizes.of(widths), evaluator.error(widths)
        line = f"{time.time() - options.start:.1f},{trial.number},{'-'.join(map(str, widths))},{size},{error:.4f}\n"
        with open(options.output, "a", encoding="utf-8") as file:
            file.write(line)
        return size, error

    left = options.seconds - (time.time() - options.start)
    study.optimize(objective, timeout=left, n_trials=options.trials, catch=(ValueError,))


def main():
    options = arguments()
    if options.worker is not None:
        return work(options)
    for leftover in (options.output + ".journal", options.output + ".journal.lock"):
        if os.path.lexists(leftover):
            os.remove(leftover)
    with open(options.output, "w", encoding="utf-8") as file:
        file.write("seconds,trial,widths,bytes,error\n")
    study, names = open_study(options, options.seed), [layer["name"] for layer in Sizes(options.sizes).layers]
    for width in WIDTHS:
        study.enqueue_trial({name: width for name in names})
    # Its memory allocator keeps what it has, as BitSearch's does: PyTorch is faster that way.
    environment = {**os.environ, "MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "-1", "MALLOC_TOP_PAD_": str(64 << 20),
                   "OMP_NUM_THREADS": str(max(1, 2 // options.processes))}
    command = [sys.executable, *sys.argv, "--start", str(options.start), "--worker"]
    workers = [subprocess.Popen([*command, str(i)], env=environment) for i in range(options.processes)]
    return max(worker.wait() for worker in workers)


if __name__ == "__main__":
    sys.exit(main())
