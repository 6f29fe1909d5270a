namespace BitSearch.Bench.Harness;

/// <summary>The time that one run of a piece of work took.</summary>
/// <param name="Cpu">CPU milliseconds: of the computing thread, or of the whole process where one was started for it.</param>
/// <param name="Wall">Milliseconds on the clock.</param>
internal readonly record struct Measurement(double Cpu, double Wall);
