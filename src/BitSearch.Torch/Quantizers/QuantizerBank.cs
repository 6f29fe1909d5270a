using BitSearch.Space;
using static TorchSharp.torch;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// The quantizers of one point at several widths, each with step sizes of its own, of which one is in use at a time: what lets
/// one set of weights serve every schedule.
/// </summary>
internal sealed class QuantizerBank : Quantizer
{
    private readonly Dictionary<Bitwidth, Quantizer> _members;
    private Quantizer _active;

    /// <param name="point">The tensor.</param>
    /// <param name="members">One a width, at least one; state names are <c>b4.step</c>.</param>
    public QuantizerBank(QuantizationPoint point, IEnumerable<Quantizer> members)
        : base(point, Bitwidth.Full)
    {
        _members = members.ToDictionary(m => m.Width);
        _active = _members.Values.MaxBy(m => m.Width)!;
        foreach (var (width, member) in _members)
        {
            register_module($"b{width}", member);
        }
    }

    /// <summary>Uses the member of a width from now on; full precision where there is none.</summary>
    public void Use(Bitwidth width)
    {
        if (!_members.TryGetValue(width, out _active!))
        {
            _members[width] = _active = new FullPrecision(Point);
        }
    }

    /// <inheritdoc/>
    internal override Quantizer? At(Bitwidth width) => _members.GetValueOrDefault(width);

    internal override bool ClipsBelowZero => _active.ClipsBelowZero;

    public override void Calibrate(Tensor values)
    {
        foreach (var member in _members.Values)
        {
            member.Calibrate(values);
        }
    }

    public override Tensor forward(Tensor values) => _active.call(values);

    internal override (Tensor Rectified, Tensor Quantized) Fork(Tensor values) => _active.Fork(values);

    public override QuantizedValues Encode(Tensor values) => _active.Encode(values);

    public override Tensor Decode(Tensor codes, Tensor scales) => _active.Decode(codes, scales);
}
