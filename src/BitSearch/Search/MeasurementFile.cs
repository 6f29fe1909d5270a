using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BitSearch.Space;

namespace BitSearch.Search;

/// <summary>A measurement as a file (JSON, docs/sensitivity.md): for people, for other programs, and to be found again.</summary>
/// <param name="Measurement">What was measured.</param>
/// <param name="Fingerprint">SHA-256 over everything that decides the values, 64 hexadecimal digits.</param>
public sealed record MeasurementFile(Measurement Measurement, string Fingerprint)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>What a value says, in words, with its unit.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>What a point's own value says (full precision in <see cref="MeasuredValue.Width"/>); null: there is none.</summary>
    public string? OwnMeaning { get; init; }

    /// <summary>What was measured on what and how, by name.</summary>
    public IReadOnlyDictionary<string, string> Origin { get; init; } = new Dictionary<string, string>();

    /// <summary>How long measuring took.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="PlanException">The disk refuses.</exception>
    public void Write(string path)
    {
        var content = new Content(
            Measurement.Name, Meaning, OwnMeaning, Fingerprint, Digest(Measurement), Math.Round(Time.TotalSeconds, 3), Origin,
            [.. Measurement.Values.Select(v => new Line(v.Point, v.Width.Bits, v.Value, v.StandardError))]);
        WriteBeside.Write(path, stream =>
        {
            JsonSerializer.Serialize(stream, content, Options);
            stream.WriteByte((byte)'\n');
        });
    }

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <returns>Null when it is missing, unreadable, or its values are not those that were written.</returns>
    public static MeasurementFile? Find(string path)
    {
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), Options) is { } content ? Of(content) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static MeasurementFile? Of(Content content)
    {
        var values = content.Values.Select(v => new MeasuredValue(v.Point, new Bitwidth(v.Bits), v.Value, v.StandardError));
        var measurement = new Measurement(content.Measure, values.ToEquatableArray());
        return Digest(measurement) != content.Sha256 ? null : new MeasurementFile(measurement, content.Fingerprint)
        {
            Meaning = content.Meaning,
            OwnMeaning = content.OwnMeaning,
            Origin = content.Origin,
            Time = TimeSpan.FromSeconds(content.Seconds),
        };
    }

    private static string Digest(Measurement measurement) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', measurement.Values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Point} {v.Width} {v.Value:R} {v.StandardError:R}")).Prepend(measurement.Name)))));

    private sealed record Content(
        string Measure, string Meaning, string? OwnMeaning, string Fingerprint, string Sha256, double Seconds, IReadOnlyDictionary<string, string> Origin, Line[] Values);

    private sealed record Line(string Point, int Bits, double Value, double? StandardError);
}
