using System.Globalization;
using BitSearch.Cli.Storage;
using BitSearch.Study;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Events;

namespace BitSearch.Cli.Studies;

/// <summary>What a run works with: the log, the store and the evaluator.</summary>
internal static class StudyHost
{
    /// <summary>Puts them together.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="folder">Where everything is kept.</param>
    /// <param name="materials">Images and weights.</param>
    /// <param name="verbose">Whether the console shows the log, and the log each step.</param>
    /// <param name="clock">Names the log.</param>
    public static IHost Of(StudyPlan plan, StudyFolder folder, StudyMaterials materials, bool verbose, TimeProvider clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSerilog((_, log) => log
            .MinimumLevel.Is(verbose ? LogEventLevel.Debug : LogEventLevel.Information)
            .WriteTo.Console(
                verbose ? LogEventLevel.Debug : LogEventLevel.Warning,
                standardErrorFromLevel: LogEventLevel.Verbose,
                formatProvider: CultureInfo.InvariantCulture)
            .WriteTo.File(
                Path.Combine(folder.Logs, $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{Environment.ProcessId}.log"),
                outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} [{Level:u3}] {Message:lj} {Properties:j}{NewLine}{Exception}",
                formatProvider: CultureInfo.InvariantCulture));
        builder.Services.AddSingleton(_ => new SqliteTrialStore(folder.Database));
        builder.Services.AddSingleton(_ => materials.Evaluator(plan, folder));
        return builder.Build();
    }
}
