namespace BitSearch.Torch.Data;

/// <summary>Random orders.</summary>
public static class Permutation
{
    /// <summary>A uniformly random order of 0..<paramref name="count"/> - 1 (Fisher and Yates; Durstenfeld 1964). O(n).</summary>
    /// <param name="count">At least 0.</param>
    /// <param name="random">Draws max(0, count - 1) numbers.</param>
    public static int[] Of(int count, Random random)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (var i = count - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
