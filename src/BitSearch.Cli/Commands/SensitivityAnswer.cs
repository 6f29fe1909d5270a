using BitSearch.Space;
using BitSearch.Torch.Sensitivity;

namespace BitSearch.Cli.Commands;

/// <summary>One value, for scripts.</summary>
internal sealed record SensitivityValue(string Point, int Depth, string Kind, long Elements, int Bits, double Value, double? StandardError);

/// <summary>A measurement, for scripts.</summary>
internal sealed record SensitivityAnswer(
    string Measure, string Meaning, string? OwnMeaning, string Fingerprint, double Seconds, bool Found, IReadOnlyList<SensitivityValue> Values)
{
    /// <summary>The answer; bits of 32 are the point's own value where there is a meaning of it.</summary>
    public static SensitivityAnswer Of(ObtainedMeasurement obtained, NetworkDescription network)
    {
        var (file, points) = (obtained.File, network.Points.ToDictionary(p => p.Name));
        return new SensitivityAnswer(
            file.Measurement.Name, file.Meaning, file.OwnMeaning, file.Fingerprint, file.Time.TotalSeconds, obtained.Found,
            [.. file.Measurement.Values.Select(v => (Value: v, Point: points[v.Point])).Select(v => new SensitivityValue(
                v.Value.Point, v.Point.Depth, v.Point.Kind == PointKind.Weight ? "weights" : "activations", v.Point.Elements, v.Value.Width.Bits, v.Value.Value, v.Value.StandardError))]);
    }
}
