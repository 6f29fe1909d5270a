using YamlDotNet.Core;

namespace BitSearch.Cli.Plans;

/// <summary>A YAML file of any of our schemas, read with all its mistakes reported at once.</summary>
internal static class PlanDocument
{
    /// <summary>Reads a file's text.</summary>
    /// <param name="path">As the person named it; so it is in messages.</param>
    /// <param name="example">Such a file that comes along.</param>
    /// <exception cref="PlanException">The file cannot be read.</exception>
    public static string Text(string path, string example)
    {
        if (path.Length == 0)
        {
            throw new PlanException("plan", "no file is named", $"name a plan (YAML), such as {example}");
        }

        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanException(path, $"cannot be read: {e.Message}", $"name a plan (YAML), such as {example}");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <typeparam name="TPlan">What it is read into.</typeparam>
    /// <typeparam name="T">What that means.</typeparam>
    /// <param name="text">YAML.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="folder">What relative paths are relative to.</param>
    /// <param name="shape">How it is written.</param>
    /// <param name="check">Finds the mistakes that no field shows alone, and works out the meaning; null after a mistake.</param>
    /// <exception cref="PlanException">With every mistake.</exception>
    public static T Parse<TPlan, T>(string text, string name, string folder, Shape<TPlan> shape, Func<TPlan, PlanReading, T?> check)
        where T : class
    {
        var reading = new PlanReading(name, folder);
        try
        {
            if (YamlTree.Read(text) is { } root)
            {
                reading.Found("", root.Line);
                shape.TryRead(root, "", reading, out var plan);
                var meaning = check(plan, reading);
                reading.ThrowIfWrong();
                return meaning!;
            }
        }
        catch (YamlException e)
        {
            throw new PlanException($"{name}:{e.Start.Line}", PlanReading.OneLine($"this is no YAML: {e.Message.TrimEnd('.')}"), "mend the line, or a bracket, quote or indentation before it");
        }

        throw new PlanException(name, "the plan is empty", shape.Expected);
    }
}
