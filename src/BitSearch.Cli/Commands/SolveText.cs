using System.Globalization;
using System.Text;
using BitSearch.Allocation;
using BitSearch.Cli.Plans;

namespace BitSearch.Cli.Commands;

/// <summary>Answers of the solver for people and for spreadsheets.</summary>
internal static class SolveText
{
    /// <summary>The schedule layer by layer, then what it comes to.</summary>
    public static string Of(SolveAnswer answer)
    {
        List<string[]> rows = [["layer", "bits", "tie", "sensitivity", .. answer.Costs.Select(c => $"{c.Name} ({c.Unit})")]];
        rows.AddRange(answer.Layers.Select(l => (string[])[
            l.Layer, l.Bits.ToString(CultureInfo.InvariantCulture), l.Tie ?? "", Number(l.Sensitivity), .. l.Costs.Select(Number)]));
        var text = new StringBuilder().AppendRows(rows);
        text.Append(CultureInfo.InvariantCulture, $"\nschedule: {answer.Schedule}, {answer.Pattern}\n");
        text.Append(CultureInfo.InvariantCulture, $"sensitivity: {answer.Sensitivity:R}, {answer.FromFewestBits:R} from fewest bits everywhere\n");
        foreach (var cost in answer.Costs)
        {
            var limit = cost.Limit is { } most ? $" of at most {Amount(most)} {cost.Unit}" : ", no limit";
            text.Append(CultureInfo.InvariantCulture, $"{PlanReading.OneLine(cost.Name)}: {Amount(cost.Amount)} {cost.Unit}{limit}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"certificate: {answer.Certificate}\ntime per solve: {answer.MillisecondsPerSolve:0.###} ms\n").ToString();
    }

    /// <summary>One line for each optimum, the cheapest first.</summary>
    public static string Csv(SensitivityTable table, BudgetCurve curve)
    {
        var measure = table.Measures[curve.Measure];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\"{PlanReading.OneLine(measure.Name).Replace("\"", "\"\"", StringComparison.Ordinal)} ({measure.Unit})\",sensitivity,schedule\n");
        for (var i = 0; i < curve.Points.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{measure.Amount(curve.Points[i].Cost):R},{curve.Points[i].Sensitivity:R},{curve.SolutionAt(i).Schedule}\n");
        }

        return text.ToString();
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Amount(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
