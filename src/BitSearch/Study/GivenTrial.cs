using BitSearch.Space;

namespace BitSearch.Study;

/// <summary>A trial that no strategy chooses: the study's design does.</summary>
/// <param name="Arm">The arm under which it is kept.</param>
/// <param name="Schedule">What is evaluated.</param>
/// <param name="Repeat">Which replicate, from 0: it decides the training seed.</param>
public sealed record GivenTrial(string Arm, Schedule Schedule, int Repeat);
