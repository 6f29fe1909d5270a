using System.Globalization;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests;

public sealed class SeedTests
{
    [Fact]
    public void The_first_numbers_never_change()
    {
        var lines = new List<string>();
        foreach (var seed in new ulong[] { 0, 1, 42, ulong.MaxValue })
        {
            var random = new SeededRandom(seed);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {string.Join(' ', Enumerable.Range(0, 5).Select(_ => random.NextUInt64()))}"));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  ints below 10: {string.Join(' ', Enumerable.Range(0, 10).Select(_ => random.Next(10)))}"));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  doubles: {string.Join(' ', Enumerable.Range(0, 3).Select(_ => random.NextDouble().ToString("R", CultureInfo.InvariantCulture)))}"));
        }

        lines.AddRange(new[] { ("batches", 0L), ("batches", 1L), ("propose/free", 17L) }.Select(s =>
            string.Create(CultureInfo.InvariantCulture, $"stream {s.Item1}/{s.Item2} of 7: {new Seed(7).Derive(s.Item1, s.Item2)}")));
        GoldenFile.Check("seeded-random.txt", string.Join('\n', lines) + "\n");
    }

    [Fact]
    public void The_generator_is_xoshiro256_star_star_seeded_by_splitmix64()
    {
        // SplitMix64 from 0 is published as e220a8397b1dcdaf, 6e789e6aa1b965f4, ...: the first output is rotl(s1 * 5, 7) * 9.
        Assert.Equal(unchecked(System.Numerics.BitOperations.RotateLeft(0x6e789e6aa1b965f4UL * 5, 7) * 9), new SeededRandom(0).NextUInt64());
    }

    [Fact]
    public void Streams_depend_on_seed_purpose_and_number_alone() => Gen.Select(Gen.ULong, Gen.String, Gen.Long).Sample((seed, purpose, number) =>
    {
        Assert.Equal(new Seed(seed).Derive(purpose, number), new Seed(seed).Derive(purpose, number));
        Assert.NotEqual(new Seed(seed).Derive(purpose, number), new Seed(seed + 1).Derive(purpose, number));
        Assert.NotEqual(new Seed(seed).Derive(purpose, number), new Seed(seed).Derive(purpose, unchecked(number + 1)));
        Assert.NotEqual(new Seed(seed).Derive(purpose, number), new Seed(seed).Derive(purpose + "x", number));
    });

    [Fact]
    public void Numbers_stay_in_their_ranges() => Gen.Select(Gen.ULong, Gen.Long, Gen.Long).Sample((seed, a, b) =>
    {
        var (low, high) = (Math.Min(a, b), Math.Max(a, b));
        var random = new SeededRandom(seed);
        var draw = random.NextInt64(low, high);
        Assert.True(low == high ? draw == low : draw >= low && draw < high);
        Assert.InRange(random.NextDouble(), 0, 1 - 1e-16);
        Assert.InRange(random.NextSingle(), 0f, 0.99999997f);
        Assert.InRange(random.Next(), 0, int.MaxValue - 1);
        Assert.Equal(0, random.Next(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(-1));
    });

    [Fact]
    public void Small_ranges_are_uniform()
    {
        var random = new SeededRandom(3);
        var counts = new int[6];
        for (var i = 0; i < 60_000; i++)
        {
            counts[random.Next(6)]++;
        }

        // 20.5 is the 0.999 quantile of chi-square with 5 degrees of freedom.
        Assert.True(counts.Sum(c => Math.Pow(c - 10_000, 2) / 10_000) < 20.5);
    }

    [Fact]
    public void Bytes_are_those_of_the_numbers()
    {
        var (bytes, random) = (new byte[11], new SeededRandom(5));
        new SeededRandom(5).NextBytes(bytes);
        Assert.Equal([.. BitConverter.GetBytes(random.NextUInt64()), .. BitConverter.GetBytes(random.NextUInt64())[..3]], bytes);
    }
}
