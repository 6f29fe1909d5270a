using BitSearch.Space;
using BitSearch.Torch.Quantizers;
using CsCheck;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Kernels;

/// <summary>Each quantizer's kernel against its <see cref="Twin"/>. LSQ has tests of its own.</summary>
public sealed class KernelTests
{
    private static readonly float[] Ties = [0, -0f, 1, -1, 0.5f, -0.5f, 0.25f, 0.75f, 1 / 3f, 1.5f, -1.5f, 0.799f, 0.269f, 2, 1e-30f, -1e-30f];
    private static readonly float[] Ends = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon];

    private static readonly float[] Clippings = [0.5f, 1, -1.5f, 2, 0.37f, 8];

    private static readonly Gen<Case> Cases = Gen.Select(
        Gen.Long[1, 9].Array[1, 4], Gen.Int[1, 8], Gen.Bool, Gen.Enum<Strides>(), Gen.Enum<Strides>(), Gen.Enum<Corners>(), Gen.ULong,
        (shape, bits, perChannel, strides, upstream, corners, seed) => new Case(shape, bits, perChannel, strides, upstream, corners, seed));

    private enum Strides
    {
        Contiguous,
        ChannelsLast,
        Transposed,
    }

    private enum Corners
    {
        None,
        Ties,
        Ends,
    }

    [Theory]
    [InlineData("scaled-sign", PointKind.Weight)]
    [InlineData("seed", PointKind.Weight)]
    [InlineData("seed", PointKind.Activation)]
    [InlineData("dorefa", PointKind.Weight)]
    [InlineData("dorefa", PointKind.Activation)]
    [InlineData("pact", PointKind.Weight)]
    [InlineData("pact", PointKind.Activation)]
    [InlineData("xnor", PointKind.Weight)]
    [InlineData("xnor", PointKind.Activation)]
    [InlineData("bnn", PointKind.Weight)]
    [InlineData("bnn", PointKind.Activation)]
    [InlineData("bi-real", PointKind.Weight)]
    [InlineData("bi-real", PointKind.Activation)]
    [InlineData("hwgq", PointKind.Weight)]
    [InlineData("hwgq", PointKind.Activation)]
    [InlineData("ternary", PointKind.Weight)]
    public void Forward_is_the_composed_operations_result_and_gradients_are_theirs(string name, PointKind kind) =>
        Cases.Sample(c => Compare(name, kind, c), iter: 200, threads: 1);

    [Fact]
    public void Every_quantizer_has_a_twin_here()
    {
        var tested = typeof(KernelTests).GetMethod(nameof(Forward_is_the_composed_operations_result_and_gradients_are_theirs))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>()
            .Select(d => ((string)d.Data[0]!, (PointKind)d.Data[1]!));
        var offered = from entry in QuantizerFamily.Catalog.All()
                      from kind in new[] { PointKind.Weight, PointKind.Activation }
                      where entry.Component.Widths(kind).Most > 0 && entry.Name != "lsq"
                      select (entry.Name, kind);
        Assert.Equal(offered.Order(), tested.Order());
    }

    [Theory]
    [InlineData("pact", PointKind.Activation, 4)]
    [InlineData("dorefa", PointKind.Weight, 4)]
    [InlineData("scaled-sign", PointKind.Weight, 1)]
    [InlineData("lsq", PointKind.Weight, 4)]
    public void No_tensor_is_left_behind(string name, PointKind kind, int bits)
    {
        using var quantizer = Make(name, kind, [4, 3, 5, 5], bits, true);
        LeakAssert.None(() =>
        {
            using var scope = new TensorScope();
            var values = randn(4, 3, 5, 5).requires_grad_();
            var upstream = Layout.ChannelsLast(randn(4, 3, 5, 5));
            quantizer.forward(values).backward([upstream]);
            Assert.All(quantizer.parameters(), p => Assert.NotNull(p.grad));
        });
    }

    private static void Compare(string name, PointKind kind, Case c)
    {
        using var scope = new TensorScope();
        var (least, most) = QuantizerFamily.Catalog.Create(name, "test").Widths(kind);
        var bits = least + (c.Bits % (most - least + 1));
        using var quantizer = Make(name, kind, c.Shape, bits, c.PerChannel);
        using var generator = new Generator(c.Seed);
        var parameters = quantizer.parameters().ToArray();
        var clipping = tensor([Clippings[c.Seed % (ulong)Clippings.Length]]);
        if (parameters.Length > 0)
        {
            quantizer.Load(clipping);
        }

        var values = In(c.Strides, Values(c, generator));
        var upstream = In(c.Upstream, rand(c.Shape, generator: generator).sub(0.5));
        var learned = clipping.clone().requires_grad_();
        var twin = Twin.Of(name, kind, bits, c.PerChannel, learned);
        var (x, expected) = (values.detach().requires_grad_(), values.detach().requires_grad_());
        var result = quantizer.forward(x);
        Same(twin.Value(values), result.detach(), 0, 0);
        Assert.DoesNotContain(Floats(result), v => v == 0 && float.IsNegative(v));

        result.backward([upstream]);
        twin.Surrogate(expected).backward([upstream]);
        Same(expected.grad!, x.grad!, 1e-5, 1e-6 * expected.grad!.nan_to_num().abs().max().item<float>());
        if (parameters.Length > 0)
        {
            Same(learned.grad!, parameters[0].grad!, 1e-5, 1e-6);
        }
    }

    private static Quantizer Make(string name, PointKind kind, long[] shape, int bits, bool perChannel)
    {
        var point = new QuantizationPoint("l", "l", 1, kind, kind == PointKind.Weight ? [.. shape] : [.. shape.Skip(1)], 1);
        return QuantizerFamily.Catalog.Create(name, "test").Create(point, new Bitwidth(bits), perChannel);
    }

    private static Tensor Values(Case c, Generator generator)
    {
        var values = randn(c.Shape, generator: generator);
        if (c.Corners == Corners.None)
        {
            return values;
        }

        float[] corners = c.Corners == Corners.Ties ? Ties : [.. Ties, .. Ends];
        var choice = randint(corners.Length, c.Shape, generator: generator);
        return where(rand(c.Shape, generator: generator).lt(0.3), tensor(corners)[choice], values);
    }

    private static Tensor In(Strides strides, Tensor x) => (strides, x.dim()) switch
    {
        (Strides.ChannelsLast, 4) => Layout.ChannelsLast(x),
        (Strides.Transposed, > 1) => x.transpose(0, 1).contiguous().transpose(0, 1),
        _ => x,
    };

    // NaN at the same places, and the rest alike.
    private static void Same(Tensor expected, Tensor actual, double rtol, double atol)
    {
        Assert.Equal(Floats(expected.isnan().to(float32)), Floats(actual.isnan().to(float32)));
        TensorAssert.Close(expected.nan_to_num(0), actual.nan_to_num(0), rtol, atol);
    }

    private static float[] Floats(Tensor x) => x.detach().contiguous().data<float>().ToArray();

    private sealed record Case(long[] Shape, int Bits, bool PerChannel, Strides Strides, Strides Upstream, Corners Corners, ulong Seed);
}
