namespace BitSearch.Torch.Data;

/// <summary>
/// The three splits of a data set. Training sees <see cref="Train"/>, the search scores on <see cref="Validation"/>, and
/// <see cref="Test"/> is read after the search, for the finalists of the report. No image is in two of them.
/// </summary>
public sealed class DataSplits : IDisposable
{
    /// <summary>Images to train on.</summary>
    public required ImageSet Train { get; init; }

    /// <summary>Images the search is scored on; empty if none were asked for.</summary>
    public required ImageSet Validation { get; init; }

    /// <summary>Images for the final score.</summary>
    public required ImageSet Test { get; init; }

    /// <summary>What images are normalized with.</summary>
    public required ImageStatistics Statistics { get; init; }

    /// <summary>The names of the classes, by label.</summary>
    public required EquatableArray<string> Classes { get; init; }

    /// <summary>One sentence that says how the splits were made, for the report.</summary>
    public required string Note { get; init; }

    /// <summary>
    /// SHA-256, 64 lower-case hexadecimal digits, over the name, the sizes, the bytes of all images and labels, and the
    /// parameters of the split: two splits with the same fingerprint hold the same images in the same order.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>Frees the three sets.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
        Test.Dispose();
    }
}
