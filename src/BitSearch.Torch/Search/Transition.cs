namespace BitSearch.Torch.Search;

/// <summary>One decision of a finished episode.</summary>
/// <param name="State">What was known before it.</param>
/// <param name="Action">What was done, 0 to 1.</param>
/// <param name="Reward">What the episode was worth.</param>
/// <param name="Next">What was known after it; null: it was the last.</param>
internal sealed record Transition(float[] State, float Action, float Reward, float[]? Next);
