using BitSearch.Search;

namespace BitSearch.Tests;

public sealed class ProposerStudyTests() : ProposerStudyContract<IProposer>(24, 10, 35, 60);
