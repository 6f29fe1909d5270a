namespace BitSearch.Torch.Data;

/// <summary>A labelled image data set, found by name in a <see cref="Catalog{T}"/>.</summary>
public interface IDataset
{
    /// <summary>The name in plans, that of its <see cref="ComponentAttribute"/>.</summary>
    string Name { get; }

    /// <summary>One sentence for <c>bitsearch data list</c>.</summary>
    string Description { get; }

    /// <summary>The shape of each image.</summary>
    (int Channels, int Height, int Width) Shape { get; }

    /// <summary>Number of classes; labels are 0..ClassCount - 1.</summary>
    int ClassCount { get; }

    /// <summary>Validation images taken from the training set when the request does not say how many.</summary>
    int DefaultValidation { get; }

    /// <summary>The statistics images are normalized with, constants of the data set.</summary>
    ImageStatistics Statistics { get; }

    /// <summary>Files that <see cref="Downloader"/> can fetch; empty when there is nothing to fetch or it must be done by hand.</summary>
    EquatableArray<Download> Downloads { get; }

    /// <summary>Looks for the files without reading them.</summary>
    /// <param name="folder">As in <see cref="DataRequest.Folder"/>.</param>
    DataAvailability Check(string? folder);

    /// <summary>Reads, checks and splits the data.</summary>
    /// <exception cref="PlanException">A file is missing, truncated, over-long or wrong, or the request asks for more than there is.</exception>
    DataSplits Load(DataRequest request, CancellationToken ct);
}
