using BitSearch.Space;

namespace BitSearch.Ablation;

/// <summary>Where a trial stands in an ablation. Cells of the same budget and repeat are compared: same bytes, same seed.</summary>
/// <param name="Budget">The budget as it is written, such as <c>as 2 bits</c>.</param>
/// <param name="Pattern">The arm.</param>
/// <param name="Role">How the schedule stands for it.</param>
public sealed record AblationCell(string Budget, SchedulePattern Pattern, AblationRole Role)
{
    /// <summary>The name under which trials are kept: <c>as 2 bits/decreasing/optimum</c>.</summary>
    public string Arm => $"{Budget}/{Pattern.Name()}/{Role.Name()}";

    /// <summary>The cell of a trial's arm; null if it is none.</summary>
    public static AblationCell? Of(string arm)
    {
        var parts = arm.Split('/');
        return parts.Length != 3 ? null : (
            from pattern in Enum.GetValues<SchedulePattern>()
            from role in Enum.GetValues<AblationRole>()
            where pattern.Name() == parts[1] && role.Name() == parts[2]
            select new AblationCell(parts[0], pattern, role)).FirstOrDefault();
    }
}
