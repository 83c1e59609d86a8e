using CommandCenter.Contracts.Workers;

namespace CommandCenter.Simulator;

/// <summary>
/// How a worker moves, as a pure function of the streets, the beat and the state before: rounds of some minutes with pauses at corners, and
/// rests twice as long, so that about a third is under way at any time. The way is a walk along streets that likes to go
/// straight on, does not turn round but in dead ends, and turns home when it has come too far.
/// </summary>
public static class Patrol
{
    private const float AccelerationMps2 = 0.8f;
    private const double ShareOnPatrol = 1.0 / 3;

    public static Beat BeatOf(StreetGraph streets, PlannedWorker worker, int seed)
    {
        var dice = Dice.Of(seed, worker.Code, "beat");
        var rides = worker.Role == WorkerRole.GridLeader;
        var (east, north) = streets.ToMeters(worker.HomeLongitude, worker.HomeLatitude);
        var cruise = rides ? dice.Between(3.4, 4.6) : dice.Between(1.0, 1.4);
        return new Beat(east, north, (float)cruise, rides ? 800 : 300, worker.Bounds);
    }

    /// <summary>A worker somewhere in the middle of a round or a rest, near home.</summary>
    public static PatrolState Start(StreetGraph streets, PlannedWorker worker, int seed)
    {
        var dice = Dice.Of(seed, worker.Code, "patrol");
        var from = streets.Nearest(worker.HomeLongitude, worker.HomeLatitude);
        var neighbours = streets.NeighboursOf(from);
        var to = neighbours[(int)(dice.Next() * neighbours.Length)];
        var onPatrol = dice.Next() < ShareOnPatrol;
        var whole = onPatrol ? RoundSeconds(ref dice) : RestSeconds(ref dice);
        var state = new PatrolState
        {
            Dice = 0,
            From = from,
            To = to,
            AlongMeters = streets.LengthOf(from, to) * (float)dice.Next(),
            Phase = onPatrol ? PatrolPhase.Walking : PatrolPhase.Resting,
            PhaseLeftSeconds = whole * (float)dice.Next(),
            Indoors = dice.Next() < 0.2,
        };
        return state with { Dice = dice.State };
    }

    /// <summary>The state one second later.</summary>
    public static PatrolState Step(StreetGraph streets, in Beat beat, in PatrolState state)
    {
        var dice = new Dice(state.Dice);
        var left = state.PhaseLeftSeconds - 1;
        var next = state with { PhaseLeftSeconds = left };
        if (left <= 0)
        {
            next = state.OnPatrol
                ? next with { Phase = PatrolPhase.Resting, PhaseLeftSeconds = RestSeconds(ref dice), SpeedMps = 0, Indoors = dice.Next() < 0.2 }
                : next with { Phase = PatrolPhase.Walking, PhaseLeftSeconds = RoundSeconds(ref dice), Indoors = false };
        }
        else if (state.Phase == PatrolPhase.Pausing)
        {
            next = next with
            {
                PauseLeftSeconds = state.PauseLeftSeconds - 1,
                Phase = state.PauseLeftSeconds > 1 ? PatrolPhase.Pausing : PatrolPhase.Walking,
            };
        }
        else if (state.Phase == PatrolPhase.Walking)
        {
            next = Walk(streets, beat, next, ref dice);
        }

        return next with { Dice = dice.State };
    }

    /// <summary>Metres east and north of the streets' middle, and the street's direction in degrees clockwise from north.</summary>
    public static (double East, double North, double HeadingDegrees) PlaceOf(StreetGraph streets, in PatrolState state)
    {
        var (east, north) = streets.At(state.From);
        var (eastTo, northTo) = streets.At(state.To);
        var part = state.AlongMeters / streets.LengthOf(state.From, state.To);
        var heading = Math.Atan2(eastTo - east, northTo - north) * 180 / Math.PI;
        return (east + ((eastTo - east) * (double)part), north + ((northTo - north) * (double)part), heading < 0 ? heading + 360 : heading);
    }

    private static PatrolState Walk(StreetGraph streets, in Beat beat, in PatrolState state, ref Dice dice)
    {
        var wish = beat.CruiseMps * (float)dice.Between(0.9, 1.1);
        var speed = Math.Clamp(wish, state.SpeedMps - AccelerationMps2, state.SpeedMps + AccelerationMps2);
        var along = state.AlongMeters + speed;
        var (from, to) = (state.From, state.To);
        for (var length = streets.LengthOf(from, to); along >= length; length = streets.LengthOf(from, to))
        {
            along -= length;
            (from, to) = (to, NextCorner(streets, beat, from, to, ref dice));
            if (dice.Next() < 0.08)
            {
                return state with
                {
                    From = from,
                    To = to,
                    AlongMeters = 0,
                    SpeedMps = 0,
                    Phase = PatrolPhase.Pausing,
                    PauseLeftSeconds = (float)dice.Between(5, 45),
                };
            }
        }

        return state with { From = from, To = to, AlongMeters = along, SpeedMps = speed };
    }

    private static int NextCorner(StreetGraph streets, in Beat beat, int from, int at, ref Dice dice)
    {
        var (fromEast, fromNorth) = streets.At(from);
        var (east, north) = streets.At(at);
        var goHome = Distance(east - beat.HomeEast, north - beat.HomeNorth) > beat.RoamMeters || !Allowed(streets, beat, at);
        var straightOn = dice.Next() < 0.5;
        var best = -1;
        var bestScore = double.NegativeInfinity;
        foreach (var node in streets.NeighboursOf(at))
        {
            if (node == from || (!goHome && !Allowed(streets, beat, node)))
            {
                continue;
            }

            var (nodeEast, nodeNorth) = streets.At(node);
            var score = goHome ? -Distance(nodeEast - beat.HomeEast, nodeNorth - beat.HomeNorth)
                : straightOn ? Straightness(east - fromEast, north - fromNorth, nodeEast - east, nodeNorth - north)
                : dice.Next();
            (best, bestScore) = score > bestScore ? (node, score) : (best, bestScore);
        }

        return best < 0 ? from : best;
    }

    private static bool Allowed(StreetGraph streets, in Beat beat, int node)
    {
        var (east, north) = streets.At(node);
        var (longitude, latitude) = streets.ToDegrees(east, north);
        return beat.Bounds.Holds(longitude, latitude);
    }

    private static double Straightness(double east1, double north1, double east2, double north2) =>
        ((east1 * east2) + (north1 * north2)) / (Distance(east1, north1) * Distance(east2, north2));

    private static double Distance(double east, double north) => Math.Sqrt((east * east) + (north * north));

    private static float RoundSeconds(ref Dice dice) => (float)dice.Between(240, 1_000);

    private static float RestSeconds(ref Dice dice) => (float)dice.Between(480, 2_000);
}
