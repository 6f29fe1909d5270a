using BitSearch.Space;
using BitSearch.Torch.Quantizers;
using TorchSharp;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Quantizers;

/// <summary>What every quantizer of the catalog has to do, at every width it offers.</summary>
public sealed class QuantizerContractTests
{
    private static readonly QuantizationPoint Weights = new("l.weight", "l", 1, PointKind.Weight, [4, 3, 3, 3], 1);
    private static readonly QuantizationPoint Activations = new("l.input", "l", 1, PointKind.Activation, [3, 6, 5], 1);

    public static TheoryData<string, PointKind, int, bool> Cases()
    {
        var cases = new TheoryData<string, PointKind, int, bool>();
        foreach (var (name, family) in QuantizerFamily.Catalog.All())
        {
            foreach (var kind in new[] { PointKind.Weight, PointKind.Activation })
            {
                foreach (var bits in Enumerable.Range(1, 32).Where(b => family.Supports(kind, new Bitwidth(b))))
                {
                    cases.Add(name, kind, bits, false);
                    cases.Add(name, kind, bits, true);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_channel_has_at_most_as_many_values_as_codes(string name, PointKind kind, int bits, bool perChannel)
    {
        using var scope = NewDisposeScope();
        var (quantizer, values) = Make(name, kind, bits, perChannel);
        var result = quantizer.forward(values);
        Assert.Equal(values.shape, result.shape);
        foreach (var channel in perChannel || bits == 1 ? result.unbind(0) : [result])
        {
            var distinct = channel.detach().flatten().data<float>().ToArray().Distinct().Count();
            Assert.True(bits >= 31 || distinct <= 1 << bits, $"{distinct} values of {bits} bits");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Codes_decode_to_the_fake_quantized_values_bit_for_bit(string name, PointKind kind, int bits, bool perChannel)
    {
        using var scope = NewDisposeScope();
        var (quantizer, values) = Make(name, kind, bits, perChannel);
        foreach (var x in new[] { values, values.mul(30), values.mul(1e-3), zeros_like(values), ones_like(values), values.mul(1e38), values.neg() })
        {
            var (codes, scales) = quantizer.Encode(x);
            Assert.Equal(ScalarType.Int32, codes.dtype);
            Assert.Equal(x.shape, codes.shape);
            Assert.All(codes.data<int>().ToArray(), c => Assert.True(bits == 32 || (c >= 0 && c < 1L << bits), $"code {c}"));
            Assert.Equal(Bits(quantizer.forward(x)), Bits(quantizer.Decode(codes, scales)));
            using (no_grad())
            {
                Assert.Equal(Bits(quantizer.forward(x)), Bits(quantizer.Decode(codes, scales)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_number_of_scales_is_what_the_family_says(string name, PointKind kind, int bits, bool perChannel)
    {
        using var scope = NewDisposeScope();
        var (quantizer, values) = Make(name, kind, bits, perChannel);
        var scales = quantizer.Encode(values).Scales;
        var rule = QuantizerFamily.Catalog.Create(name, "test").Scales(perChannel);
        Assert.Equal(ScalarType.Float32, scales.dtype);
        Assert.Equal([rule.Count(quantizer.Point, quantizer.Width)], scales.shape);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loaded_scales_give_the_same_values(string name, PointKind kind, int bits, bool perChannel)
    {
        using var scope = NewDisposeScope();
        var (quantizer, values) = Make(name, kind, bits, perChannel);
        using var other = QuantizerFamily.Catalog.Create(name, "test").Create(quantizer.Point, quantizer.Width, perChannel);
        other.Load(quantizer.Encode(values).Scales);
        Assert.Equal(Bits(quantizer.forward(values)), Bits(other.forward(values)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Order_is_never_reversed(string name, PointKind kind, int bits, bool perChannel)
    {
        using var scope = NewDisposeScope();
        var (quantizer, values) = Make(name, kind, bits, perChannel);
        foreach (var row in new[] { values, values.mul(5) })
        {
            var sorted = row.reshape(row.shape[0], -1).sort(1).Values.reshape(row.shape);
            var result = quantizer.forward(sorted).detach().reshape(row.shape[0], -1);
            Assert.True((result.slice(1, 1, result.shape[1], 1) >= result.slice(1, 0, result.shape[1] - 1, 1)).all().item<bool>());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_finite_gradient_arrives_at_values_and_parameters(string name, PointKind kind, int bits, bool perChannel)
    {
        using var scope = NewDisposeScope();
        var (quantizer, values) = Make(name, kind, bits, perChannel);
        foreach (var factor in new[] { 1, 0, 1e30, 1e37 })
        {
            var x = values.mul(factor).detach().requires_grad_(true);
            var upstream = linspace(0.5, 1.5, x.numel()).reshape(x.shape);
            quantizer.forward(x).mul(upstream).sum().backward();
            Assert.True(x.grad!.isfinite().all().item<bool>());
            Assert.True(factor != 1 || x.grad!.count_nonzero().item<long>() > 0, "no gradient arrives");
            Assert.All(quantizer.parameters(), p => Assert.True(p.grad!.isfinite().all().item<bool>()));
            x.grad!.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Constant_zero_and_huge_values_calibrate(string name, PointKind kind, int bits, bool perChannel)
    {
        using var scope = NewDisposeScope();
        var point = kind == PointKind.Weight ? Weights : Activations;
        foreach (var value in new[] { 0, 1e-30, 1, -1, 3e38 })
        {
            using var quantizer = QuantizerFamily.Catalog.Create(name, "test").Create(point, new Bitwidth(bits), perChannel);
            var x = full([kind == PointKind.Weight ? 4 : 2, .. point.Shape.Skip(kind == PointKind.Weight ? 1 : 0)], value, float32);
            quantizer.Calibrate(x);
            Assert.True(quantizer.forward(x).isfinite().all().item<bool>(), $"{value} gives a value that is not finite");
            Assert.All(quantizer.parameters(), p => Assert.True((p > 0).logical_and(p.isfinite()).all().item<bool>()));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_tensor_is_left_behind(string name, PointKind kind, int bits, bool perChannel)
    {
        using var outer = NewDisposeScope();
        var (quantizer, values) = Make(name, kind, bits, perChannel);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        quantizer.Calibrate(values);
        quantizer.forward(values).Dispose();
        var (codes, scales) = quantizer.Encode(values);
        quantizer.Decode(codes, scales).Dispose();
        quantizer.Load(scales);
        codes.Dispose();
        scales.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_width_that_a_family_lacks_is_refused()
    {
        var family = QuantizerFamily.Catalog.Create("scaled-sign", "test");
        var e = Assert.Throws<ArgumentException>(() => family.Create(Weights, new Bitwidth(2), false));
        Assert.Contains("scaled-sign has no width of 2 bits for l.weight", e.Message, StringComparison.Ordinal);
    }

    private static (Quantizer Quantizer, Tensor Values) Make(string name, PointKind kind, int bits, bool perChannel)
    {
        var point = kind == PointKind.Weight ? Weights : Activations;
        var quantizer = QuantizerFamily.Catalog.Create(name, "test").Create(point, new Bitwidth(bits), perChannel);
        using var generator = new Generator(7);
        var values = randn([kind == PointKind.Weight ? 4 : 2, .. point.Shape.Skip(kind == PointKind.Weight ? 1 : 0)], generator: generator);
        quantizer.Calibrate(values);
        return (quantizer, values);
    }

    private static int[] Bits(Tensor values) => Array.ConvertAll(values.detach().contiguous().data<float>().ToArray(), BitConverter.SingleToInt32Bits);
}
