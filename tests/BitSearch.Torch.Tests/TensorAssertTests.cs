using TorchSharp;
using Xunit.Sdk;

namespace BitSearch.Torch.Tests;

public sealed class TensorAssertTests
{
    [Fact]
    public void Equal_tensors_pass() => Close([1, 2, float.PositiveInfinity], [1, 2, float.PositiveInfinity]);

    [Fact]
    public void Gaps_up_to_the_tolerance_pass()
    {
        Close([100, 0], [100.9f, 0], rtol: 0.01);
        Close([0, 1], [0.5f, 1], rtol: 0, atol: 0.5);
    }

    [Fact]
    public void A_gap_over_the_tolerance_fails_and_the_largest_is_named()
    {
        using var expected = torch.tensor(new float[] { 1, 2, 3, 4 }).reshape(2, 2);
        using var actual = torch.tensor(new float[] { 1.5f, 2, 7, 4 }).reshape(2, 2);
        var failure = Assert.Throws<XunitException>(() => TensorAssert.Close(expected, actual));
        Assert.Contains("2 of 4 values", failure.Message, StringComparison.Ordinal);
        Assert.Contains("largest gap is 4 at [1, 0]: expected 3, actual 7", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NaN_never_passes()
    {
        Fails([float.NaN], [float.NaN], atol: double.PositiveInfinity);
        Fails([1], [float.NaN], atol: double.MaxValue);
        Fails([float.NaN], [1], atol: double.MaxValue);
    }

    [Fact]
    public void Infinities_pass_only_against_themselves()
    {
        Fails([float.PositiveInfinity], [float.NegativeInfinity], rtol: 1);
        Fails([float.PositiveInfinity], [1], rtol: 1);
        Fails([1], [float.PositiveInfinity], atol: double.MaxValue);
    }

    [Fact]
    public void Different_shapes_fail_even_with_equal_values()
    {
        using var row = torch.ones(1, 4);
        using var square = torch.ones(2, 2);
        Assert.Contains("[1, 4]", Assert.Throws<XunitException>(() => TensorAssert.Close(row, square)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_tensors_of_the_same_shape_pass()
    {
        using var empty = torch.zeros(0, 3);
        using var other = torch.zeros(3, 0);
        TensorAssert.Close(empty, empty);
        Assert.Throws<XunitException>(() => TensorAssert.Close(empty, other));
    }

    [Fact]
    public void A_transposed_view_is_compared_by_place_and_not_by_memory()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.arange(6).reshape(2, 3);
        TensorAssert.Close(a.t().contiguous(), a.t());
        Assert.Throws<XunitException>(() => TensorAssert.Close(a.t(), a.reshape(3, 2)));
    }

    private static void Close(float[] expected, float[] actual, double rtol = 1e-5, double atol = 1e-7)
    {
        using var scope = torch.NewDisposeScope();
        TensorAssert.Close(torch.tensor(expected), torch.tensor(actual), rtol, atol);
    }

    private static void Fails(float[] expected, float[] actual, double rtol = 1e-5, double atol = 1e-7) =>
        Assert.Throws<XunitException>(() => Close(expected, actual, rtol, atol));
}
