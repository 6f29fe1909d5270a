"""CIFAR-10 in the official binary layout, and the usual augmentation."""
import os

import numpy
import torch

FOLDER = os.path.expanduser("~/.cache/bitsearch/cifar-10-batches-bin")
MEAN = torch.tensor([0.485, 0.456, 0.406]).reshape(3, 1, 1)
DEVIATION = torch.tensor([0.229, 0.224, 0.225]).reshape(3, 1, 1)
RECORD = 1 + 3 * 32 * 32
PAD = 4


def read(name):
    """Images uint8 [n, 3, 32, 32] and labels int64 [n] of one file, not loaded until used."""
    records = numpy.memmap(os.path.join(FOLDER, name), dtype=numpy.uint8, mode="r").reshape(-1, RECORD)
    return records[:, 1:].reshape(-1, 3, 32, 32), records[:, 0].astype(numpy.int64)


def train(count, seed):
    """That many of the 50,000 training images, chosen at random; uint8 and int64 tensors."""
    chosen = numpy.sort(numpy.random.RandomState(seed).permutation(50_000)[:count])
    parts = [read(f"data_batch_{i}.bin") for i in range(1, 6)]
    images = numpy.concatenate([parts[i][0][chosen[chosen // 10_000 == i] % 10_000] for i in range(5)])
    labels = numpy.concatenate([parts[i][1][chosen[chosen // 10_000 == i] % 10_000] for i in range(5)])
    return torch.from_numpy(images), torch.from_numpy(labels)


def test(count):
    """The first so many test images; uint8 and int64 tensors."""
    images, labels = read("test_batch.bin")
    return torch.from_numpy(images[:count].copy()), torch.from_numpy(labels[:count])


def normalize(images):
    """float32, channels_last."""
    return ((images.float() / 255 - MEAN) / DEVIATION).contiguous(memory_format=torch.channels_last)


def augment(images, generator):
    """Flip with probability one half, and crop after padding by 4 black pixels; uint8 to uint8, no loop over images."""
    n = len(images)
    padded = torch.nn.functional.pad(images, (PAD, PAD, PAD, PAD))
    top, left = (torch.randint(2 * PAD + 1, (n, 1), generator=generator) for _ in range(2))
    flip = torch.rand((n, 1), generator=generator) < 0.5
    along = torch.arange(32)
    rows = top + along
    columns = left + torch.where(flip, 31 - along, along)
    image = torch.arange(n).reshape(n, 1, 1)
    return padded.permute(0, 2, 3, 1)[image, rows.unsqueeze(2), columns.unsqueeze(1)].permute(0, 3, 1, 2)
