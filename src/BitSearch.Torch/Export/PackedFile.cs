using System.Runtime.InteropServices;
using BitSearch.Space;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Export;

/// <summary>A packed network in memory, checked: every byte is where docs/packed-format.md has it.</summary>
public sealed class PackedFile
{
    private readonly byte[] _bytes;
    private readonly PackedIndex _index;
    private readonly PackedLayout _layout;

    private PackedFile(string path, byte[] bytes)
    {
        (Path, _bytes) = (path, bytes);
        _index = PackedIndex.Read(path, bytes);
        _layout = PackedLayout.Of(Network, Schedule);
        Check();
    }

    /// <summary>Where it was read from.</summary>
    public string Path { get; }

    /// <summary>The network, with the quantizers' name and scales.</summary>
    public NetworkDescription Network => _index.Network;

    /// <summary>The quantizers.</summary>
    public QuantizerPair Quantizers => _index.Quantizers;

    /// <summary>One width per point.</summary>
    public Schedule Schedule => _index.Schedule;

    /// <summary>Every byte by layer and kind.</summary>
    public Ledger Ledger => _layout.Ledger;

    /// <summary>Reads a file.</summary>
    /// <exception cref="PlanException">Missing, unreadable, or wrong in any byte that is not free.</exception>
    public static PackedFile Read(string path)
    {
        try
        {
            return new PackedFile(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanException(path, $"cannot be read: {e.Message}", PackedIndex.Remedy);
        }
    }

    /// <summary>Takes over the bytes of a file.</summary>
    /// <param name="bytes">The whole file; not to be changed afterwards.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="PlanException">Wrong in any byte that is not free.</exception>
    public static PackedFile Parse(byte[] bytes, string name) => new(name, bytes);

    /// <summary>The fake-quantized weights of a layer, bit for bit; at full precision the weights themselves.</summary>
    /// <param name="point">The point's name, <c>conv1.weight</c>.</param>
    /// <returns>float32, the point's shape.</returns>
    /// <exception cref="ArgumentException">The network has no such weight point.</exception>
    public Tensor UnpackWeights(string point)
    {
        var i = Network.IndexOf(point);
        if (i < 0 || Network.Points[i].Kind != PointKind.Weight)
        {
            throw new ArgumentException($"{Network.Name} has no weights called '{point}'", nameof(point));
        }

        using var scope = new TensorScope();
        var codes = new int[Network.Points[i].Elements];
        BitPacking.Unpack(Section(point, LedgerKind.Codes), Schedule[i].Bits, codes);
        using var quantizer = Quantizers.Create(Network.Points[i], Schedule[i]);
        return scope.Keep(quantizer.Decode(tensor(codes).reshape([.. Network.Points[i].Shape]), tensor(Scales(point))));
    }

    /// <summary>The stored scales of a point, possibly none.</summary>
    public float[] Scales(string point) => Floats(Section(point, LedgerKind.Scales));

    /// <summary>A bias <c>[out]</c> or a norm's scale and shift <c>[2, c]</c>.</summary>
    /// <exception cref="ArgumentException">The network has no such tensor.</exception>
    public Tensor UnpackFixed(string name)
    {
        var found = Network.FixedTensors.FirstOrDefault(t => t.Name == name)
            ?? throw new ArgumentException($"{Network.Name} has no tensor called '{name}'", nameof(name));
        using var scope = new TensorScope();
        return scope.Keep(tensor(Floats(Section(name, found.Kind))).reshape([.. found.Shape]));
    }

    /// <summary>
    /// The network that the file is, for evaluation: decoded weights at full width, norms as scale and shift, activations
    /// quantized with the stored scales. Its schedule has 32 for the weights; the file's own is <see cref="Schedule"/>.
    /// </summary>
    public Network ToNetwork()
    {
        var widths = Network.Points.Zip(Schedule.Widths, (p, w) => p.Kind == PointKind.Weight ? Bitwidth.Full : w);
        var network = _index.Factory.Create(_index.Spec, Quantizers, new Schedule(widths.ToEquatableArray()), seed: 0);
        using var scope = new TensorScope();
        using var without = no_grad();
        foreach (var layer in network.Layers)
        {
            layer.Weight.copy_(UnpackWeights(layer.WeightQuantizer.Point.Name));
            layer.Bias?.copy_(UnpackFixed(layer.Name + ".bias"));
            layer.InputQuantizer?.Load(tensor(Scales(layer.InputQuantizer.Point.Name)));
        }

        foreach (var norm in network.Norms)
        {
            norm.LoadFolded(UnpackFixed(norm.Name));
        }

        network.eval();
        return network;
    }

    private ReadOnlySpan<byte> Section(string tensor, LedgerKind kind)
    {
        var section = _layout.Sections.FirstOrDefault(s => s.Tensor == tensor && s.Kind == kind);
        return section is null ? [] : _bytes.AsSpan((int)section.Offset, (int)section.Length);
    }

    private static float[] Floats(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    private void Check()
    {
        if (_bytes.Length != _layout.Length)
        {
            throw new PlanException(Path, $"has {_bytes.Length} bytes where {_layout.Length} belong to it", PackedIndex.Remedy);
        }

        var end = _layout.HeaderLength;
        foreach (var section in _layout.Sections)
        {
            CheckPadding(end, section.Offset);
            end = section.Offset + section.Length;
            CheckLastCode(section);
            if (section.Kind == LedgerKind.Scales && Scales(section.Tensor).Any(s => !(s >= 0 && float.IsFinite(s))))
            {
                throw new PlanException($"{Path}: {section.Tensor}", "has a scale that is negative or not finite", PackedIndex.Remedy);
            }
        }

        CheckPadding(end, _layout.Length);
    }

    private void CheckLastCode(PackedSection section)
    {
        if (section.Kind != LedgerKind.Codes)
        {
            return;
        }

        var i = Network.IndexOf(section.Tensor);
        var used = (int)(Network.Points[i].Elements * Schedule[i].Bits % 8);
        if (used > 0 && _bytes[section.Offset + section.Length - 1] >> used != 0)
        {
            throw new PlanException($"{Path}: {section.Tensor}", "has bits other than 0 after its last code", PackedIndex.Remedy);
        }
    }

    private void CheckPadding(long start, long end)
    {
        if (_bytes.AsSpan((int)start, (int)(end - start)).ContainsAnyExcept((byte)0))
        {
            throw new PlanException(Path, $"has bytes other than 0 in the padding at {start}", PackedIndex.Remedy);
        }
    }
}
