using System.Security.Cryptography;
using BitSearch.Space;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Quantizers;

/// <summary>
/// LSQ's results to the last bit, the order of summation of the step's gradient included: what an earlier version trained,
/// this one trains again. The digests are those of the kernel of 2026-11-24.
/// </summary>
public sealed class LsqBitsTests
{
    [Theory]
    [InlineData(PointKind.Weight, 3, 1, "60AE2549592165A9")]
    [InlineData(PointKind.Weight, 4, 3, "39A0C2491BF0CDA0")]
    [InlineData(PointKind.Activation, 2, 1, "8C07CCD3466C960E")]
    public void Values_and_gradients_keep_their_bits(PointKind kind, int bits, int steps, string digest)
    {
        using var scope = NewDisposeScope();
        var point = new QuantizationPoint("l", "l", 1, kind, [3, 5001], 1);
        using var quantizer = new LsqQuantizer(point, new Bitwidth(bits), steps);
        quantizer.Load(tensor([0.3f, -0.21f, 0.017f]).slice(0, 0, steps, 1));
        var values = Uneven(15003, 7919).requires_grad_(true);
        var result = quantizer.forward(values);
        result.backward([Uneven(15003, 104729)]);
        var all = cat([result.detach().flatten(), values.grad!.flatten(), quantizer.parameters().Single().grad!]);
        Assert.Equal(digest, Convert.ToHexString(SHA256.HashData(all.bytes))[..16]);
    }

    // Multiples of 2^-16 in -2..2, by no library's random numbers.
    private static Tensor Uneven(int count, int factor) =>
        tensor(Enumerable.Range(1, count).Select(i => (((long)i * i * factor % 262139) - 131070) / 65536f).ToArray()).reshape(3, -1);
}
