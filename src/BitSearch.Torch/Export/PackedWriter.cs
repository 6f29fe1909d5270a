using System.Runtime.InteropServices;
using BitSearch.Space;
using BitSearch.Torch.Models;
using static TorchSharp.torch;

namespace BitSearch.Torch.Export;

/// <summary>
/// Writes the packed file of a network (docs/packed-format.md): the sections of <see cref="PackedLayout"/> and nothing else,
/// so that its length is the ledger's total.
/// </summary>
[Component("packed")]
public sealed class PackedWriter : INetworkExporter
{
    /// <inheritdoc/>
    public string Name => "packed";

    /// <inheritdoc/>
    public void Export(Network network, string path, CancellationToken cancellationToken) =>
        WriteBeside.Write(path, stream => Write(network, stream, cancellationToken));

    /// <summary>Writes the file's bytes.</summary>
    /// <param name="network">A trained network.</param>
    /// <param name="stream">Where to; written from its present place on, not read.</param>
    /// <param name="cancellationToken">Stops between two sections.</param>
    public static void Write(Network network, Stream stream, CancellationToken cancellationToken)
    {
        var layout = PackedLayout.Of(network.Description, network.Schedule);
        var written = 0L;
        Append(PackedLayout.WriteHeader(network.Description, network.Schedule), 0);
        var norms = network.Norms.ToDictionary(n => n.Name);
        var layers = network.Layers.ToDictionary(l => l.Name);
        foreach (var section in layout.Sections)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            using var without = no_grad();
            var bytes = section.Kind switch
            {
                LedgerKind.Codes => Codes(network, layers[section.Layer]),
                LedgerKind.Scales => Floats(Scales(layers[section.Layer], section.Tensor)),
                LedgerKind.Norm => Floats(norms[section.Tensor].Fold()),
                LedgerKind.Bias => Floats(layers[section.Layer].Bias!),
                _ => throw new InvalidOperationException($"no tensor of the kind {section.Kind} is known"),
            };
            if (bytes.Length != section.Length)
            {
                throw new InvalidOperationException($"{section.Tensor} takes {bytes.Length} bytes where the ledger has {section.Length}");
            }

            Append(bytes, section.Offset);
        }

        Append([], layout.Length);

        void Append(ReadOnlySpan<byte> bytes, long offset)
        {
            stream.Write(new byte[checked((int)(offset - written))]);
            stream.Write(bytes);
            written = offset + bytes.Length;
        }
    }

    private static byte[] Codes(Network network, Layers.QuantizedLayer layer)
    {
        var bits = network.Schedule[network.Description.IndexOf(layer.WeightQuantizer.Point.Name)].Bits;
        var codes = layer.WeightQuantizer.Encode(layer.Weight).Codes.contiguous().data<int>().ToArray();
        var bytes = new byte[BitPacking.Length(codes.Length, bits)];
        BitPacking.Pack(codes, bits, bytes);
        return bytes;
    }

    // The scales of activations do not depend on the values, so any values do.
    private static Tensor Scales(Layers.QuantizedLayer layer, string tensor) => tensor == layer.WeightQuantizer.Point.Name
        ? layer.WeightQuantizer.Encode(layer.Weight).Scales
        : layer.InputQuantizer!.Encode(zeros([.. layer.InputQuantizer.Point.Shape])).Scales;

    private static byte[] Floats(Tensor values) => MemoryMarshal.AsBytes(values.detach().contiguous().data<float>().ToArray().AsSpan()).ToArray();
}
