using BitSearch.Statistics;
using BitSearch.Trials;
using MathNet.Numerics.Distributions;

namespace BitSearch.Tests.Statistics;

public sealed class ClassSeparationTests
{
    private static readonly int[] Classes = [.. Enumerable.Range(0, 400).Select(i => i % 2)];

    [Fact]
    public void Two_classes_that_are_points_are_perfectly_separated()
    {
        var features = Features(d: 1, (i, _) => Classes[i], noise: 0);

        Assert.Equal(double.PositiveInfinity, ClassSeparation.FisherRatio(features, Classes));
        Assert.Equal(-1, ClassSeparation.DiscriminationValue(features, Classes), 1e-12);
    }

    // Corners of a simplex: each of k dimensions has mean 1/k and variance (k - 1)/k^2, two corners are sqrt(2) apart before scaling.
    [Theory]
    [InlineData(2, -1)]
    [InlineData(3, -0.8660254037844386)]
    [InlineData(10, -0.7453559924999299)]
    public void Equidistant_points_have_the_least_discrimination_value_that_so_many_classes_can_have(int k, double least)
    {
        int[] classes = [.. Enumerable.Range(0, 40 * k).Select(i => i % k)];
        var features = new double[classes.Length, k];
        for (var i = 0; i < classes.Length; i++)
        {
            features[i, classes[i]] = 1;
        }

        Assert.Equal(-Math.Sqrt(k / (2.0 * (k - 1))), least, 1e-15);
        Assert.Equal(least, ClassSeparation.DiscriminationValue(features, classes), 1e-12);
    }

    [Fact]
    public void Classes_of_one_distribution_are_not_separated_at_all()
    {
        var features = Features(d: 10, (_, _) => 0, noise: 1);

        Assert.Equal(0, ClassSeparation.DiscriminationValue(features, Classes), 0.01);
        Assert.Equal(0, ClassSeparation.FisherRatio(features, Classes), 0.01);
    }

    [Fact]
    public void The_more_classes_overlap_the_nearer_to_0_both_are()
    {
        var values = new[] { 0.1, 0.5, 1, 3 }.Select(noise => Features(d: 4, (i, _) => Classes[i], noise)).ToList();

        Assert.Equal(values.Select(v => ClassSeparation.DiscriminationValue(v, Classes)).Order(), values.Select(v => ClassSeparation.DiscriminationValue(v, Classes)));
        Assert.Equal(values.Select(v => ClassSeparation.FisherRatio(v, Classes)).OrderDescending(), values.Select(v => ClassSeparation.FisherRatio(v, Classes)));
    }

    // One dimension, class means 0 and 1, variance v within: Tr(S_b) = 1/4, so the ratio is 1 / (4 v).
    [Fact]
    public void Fishers_ratio_is_variance_between_over_variance_within()
    {
        double[,] features = { { -0.5 }, { 0.5 }, { 0.5 }, { 1.5 } };

        Assert.Equal(1.0, ClassSeparation.FisherRatio(features, [0, 0, 1, 1]), 1e-12);
    }

    [Fact]
    public void Scale_shift_and_dimensions_that_never_vary_change_nothing()
    {
        var features = Features(d: 3, (i, k) => Classes[i] * k, noise: 1);
        var changed = new double[400, 4];
        for (var i = 0; i < 400; i++)
        {
            for (var k = 0; k < 3; k++)
            {
                changed[i, k] = (100 * features[i, k]) - 7;
            }
        }

        Assert.Equal(ClassSeparation.DiscriminationValue(features, Classes), ClassSeparation.DiscriminationValue(changed, Classes), 1e-9);
        Assert.Equal(ClassSeparation.FisherRatio(features, Classes), ClassSeparation.FisherRatio(changed, Classes), 1e-9);
    }

    [Fact]
    public void One_class_has_no_discrimination_value() => Assert.Equal(double.NaN, ClassSeparation.DiscriminationValue(new double[2, 2] { { 1, 2 }, { 3, 4 } }, [1, 1]));

    [Fact]
    public void Rows_without_a_class_are_refused() => Assert.Throws<ArgumentException>(() => ClassSeparation.FisherRatio(new double[2, 2], [1]));

    private static double[,] Features(int d, Func<int, int, double> mean, double noise)
    {
        var (random, features) = (new SeededRandom(5), new double[400, d]);
        for (var i = 0; i < 400; i++)
        {
            for (var k = 0; k < d; k++)
            {
                features[i, k] = mean(i, k) + (noise * Normal.Sample(random, 0, 1));
            }
        }

        return features;
    }
}
