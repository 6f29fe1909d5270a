namespace BitSearch;

/// <summary>Guesses which known name a person meant.</summary>
public static class NearestName
{
    /// <summary>
    /// The known name with the fewest edits (insert, delete, replace, swap of neighbours; case ignored) from what was
    /// written, if that is at most a third of the longer of the two, and at least one; else null. The first wins a tie.
    /// </summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        string? best = null;
        var fewest = int.MaxValue;
        foreach (var name in known)
        {
            var edits = Edits(written.ToUpperInvariant(), name.ToUpperInvariant());
            if (edits < fewest && edits <= Math.Max(1, Math.Max(written.Length, name.Length) / 3))
            {
                (best, fewest) = (name, edits);
            }
        }

        return best;
    }

    /// <summary>Optimal string alignment distance (Damerau 1964, neighbours swapped once). Time O(|a| |b|).</summary>
    internal static int Edits(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                var replaced = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replaced, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
