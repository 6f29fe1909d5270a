using System.Runtime.CompilerServices;

namespace BitSearch.Tests;

/// <summary>
/// Text that must not change unnoticed: compared with a file under <c>Golden/</c>, or written there when
/// <c>BITSEARCH_UPDATE_GOLDEN=1</c> (<c>make golden</c>).
/// </summary>
public static class GoldenFile
{
    /// <summary>The content of a golden file.</summary>
    public static string Read(string name, [CallerFilePath] string here = "") => File.ReadAllText(PathOf(name, here));

    public static void Check(string name, string text, [CallerFilePath] string here = "")
    {
        var path = PathOf(name, here);
        if (Environment.GetEnvironmentVariable("BITSEARCH_UPDATE_GOLDEN") == "1")
        {
            WriteBeside.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    private static string PathOf(string name, string here)
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "BitSearch.Tests.csproj")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, "Golden", name);
    }
}
