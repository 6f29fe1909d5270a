namespace BitSearch.Space;

internal sealed partial class RuledPoints
{
    // Whoever is tied to one of them already, as projections are, comes along.
    private void Tie(EquatableArray<string> matches, string place)
    {
        bool Matches(QuantizationPoint p) => p.Kind == PointKind.Weight && matches.Any(m => IsMatch(m, p.Layer));
        if (matches.FirstOrDefault(m => !_points.Any(p => p.Kind == PointKind.Weight && IsMatch(m, p.Layer))) is { } stranger)
        {
            Wrong(place, $"'{stranger}' matches no layer of {network.Name}", $"layers are {string.Join(", ", _points.Select(p => p.Layer).Distinct())}");
        }
        else if (Array.Find(_points, p => Matches(p) && p.TieGroup?.StartsWith("space.ties", StringComparison.Ordinal) == true) is { } twice)
        {
            Wrong(place, $"{twice.Layer} is in {twice.TieGroup} already", "name each layer in one tie");
        }
        else
        {
            var known = _points.Where(Matches).Select(p => p.TieGroup).OfType<string>().ToHashSet();
            Change(p => Matches(p) || (p.TieGroup is { } tie && known.Contains(tie)), p => p with { TieGroup = place });
        }
    }

    private void TieActivations()
    {
        for (var i = 0; i < _points.Length; i++)
        {
            if (_points[i] is not { Kind: PointKind.Activation } activation)
            {
                continue;
            }

            var weight = Array.FindIndex(_points, p => p.Kind == PointKind.Weight && p.Layer == activation.Layer);
            if (weight < 0)
            {
                Wrong("space.activations", $"{activation.Name} has no weights in its layer to be tied to", "fix the activations or search their widths");
                continue;
            }

            var tie = _points[weight].TieGroup ?? _points[weight].Name;
            _points[weight] = _points[weight] with { TieGroup = tie };
            _points[i] = _points[weight] with { Name = activation.Name, Kind = activation.Kind, Shape = activation.Shape };
        }
    }
}
