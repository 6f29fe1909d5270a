namespace BitSearch.Torch.Data;

/// <summary>What to load and how to split it.</summary>
/// <param name="Folder">Where the files are; null looks in the usual places. Data sets without files ignore it.</param>
/// <param name="ValidationCount">
/// Images taken from the training set for validation; 0 for none, null for <see cref="IDataset.DefaultValidation"/>. Ignored
/// when <paramref name="WeightsSawTraining"/>.
/// </param>
/// <param name="WeightsSawTraining">
/// The starting weights were trained on the whole training set, so a validation split of it would be worthless: validation
/// is then the first half of the official test images and test the second half.
/// </param>
/// <param name="Seed">
/// Decides which training images become validation images. It is the seed of the split alone and not of the study, so that
/// studies with different seeds are scored on the same images.
/// </param>
public sealed record DataRequest(string? Folder = null, int? ValidationCount = null, bool WeightsSawTraining = false, ulong Seed = 0);
