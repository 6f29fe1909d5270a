using System.Security.Cryptography;
using System.Text;
using BitSearch.Torch.Models;
using static TorchSharp.torch;

namespace BitSearch.Torch.Training;

/// <summary>
/// A network's state in a safetensors file that says what it is the result of, and carries a check of its own content: only
/// what was made by the same request, and is whole, is taken for it.
/// </summary>
public static class Checkpoint
{
    /// <summary>Counts changes of this code that change training results: part of every <see cref="Identity"/>.</summary>
    private const int Version = 1;

    private const string IdentityKey = "bitsearch.identity";
    private const string ContentKey = "bitsearch.sha256";

    /// <summary>SHA-256, 64 hexadecimal digits, over everything that decides a training's result and over the versions.</summary>
    /// <param name="parts">In a fixed order; a part's text must say all of it.</param>
    public static string Identity(params ReadOnlySpan<object> parts)
    {
        var versions = $"bitsearch training {Version}, TorchSharp {typeof(nn).Assembly.GetName().Version}, libtorch {__version__}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [versions, .. parts]))));
    }

    /// <summary>Writes a network's state, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="network">What.</param>
    /// <param name="identity">What it is the result of.</param>
    /// <param name="notes">More to write down.</param>
    /// <exception cref="PlanException">The disk refuses.</exception>
    public static void Write(string path, Network network, string identity, IReadOnlyDictionary<string, string> notes)
    {
        var state = network.state_dict();
        var metadata = new Dictionary<string, string>(notes) { [IdentityKey] = identity, [ContentKey] = Digest(state) };
        SafetensorsFile.Write(path, state, metadata);
    }

    /// <summary>Fills a network from a file that <see cref="Write"/> wrote for the same identity.</summary>
    /// <returns>The notes; null, and an untouched network, when the file is missing, damaged or the result of something else.</returns>
    public static IReadOnlyDictionary<string, string>? Read(string path, Network network, string identity)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = SafetensorsFile.Read(path);
            var content = Digest(file.Names.ToDictionary(n => n, n => file[n].Values));
            if (file.Metadata.GetValueOrDefault(IdentityKey) != identity || file.Metadata.GetValueOrDefault(ContentKey) != content)
            {
                return null;
            }

            StateLoader.Load(network, file);
            return file.Metadata;
        }
        catch (PlanException)
        {
            return null;
        }
    }

    /// <summary>SHA-256 over names, types, shapes and bytes.</summary>
    public static string Digest(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in tensors.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            using var scope = new TensorScope();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {tensor.dtype} {string.Join(' ', tensor.shape)}\n"));
            hash.AppendData(tensor.detach().contiguous().bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
