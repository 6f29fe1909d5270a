using BitSearch.Study;

namespace BitSearch.Tests;

public sealed class InMemoryTrialStoreTests : TrialStoreContract
{
    private readonly InMemoryStudy _study = new();

    protected override ITrialStore Create() => new InMemoryTrialStore(_study);
}
