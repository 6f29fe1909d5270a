using System.Security.Cryptography;
using System.Text;

namespace BitSearch.Trials;

/// <summary>
/// The root of a study's randomness. Every stream is a pure function of the study's seed, a number and a purpose, so
/// that nothing depends on what ran before.
/// </summary>
/// <param name="Value">The study's seed.</param>
public readonly record struct Seed(ulong Value)
{
    /// <summary>The 64-bit seed of the stream for <paramref name="purpose"/> number <paramref name="number"/>.</summary>
    /// <param name="purpose">What the stream is for, such as <c>batches</c>.</param>
    /// <param name="number">The repeat (training streams) or trial number (proposals).</param>
    public ulong Derive(string purpose, long number = 0)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Value}/{purpose}/{number}")), hash);
        return BitConverter.ToUInt64(hash);
    }

    /// <summary>The stream for <paramref name="purpose"/> number <paramref name="number"/>.</summary>
    public Random Stream(string purpose, long number = 0) => new SeededRandom(Derive(purpose, number));
}
