using CommandCenter.Areas;

namespace CommandCenter.Tracks.Meaning;

/// <summary>A stay in an area; metres as they count in trips.</summary>
public readonly record struct Visit(AreaNode Area, long FromMs, long ToMs, double Meters);

/// <summary>
/// Times in and out of the smallest areas along a track. A border between two fixes is crossed on the straight line between them, found by halving it to a
/// thousandth; across gaps nothing is crossed: who is in the same area on both sides stayed, as far as is known, and a silence that ends the track ends the visit.
/// Who is back within VisitSeconds never left. Pure, but for what the tree looks up.
/// </summary>
public static class VisitRules
{
    /// <summary>Long legs are looked at in pieces, so that an area that is crossed within one is not missed, metres.</summary>
    private const double PieceMeters = 50;

    private const int MostPieces = 64;
    private const int Halvings = 10;

    public static List<Visit> Of(TrackMeaning meaning, AreaTree tree, TrackMeaningOptions options)
    {
        var walk = new Walk(meaning, tree, options.VisitSeconds * 1_000L);
        var plane = default(LocalPlane);
        var kept = meaning.Kept;
        for (var i = 0; i < kept.Count; i++)
        {
            if (kept.Legs[i] != Leg.Line)
            {
                walk.Appear(i);
                continue;
            }

            var meters = plane.Meters(kept.Longitude[i - 1], kept.Latitude[i - 1], kept.Longitude[i], kept.Latitude[i]);
            var pieces = (int)Math.Clamp(Math.Ceiling(meters / PieceMeters), 1, MostPieces);
            for (var piece = 1; piece <= pieces; piece++)
            {
                walk.Go(i, (piece - 1) / (double)pieces, piece / (double)pieces);
            }
        }

        walk.End();
        return walk.Visits;
    }

    private sealed class Walk(TrackMeaning meaning, AreaTree tree, long awayMs)
    {
        private readonly KeptFixes _kept = meaning.Kept;
        private AreaNode? _here;
        private long _sinceMs;
        private int _fix;

        /// <summary>With metres counted so far at both ends, until the visits are told.</summary>
        public List<Visit> Visits { get; } = [];

        /// <summary>At a fix to which no line leads.</summary>
        public void Appear(int fix)
        {
            var there = At(fix, 1);
            if (_kept.Legs[fix] == Leg.Start || there != _here)
            {
                Leave(fix == 0 ? 0 : _kept.Ms[fix - 1]);
                Enter(there, _kept.Ms[fix]);
            }

            _fix = fix;
        }

        public void Go(int fix, double from, double to)
        {
            var there = At(fix, to);
            if (there != _here)
            {
                Cross(fix, from, to, _here, there, Halvings);
            }

            _fix = fix;
        }

        public void End()
        {
            Leave(_kept.Count == 0 ? 0 : _kept.Ms[_fix]);
            var counted = new CountedMeters(meaning.Samples);
            for (var i = 0; i < Visits.Count; i++)
            {
                Visits[i] = Visits[i] with { Meters = Math.Max(0, counted.At(Visits[i].ToMs) - counted.At(Visits[i].FromMs)) };
            }
        }

        private void Cross(int fix, double from, double to, AreaNode? before, AreaNode? after, int halvings)
        {
            var middle = (from + to) / 2;
            if (halvings == 0)
            {
                var ms = _kept.Ms[fix - 1] + (long)(middle * (_kept.Ms[fix] - _kept.Ms[fix - 1]));
                Leave(ms);
                Enter(after, ms);
                return;
            }

            var there = At(fix, middle);
            if (there != before)
            {
                Cross(fix, from, middle, before, there, halvings - 1);
            }

            if (there != after)
            {
                Cross(fix, middle, to, there, after, halvings - 1);
            }
        }

        private void Enter(AreaNode? area, long ms)
        {
            // Away for a moment only: the visit before goes on.
            if (area is not null && Visits.Count > 0 && LastOf(area) is var last && last >= 0 && ms - Visits[last].ToMs < awayMs)
            {
                _sinceMs = Visits[last].FromMs;
                Visits.RemoveRange(last, Visits.Count - last);
            }
            else
            {
                _sinceMs = ms;
            }

            _here = area;
        }

        private void Leave(long ms)
        {
            if (_here is not null)
            {
                Visits.Add(new Visit(_here, _sinceMs, ms, 0));
            }

            _here = null;
        }

        /// <summary>The newest visit to the area, as long as what came after it is short; -1 when there is none.</summary>
        private int LastOf(AreaNode area)
        {
            for (var i = Visits.Count - 1; i >= 0 && i >= Visits.Count - 4; i--)
            {
                if (Visits[i].Area == area)
                {
                    return i;
                }
            }

            return -1;
        }

        private AreaNode? At(int fix, double part)
        {
            double longitude = _kept.Longitude[fix], latitude = _kept.Latitude[fix];
            if (part < 1)
            {
                longitude = _kept.Longitude[fix - 1] + (part * (longitude - _kept.Longitude[fix - 1]));
                latitude = _kept.Latitude[fix - 1] + (part * (latitude - _kept.Latitude[fix - 1]));
            }

            return tree.Locate(longitude / 1e7, latitude / 1e7, _here);
        }
    }
}
