using BitSearch.Torch.Data;

namespace BitSearch.Torch.Tests.Data;

/// <summary>What holds for every data set of the catalog; a new one is tested by being there. Sets whose files are absent are skipped.</summary>
public sealed class DatasetContractTests
{
    private static readonly Catalog<IDataset> Catalog = new(typeof(IDataset).Assembly);

    public static TheoryData<string> Names => [.. Catalog.Names];

    [Fact]
    public void The_three_data_sets_are_known() => Assert.Equal(["cifar10", "digits", "fashion-mnist"], Catalog.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_name_is_that_of_the_catalog(string name) => Assert.Equal(name, Catalog.Create(name, "here").Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Splits_have_the_promised_shape_and_share_no_image(string name)
    {
        var dataset = Available(name);
        using var splits = dataset.Load(new DataRequest(), TestContext.Current.CancellationToken);
        Assert.Equal(dataset.DefaultValidation, splits.Validation.Count);
        Assert.Equal(dataset.ClassCount, splits.Classes.Count);
        Assert.Matches("^[0-9a-f]{64}$", splits.Fingerprint);
        foreach (var set in (ImageSet[])[splits.Train, splits.Validation, splits.Test])
        {
            Assert.Equal(dataset.Shape, (set.Channels, set.Height, set.Width));
            var labels = set.Labels.data<long>().ToArray();
            Assert.Equal(Enumerable.Range(0, dataset.ClassCount).Select(c => (long)c), labels.Distinct().Order());
        }

        AssertSame(dataset, splits);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_that_saw_training_are_validated_on_the_first_half_of_test(string name)
    {
        var dataset = Available(name);
        using var official = dataset.Load(new DataRequest(ValidationCount: 0), TestContext.Current.CancellationToken);
        using var splits = dataset.Load(new DataRequest(WeightsSawTraining: true), TestContext.Current.CancellationToken);
        Assert.Equal(0, official.Validation.Count);
        Assert.Equal(official.Train.Count, splits.Train.Count);
        Assert.Equal(official.Test.Count / 2, splits.Validation.Count);
        var all = official.Test.Images.bytes;
        Assert.True(all.StartsWith(splits.Validation.Images.bytes));
        Assert.True(all[splits.Validation.Images.bytes.Length..].SequenceEqual(splits.Test.Images.bytes));
        Assert.NotEqual(official.Fingerprint, splits.Fingerprint);
        Assert.Contains("saw all", splits.Note, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_statistics_belong_to_its_pixels(string name)
    {
        Assert.SkipWhen(name == "cifar10", "CIFAR-10 uses the ImageNet statistics its pretrained networks were trained with.");
        var dataset = Available(name);
        using var splits = dataset.Load(new DataRequest(ValidationCount: 0), TestContext.Current.CancellationToken);
        var measured = ImageStatistics.Of(splits.Train);
        Assert.Equal(measured.Mean[0], dataset.Statistics.Mean[0], 1e-4f);
        Assert.Equal(measured.Std[0], dataset.Statistics.Std[0], 1e-4f);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void More_validation_images_than_there_are_is_refused(string name)
    {
        var dataset = Available(name);
        foreach (var count in (int[])[-1, 60_000])
        {
            var failure = Assert.Throws<PlanException>(() => dataset.Load(new DataRequest(ValidationCount: count), TestContext.Current.CancellationToken));
            Assert.StartsWith($"data.validation: {count} images cannot be taken from the", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Loading_leaves_no_tensor_behind_and_can_be_cancelled(string name)
    {
        var dataset = Available(name);
        LeakAssert.None(() => dataset.Load(new DataRequest(), TestContext.Current.CancellationToken).Dispose());
        LeakAssert.None(() => Assert.Throws<PlanException>(() => dataset.Load(new DataRequest(ValidationCount: -1), TestContext.Current.CancellationToken)));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => dataset.Load(new DataRequest(), cancelled.Token));
    }

    internal static IDataset Available(string name)
    {
        var dataset = Catalog.Create(name, "here");
        var check = dataset.Check(null);
        Assert.SkipUnless(check.Found, $"{name} is not in {check.Location}; {check.Remedy}.");
        return dataset;
    }

    /// <summary>Another load gives the same; another seed gives other images, but the same test set and no other image.</summary>
    private static void AssertSame(IDataset dataset, DataSplits splits)
    {
        using var again = dataset.Load(new DataRequest(ValidationCount: dataset.DefaultValidation), TestContext.Current.CancellationToken);
        Assert.Equal(splits.Fingerprint, again.Fingerprint);
        Assert.True(splits.Validation.Images.bytes.SequenceEqual(again.Validation.Images.bytes));
        using var other = dataset.Load(new DataRequest(Seed: 1), TestContext.Current.CancellationToken);
        Assert.NotEqual(splits.Fingerprint, other.Fingerprint);
        Assert.False(splits.Validation.Images.bytes.SequenceEqual(other.Validation.Images.bytes));
        Assert.True(splits.Test.Images.bytes.SequenceEqual(other.Test.Images.bytes));
        Assert.Equal(splits.Train.Count, other.Train.Count);
    }
}
