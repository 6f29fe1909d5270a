using System.Runtime.CompilerServices;

namespace BitSearch.Tests;

/// <summary>
/// Text that must not change unnoticed: compared with a file under <c>Golden/</c>, or written there when
/// <c>BITSEARCH_UPDATE_GOLDEN=1</c> (<c>make golden</c>).
/// </summary>
public static class GoldenFile
{
    public static void Check(string name, string text, [CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "BitSearch.Tests.csproj")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        var path = Path.Combine(folder, "Golden", name);
        if (Environment.GetEnvironmentVariable("BITSEARCH_UPDATE_GOLDEN") == "1")
        {
            WriteBeside.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}
