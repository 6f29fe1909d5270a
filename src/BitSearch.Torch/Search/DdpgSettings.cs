namespace BitSearch.Torch.Search;

/// <summary>The numbers of a <see cref="DdpgAgent"/>: those of HAQ's published code (Wang et al. 2019), but for the neurons (300 there).</summary>
internal sealed record DdpgSettings
{
    /// <summary>Neurons of each of the two hidden layers.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Transitions an update.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Adam's rate for the actor.</summary>
    public double ActorRate { get; init; } = 1e-4;

    /// <summary>Adam's rate for the critic.</summary>
    public double CriticRate { get; init; } = 1e-3;

    /// <summary>How far the target networks follow at each update.</summary>
    public double Tau { get; init; } = 0.01;

    /// <summary>What the next state's value counts.</summary>
    public double Discount { get; init; } = 1;

    /// <summary>How far the rewards' baseline follows the mean reward of each batch.</summary>
    public double BaselineRate { get; init; } = 0.5;
}
