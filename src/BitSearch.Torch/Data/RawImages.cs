using static TorchSharp.torch;

namespace BitSearch.Torch.Data;

/// <summary>Bytes read from files to an <see cref="ImageSet"/>.</summary>
internal static class RawImages
{
    /// <summary>Copies pixels and labels into tensors.</summary>
    /// <param name="pixels">n c h w bytes in that order.</param>
    /// <param name="labels">n bytes.</param>
    /// <param name="shape">Shape of an image.</param>
    public static ImageSet ToSet(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> labels, (int Channels, int Height, int Width) shape)
    {
        using var scope = new TensorScope();
        var images = empty([labels.Length, shape.Channels, shape.Height, shape.Width], uint8);
        pixels.CopyTo(images.bytes);
        var classes = new long[labels.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = labels[i];
        }

        return new ImageSet(images, tensor(classes));
    }

    /// <summary>Makes sure that each label names a class.</summary>
    /// <param name="labels">The labels of the records.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="path">The file they are from.</param>
    /// <param name="remedy">How to get a right file.</param>
    /// <exception cref="PlanException">Naming the first wrong record, its label and how many are wrong.</exception>
    public static void CheckLabels(ReadOnlySpan<byte> labels, int classes, string path, string remedy)
    {
        var first = labels.IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (first < 0)
        {
            return;
        }

        var wrong = 0;
        foreach (var label in labels)
        {
            wrong += label >= classes ? 1 : 0;
        }

        throw new PlanException(path,
            $"record {first} (counted from 0) has the label {labels[first]} where 0..{classes - 1} is expected ({wrong} such records)", remedy);
    }
}
