using BitSearch.Study;

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
        var text = PlanDocument.Text(path, "search-spaces/quickstart.yaml");
        return Parse(text, path, folder ?? Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Reads a plan's text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="folder">What relative paths are relative to.</param>
    /// <exception cref="PlanException">With every mistake.</exception>
    public static PlannedStudy Parse(string text, string name, string folder) =>
        PlanDocument.Parse(text, name, folder, PlanShape.Plan, (plan, reading) => PlanChecks.Check(plan, reading, text));
}
