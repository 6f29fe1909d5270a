using BitSearch.Study;
using YamlDotNet.Core;

namespace BitSearch.Cli.Plans;

/// <summary>Reads plans from YAML, reporting all mistakes at once.</summary>
internal static class PlanFile
{
    /// <summary>Reads a plan.</summary>
    /// <param name="path">As the person named it; so it is in messages.</param>
    /// <exception cref="PlanException">The file cannot be read, or with every mistake in it.</exception>
    public static StudyPlan Read(string path) => Open(path).Plan;

    /// <summary>Reads a plan and what it means: its spaces and budgets.</summary>
    /// <param name="path">As the person named it; so it is in messages.</param>
    /// <param name="folder">What relative paths in it are relative to; null: the file's folder.</param>
    /// <exception cref="PlanException">The file cannot be read, or with every mistake in it.</exception>
    public static PlannedStudy Open(string path, string? folder = null)
    {
        if (path.Length == 0)
        {
            throw new PlanException("plan", "no file is named", "name a plan (YAML), such as search-spaces/quickstart.yaml");
        }

        try
        {
            return Parse(File.ReadAllText(path), path, folder ?? Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanException(path, $"cannot be read: {e.Message}", "name a plan (YAML), such as search-spaces/quickstart.yaml");
        }
    }

    /// <summary>Reads a plan's text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="folder">What relative paths are relative to.</param>
    /// <exception cref="PlanException">With every mistake.</exception>
    public static PlannedStudy Parse(string text, string name, string folder)
    {
        var reading = new PlanReading(name, folder);
        try
        {
            if (YamlTree.Read(text) is { } root)
            {
                reading.Found("", root.Line);
                PlanShape.Plan.TryRead(root, "", reading, out var plan);
                var study = PlanChecks.Check(plan, reading, text);
                reading.ThrowIfWrong();
                return study!;
            }
        }
        catch (YamlException e)
        {
            throw new PlanException($"{name}:{e.Start.Line}", PlanReading.OneLine($"this is no YAML: {e.Message.TrimEnd('.')}"), "mend the line, or a bracket, quote or indentation before it");
        }

        throw new PlanException(name, "the plan is empty", PlanShape.Plan.Expected);
    }
}
