using System.Globalization;
using System.Text;
using BitSearch.Search;
using BitSearch.Space;

namespace BitSearch.Cli.Commands;

/// <summary>A measurement as a table for people: a line a point, in order of depth, a column a width.</summary>
internal static class SensitivityText
{
    /// <summary>The table; points without a value are left out.</summary>
    /// <param name="file">The measurement.</param>
    /// <param name="network">Its points.</param>
    public static string Of(MeasurementFile file, NetworkDescription network)
    {
        var values = file.Measurement.Values.ToDictionary(v => (v.Point, v.Width));
        var widths = file.Measurement.Values.Select(v => v.Width).Where(w => !w.IsFull || file.OwnMeaning is null).Distinct().Order().ToList();
        var errors = file.OwnMeaning is not null && file.Measurement.Values.Any(v => v is { Width.IsFull: true, StandardError: not null });
        List<string[]> rows = [["point", "depth", "elements", .. Own(file.OwnMeaning ?? "", "standard error"), .. widths.Select(w => $"{w} bits")]];
        rows.AddRange(network.Points.Where(p => file.Measurement.Values.Any(v => v.Point == p.Name)).Select(p => (string[])[
            p.Name,
            p.Depth.ToString(CultureInfo.InvariantCulture),
            p.Elements.ToString("N0", CultureInfo.InvariantCulture),
            .. Own(Number(Value(p, Bitwidth.Full)?.Value), Number(Value(p, Bitwidth.Full)?.StandardError)),
            .. widths.Select(w => Number(Value(p, w)?.Value))]));
        return new StringBuilder().AppendRows(rows).ToString();

        MeasuredValue? Value(QuantizationPoint point, Bitwidth width) => values.GetValueOrDefault((point.Name, width));

        string[] Own(string value, string error) => file.OwnMeaning is null ? [] : errors ? [value, error] : [value];
    }

    private static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "-";
}
