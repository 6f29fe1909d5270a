using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Cli.Reports;

/// <summary>Colours and markers that stay apart for the colour-blind (Okabe &amp; Ito 2008) and on light and dark ground.</summary>
internal static class Palette
{
    private static readonly string[] ArmColors = ["#1B81C5", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#B58900"];

    /// <summary>The colours of search strategies, in their order.</summary>
    public static IReadOnlyList<string> Strategies => ArmColors;

    /// <summary>The colour of homogeneous baselines.</summary>
    public const string Baseline = "#7A7A7A";

    /// <summary>The fill of the chosen schedule's star.</summary>
    public const string Chosen = "#F5C518";

    /// <summary>The shapes of the arms' points, in the order of their colours.</summary>
    public enum Shape
    {
        /// <summary>A disc.</summary>
        Disc,

        /// <summary>A square.</summary>
        Square,

        /// <summary>A triangle that points up.</summary>
        Triangle,

        /// <summary>A square on its corner.</summary>
        Diamond,

        /// <summary>A triangle that points down.</summary>
        Downward,

        /// <summary>A ring: the baselines.</summary>
        Ring,
    }

    /// <summary>An arm's colour and shape, by its place among the report's arms.</summary>
    public static (string Color, Shape Shape) Arm(string name, int place) => name == Trial.BaselineArm
        ? (Baseline, Shape.Ring)
        : (ArmColors[place % ArmColors.Length], (Shape)(place % (int)Shape.Ring));

    /// <summary>The ground of a cell with that many bits: light for few, dark for many, grey for full precision.</summary>
    public static string Bits(Bitwidth width) => width.Bits switch
    {
        32 => "#3A3F44",
        1 => "#F9E196",
        2 => "#F6C86B",
        3 => "#EBA75A",
        4 => "#D98460",
        5 => "#BC6570",
        6 => "#97507C",
        7 => "#6E437F",
        8 => "#483B78",
        < 16 => "#2E3261",
        _ => "#20263F",
    };

    /// <summary>A colour of text that is legible on <see cref="Bits"/>.</summary>
    public static string TextOn(Bitwidth width) => width.Bits <= 3 ? "#2A2118" : "#FFFFFF";

    /// <summary>The colour of a kind of bytes.</summary>
    public static string Kind(LedgerKind kind) => kind switch
    {
        LedgerKind.Codes => "#1B81C5",
        LedgerKind.Scales => "#56B4E9",
        LedgerKind.Norm => "#009E73",
        LedgerKind.Bias => "#B58900",
        LedgerKind.Unquantized => "#CC79A7",
        LedgerKind.Header => "#D55E00",
        _ => "#9A9A9A",
    };
}
