using System.Globalization;
using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Study;

namespace BitSearch.Cli.Reports;

/// <summary>Numbers as people read them: the only place where results are rounded.</summary>
internal static class Show
{
    /// <summary>A coefficient between -1 and 1; a dash for none.</summary>
    public static string Signed(double value) => double.IsNaN(value) ? "–" : value.ToString("F2", CultureInfo.InvariantCulture);

    /// <summary>An error rate as accuracy: <c>91.73 %</c>.</summary>
    public static string Accuracy(double errorRate) => Percent(1 - errorRate);

    /// <summary>A share: <c>91.73 %</c>.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    /// <summary>A difference of shares in points, with its sign: <c>+1.44</c>.</summary>
    public static string Points(double share) => (100 * share).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>An interval of error rates as accuracies: <c>90.91 to 92.50 %</c>.</summary>
    public static string Accuracy(WilsonInterval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * (1 - interval.High):F2} to {100 * (1 - interval.Low):F2} %");

    /// <summary>A size: <c>103.1 KiB</c>, with two decimals below ten.</summary>
    public static string KiB(MemorySize size) => size == MemorySize.Unlimited ? "unlimited"
        : size.KiB < 10 ? string.Create(CultureInfo.InvariantCulture, $"{size.KiB:F2} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{size.KiB:N1} KiB");

    /// <summary>A whole number with thousands set apart: <c>50,000</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 trial</c>, <c>2 trials</c>.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A time span: <c>1 h 52 min</c>, <c>3 min 20 s</c>, <c>4.2 s</c>.</summary>
    public static string Time(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min"
        : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s"
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");

    /// <summary>A budget: <c>0.10x (107.7 KiB)</c>, or just its size if it was asked for in that unit.</summary>
    public static string Budget(NamedBudget budget) => !budget.IsLimited ? "no limit"
        : budget.Text.EndsWith("iB", StringComparison.Ordinal) ? budget.Text : $"{budget.Text} ({KiB(budget.Budget.Limit)})";

    /// <summary>What sizes are about: <c>packed file</c> or <c>codes and scales</c>.</summary>
    public static string Measure(BudgetMeasure of) => of == BudgetMeasure.Artifact ? "packed file" : "codes and scales of the weights";

    /// <summary>What the bytes of a kind are, in words.</summary>
    public static string Kind(LedgerKind kind) => kind switch
    {
        LedgerKind.Header => "header and index",
        LedgerKind.Codes => "weights",
        LedgerKind.Scales => "scales",
        LedgerKind.Bias => "biases",
        LedgerKind.Norm => "norms",
        LedgerKind.Unquantized => "other float32",
        _ => "padding",
    };

    /// <summary>A test reading's accuracy, or a dash.</summary>
    public static string Test(TestScore? test) => test is { Count: > 0 } ? Percent((double)test.Correct / test.Count) : "–";
}
