using BitSearch.Tests;
using BitSearch.Torch.Search;

namespace BitSearch.Torch.Tests.Search;

/// <summary>The contract over the proposers that need libtorch: fewer spaces, and more proposals than reinforcement learning warms up with.</summary>
public sealed class TorchProposerContractTests() : ProposerContract<ReinforcementProposer>(spaces: 5, proposals: 24, largest: 40);
