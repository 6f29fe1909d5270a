using System.Security.Cryptography;
using System.Text;

namespace BitSearch.Torch.Data;

/// <summary>Makes the three splits from the official training and test sets; the only place that does.</summary>
internal static class Splitter
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Splits; takes over both sets, disposing what it does not hand on.</summary>
    /// <exception cref="PlanException">More validation images asked for than leave one to train on.</exception>
    public static DataSplits Split(IDataset dataset, EquatableArray<string> classes, ImageSet train, ImageSet test, DataRequest request)
    {
        try
        {
            var count = request.ValidationCount ?? dataset.DefaultValidation;
            Validate(dataset, train, count, request);
            var (fitted, validation, final, note, rule) = request.WeightsSawTraining ? ByTest(train, test) : ByTraining(train, test, count, request.Seed);
            return new DataSplits
            {
                Train = fitted,
                Validation = validation,
                Test = final,
                Statistics = dataset.Statistics,
                Classes = classes,
                Note = note,
                Fingerprint = Fingerprint(dataset.Name, train, test, rule),
            };
        }
        finally
        {
            train.Dispose();
            test.Dispose();
        }
    }

    /// <summary>
    /// The numbers 0..n - 1 in the order of a hash of (seed, number): the SplitMix64 finalizer (Steele, Lea, Flood 2014),
    /// a bijection, so no two tie and the order never depends on the platform or on another random stream.
    /// </summary>
    internal static int[] HashOrder(int n, ulong seed)
    {
        var keys = new ulong[n];
        var order = new int[n];
        for (var i = 0; i < n; i++)
        {
            var z = seed + ((ulong)(i + 1) * Golden);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            (keys[i], order[i]) = (z ^ (z >> 31), i);
        }

        Array.Sort(keys, order);
        return order;
    }

    /// <summary>The last <paramref name="count"/> images in hash order and the others, each in the order of the set.</summary>
    internal static (ImageSet Others, ImageSet Chosen) Separate(ImageSet set, int count, ulong seed)
    {
        var order = HashOrder(set.Count, seed);
        Array.Sort(order, 0, set.Count - count);
        Array.Sort(order, set.Count - count, count);
        return (set.Select(order.AsSpan(..^count)), set.Select(order.AsSpan(^count..)));
    }

    private static void Validate(IDataset dataset, ImageSet train, int count, DataRequest request)
    {
        if (!request.WeightsSawTraining && (count < 0 || count >= train.Count))
        {
            throw new PlanException("data.validation",
                $"{count} images cannot be taken from the {train.Count} training images of {dataset.Name}",
                $"a number from 0 to {train.Count - 1}");
        }
    }

    private static (ImageSet, ImageSet, ImageSet, string Note, string Rule) ByTest(ImageSet train, ImageSet test)
    {
        var half = test.Count / 2;
        var note = $"The starting weights saw all {train.Count} training images, so validation is the first {half} "
            + $"official test images and test the other {test.Count - half}.";
        return (train.Slice(0, train.Count), test.Slice(0, half), test.Slice(half, test.Count - half), note, "test halves");
    }

    private static (ImageSet, ImageSet, ImageSet, string Note, string Rule) ByTraining(ImageSet train, ImageSet test, int count, ulong seed)
    {
        var all = test.Slice(0, test.Count);
        if (count == 0)
        {
            var none = $"No validation images; training is all {train.Count} training images, test all {test.Count} official test images.";
            return (train.Slice(0, train.Count), train.Slice(0, 0), all, none, "no validation");
        }

        var (fitted, validation) = Separate(train, count, seed);
        var note = $"Validation is {validation.Count} of the {train.Count} training images, chosen by split seed {seed}; "
            + $"training is the other {fitted.Count}, test all {test.Count} official test images.";
        return (fitted, validation, all, note, $"validation {count} seed {seed}");
    }

    /// <summary>Over everything that decides the splits; <paramref name="rule"/> leaves out what is not used.</summary>
    private static string Fingerprint(string name, ImageSet train, ImageSet test, string rule)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"bitsearch splits 1\n{name}\n{rule}\n"));
        foreach (var set in (ImageSet[])[train, test])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join(' ', set.Images.shape) + "\n"));
            hash.AppendData(set.Images.bytes);
            hash.AppendData(set.Labels.bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
