using System.Runtime.CompilerServices;

namespace BitSearch.Cli.Tests;

/// <summary>Files of this repository.</summary>
internal static class RepositoryFile
{
    private static readonly string Root = System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "../../.."));

    public static string Path(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>Compares a text with a file, or writes the file when BITSEARCH_UPDATE_GOLDEN=1.</summary>
    public static void CheckGolden(string name, string text)
    {
        if (Environment.GetEnvironmentVariable("BITSEARCH_UPDATE_GOLDEN") == "1")
        {
            WriteBeside.Write(Path(name), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
        }

        Assert.Equal(File.ReadAllText(Path(name)), text);
    }

    private static string Here([CallerFilePath] string here = "") => here;
}
