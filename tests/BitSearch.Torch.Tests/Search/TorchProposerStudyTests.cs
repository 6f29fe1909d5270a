using BitSearch.Tests;
using BitSearch.Torch.Models;

namespace BitSearch.Torch.Tests.Search;

/// <summary>Strategies that learn with libtorch take longer for a proposal: fewer trials (still beyond the warm-up), and two deaths.</summary>
public sealed class TorchProposerStudyTests() : ProposerStudyContract<Network>(26, 10, 150);
