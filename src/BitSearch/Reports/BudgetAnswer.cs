namespace BitSearch.Reports;

/// <summary>The best schedules under one budget: fewest validation errors, then fewest bytes, then first tried.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Best">The best of all; null: none fits.</param>
/// <param name="BestHomogeneous">The best homogeneous one; null: none fits.</param>
public sealed record BudgetAnswer(NamedBudget Budget, ReportedSchedule? Best, ReportedSchedule? BestHomogeneous);
