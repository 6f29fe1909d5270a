using CsCheck;

namespace BitSearch.Cli.Tests.Plans;

public sealed class PlanFuzzTests
{
    private static readonly string[] Tokens =
    [
        "", " ", "\n", "\n  ", "\t", ":", ": ", "- ", "{", "}", "[", "]", ",", "#", "&a ", "*a", "? ", "| ", "> ", "'", "\"", "\\", "%YAML 9.9\n", "%TAG ! a\n",
        "---", "...", "!!str ", "!<x> ", "<<: ", "~", "null", "true", "-1", "0", "33", "1e400", "1e-400", ".nan", ".inf", "99999999999999999999999",
        "0x10", "\"\\0\"", "\"\\n\"", "\0", "\r", "\u2028", "\ufeff", "\ud800", "é", "tied", "free", "{}", "[]", "[[]]", "64 KiB", "0x", "avg 0 bits",
    ];

    private static readonly Gen<string> Token = Gen.Int[0, Tokens.Length - 1].Select(i => Tokens[i]);

    private static readonly Gen<Func<string, string>> Mutation = Gen.Select(Gen.Double[0, 1], Gen.Int[0, 40], Gen.Double[0, 1], Token, (at, length, to, token) =>
        new Func<string, string>(text =>
        {
            var start = (int)(at * text.Length);
            var end = Math.Min(text.Length, start + length);
            var piece = text[start..end];
            var rest = text[..start] + token + text[end..];
            var place = (int)(to * rest.Length);
            return length % 2 == 0 ? rest : rest[..place] + piece + rest[place..];
        }));

    private static readonly Gen<Func<string, string>> Values = Gen.Select(Gen.Int[0, 200], Token, (which, token) =>
        new Func<string, string>(text =>
        {
            var colons = Enumerable.Range(0, text.Length - 1).Where(i => text[i] == ':' && text[i + 1] == ' ').ToArray();
            if (colons.Length == 0)
            {
                return text;
            }

            var start = colons[which % colons.Length] + 2;
            var end = text.IndexOfAny([',', '}', '\n'], start);
            return text[..start] + token + (end < 0 ? "" : text[end..]);
        }));

    [Fact]
    public void Whatever_is_done_to_a_plan_it_is_read_or_refused() => Gen.Frequency((1, Mutation), (2, Values)).Array[1, 4].Sample(
        mutations =>
        {
            try
            {
                SamplePlan.Parse(mutations.Aggregate(SamplePlan.Text, (text, mutate) => mutate(text)));
            }
            catch (PlanException e)
            {
                Assert.All(e.Problems, p => Assert.StartsWith("plan.yaml", p.Place, StringComparison.Ordinal));
                Assert.DoesNotContain("\n", string.Concat(e.Problems), StringComparison.Ordinal);
            }
        },
        iter: 1000);
}
