using BitSearch.Space;
using static TorchSharp.torch;

namespace BitSearch.Torch.Quantizers;

/// <summary>The quantizer of full precision: changes nothing and has no codes.</summary>
internal sealed class FullPrecision(QuantizationPoint point) : Quantizer(point, Bitwidth.Full)
{
    public override Tensor forward(Tensor values) => values.alias();

    /// <summary>The values' own bits, as int32.</summary>
    public override QuantizedValues Encode(Tensor values)
    {
        using var scope = new TensorScope();
        var floats = values.detach().contiguous().data<float>().ToArray();
        var codes = tensor(Array.ConvertAll(floats, BitConverter.SingleToInt32Bits)).reshape(values.shape);
        return new QuantizedValues(scope.Keep(codes), scope.Keep(empty(0)));
    }

    public override Tensor Decode(Tensor codes, Tensor scales)
    {
        using var scope = new TensorScope();
        var bits = codes.contiguous().data<int>().ToArray();
        return scope.Keep(tensor(Array.ConvertAll(bits, BitConverter.Int32BitsToSingle)).reshape(codes.shape));
    }
}
