using BitSearch.Space;

namespace BitSearch.Reports;

/// <summary>
/// The corner that hypervolumes are measured to. Size: the study's limit, or the float32 size where there is none;
/// error rate: chance, 1 - 1/classes. What lies beyond either side counts nothing.
/// </summary>
/// <param name="Size">The largest size that counts.</param>
/// <param name="ErrorRate">The largest error rate that counts, 0..1.</param>
public sealed record ReferencePoint(MemorySize Size, double ErrorRate);
