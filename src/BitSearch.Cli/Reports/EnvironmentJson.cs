using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using BitSearch.Reports;

namespace BitSearch.Cli.Reports;

/// <summary><c>environment.json</c>: where and how the study was computed. What is unknown is null.</summary>
[Component("environment-json")]
internal sealed class EnvironmentJson : IReportWriter
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string FileName => "environment.json";

    /// <inheritdoc/>
    public void Write(StudyReport report, Stream output) => Write(report.Facts.Provenance, output);

    /// <summary>Writes it of any run.</summary>
    public static void Write(Provenance from, Stream output)
    {
        using (var writer = new Utf8JsonWriter(output, Layout))
        {
            writer.WriteStartObject();
            writer.WriteString("bitsearch", from.Version);
            writer.WriteString("commit", from.Commit);
            writer.WriteString("dotnet", from.DotNet);
            writer.WriteString("torchsharp", from.TorchSharp);
            writer.WriteString("libtorch", from.LibTorch);
            writer.WriteString("operatingSystem", from.OperatingSystem);
            writer.WriteString("processor", from.Processor);
            Number(writer, "cores", from.Cores);
            Number(writer, "workers", from.Workers);
            Number(writer, "sharedSeconds", from.SharedSeconds);
            writer.WriteString("command", from.Command);
            writer.WriteString("splits", from.Splits);
            writer.WriteString("plan", from.PlanFingerprint);
            writer.WriteString("data", from.DataFingerprint);
            writer.WriteString("weights", from.WeightsFingerprint);
            writer.WriteString("started", Time(from.Started));
            writer.WriteString("finished", Time(from.Finished));
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Number(Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } known)
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
