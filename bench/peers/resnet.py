"""ResNet-20 for CIFAR (He et al. 2016, option-A shortcuts), float or with LSQ by composed operations."""
import json
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from fake_quant import lsq, lsq_range, lsq_step


class Lsq(nn.Module):
    """The LSQ quantizer of one tensor; sets its step size from the first values that it sees."""

    def __init__(self, bits, signed):
        super().__init__()
        self.qn, self.qp = lsq_range(bits, signed)
        self.signed = signed
        self.step = nn.Parameter(torch.ones(()))
        self.calibrated = False

    def forward(self, values):
        if not self.calibrated:
            self.step.data.copy_(lsq_step(values, self.qp))
            self.calibrated = True
        count = values.numel() if self.signed else values.numel() // len(values)
        return lsq(values, self.step, self.qn, self.qp, 1 / math.sqrt(count * self.qp))


class Quantized(nn.Module):
    """Quantizers of a layer with weights: mixed into nn.Conv2d and nn.Linear."""

    def quantize(self, weight_bits, input_bits):
        self.of_weight = Lsq(weight_bits, True) if weight_bits else nn.Identity()
        self.of_input = Lsq(input_bits, False) if input_bits else nn.Identity()
        return self


class Conv(nn.Conv2d, Quantized):
    def forward(self, x):
        return F.conv2d(self.of_input(x), self.of_weight(self.weight), None, self.stride, self.padding)


class Classifier(nn.Linear, Quantized):
    def forward(self, x):
        return F.linear(self.of_input(x), self.of_weight(self.weight), self.bias)


class Block(nn.Module):
    def __init__(self, planes_in, planes, conv):
        super().__init__()
        self.stride = 1 if planes == planes_in else 2
        self.conv1, self.bn1 = conv(planes_in, planes, self.stride), nn.BatchNorm2d(planes)
        self.conv2, self.bn2 = conv(planes, planes, 1), nn.BatchNorm2d(planes)

    def forward(self, x):
        z = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)), inplace=True)))
        if self.stride == 2:
            quarter = z.shape[1] // 4
            x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, quarter, quarter))
        return F.relu(z.add_(x), inplace=True)


class ResNet20(nn.Module):
    """Tensor names are those of akamaster/pytorch_resnet_cifar10.

    widths: one of each layer's weights in execution order, or None for float. activations: the width of every layer's
    input except the image, or None.
    """

    LAYERS = 20

    def __init__(self, widths=None, activations=None):
        super().__init__()
        left = iter(widths or [None] * self.LAYERS)

        def conv(planes_in, planes, stride):
            layer = Conv(planes_in, planes, 3, stride=stride, padding=1, bias=False)
            return layer.quantize(next(left), activations if planes_in > 3 else None)

        self.conv1, self.bn1 = conv(3, 16, 1), nn.BatchNorm2d(16)
        planes = [16, 16, 16, 16, 32, 32, 32, 64, 64, 64]
        blocks = [Block(a, b, conv) for a, b in zip(planes, planes[1:])]
        self.layer1, self.layer2, self.layer3 = (nn.Sequential(*blocks[i : i + 3]) for i in (0, 3, 6))
        self.linear = Classifier(64, 10).quantize(next(left), activations)

    def forward(self, images):
        x = F.relu(self.bn1(self.conv1(images)), inplace=True)
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.linear(x.mean(dim=(2, 3)))

    def groups(self, decay):
        """The parameters for an optimizer: the layers' weights decay, all others do not."""
        weights = [m.weight for m in self.modules() if isinstance(m, Quantized)]
        known = {id(w) for w in weights}
        others = [p for p in self.parameters() if id(p) not in known]
        return [{"params": weights, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]


def read_safetensors(path):
    """The float32 tensors of a safetensors file by name."""
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            continue
        begin, end = entry["data_offsets"]
        tensors[name] = torch.frombuffer(data, dtype=torch.float32, offset=begin, count=(end - begin) // 4).reshape(entry["shape"])
    return tensors


def load_float(network, tensors):
    """Fills a network from float weights; its step sizes stay."""
    missing, unexpected = network.load_state_dict(tensors, strict=False)
    wrong = [name for name in missing if not name.endswith((".step", ".num_batches_tracked"))] + unexpected
    if wrong:
        raise SystemExit(f"the weights do not fit ResNet-20: {', '.join(wrong)}")
