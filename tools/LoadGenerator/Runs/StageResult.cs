using CommandCenter.LoadGenerator.Measuring;

namespace CommandCenter.LoadGenerator.Runs;

/// <summary>What one measured stretch came to. Rates are per second, times in milliseconds; null where nothing of the kind happened.</summary>
internal sealed record StageResult
{
    public required string Name { get; init; }

    public required double Seconds { get; init; }

    public int Connections { get; init; }

    public int Walls { get; init; }

    /// <summary>Answers, whatever they carry: what the baseline is compared by.</summary>
    public double AnswersPerSecond { get; init; }

    /// <summary>Fixes.</summary>
    public double AcceptedPerSecond { get; init; }

    /// <summary>From when a request was due to its whole answer.</summary>
    public double? AnswerP50 { get; init; }

    public double? AnswerP99 { get; init; }

    /// <summary>From a fix's time to its frame at a wall.</summary>
    public double? WallP50 { get; init; }

    public double? WallP99 { get; init; }

    public double FramesPerSecond { get; init; }

    /// <summary>Workers in the frames of all walls.</summary>
    public double RecordsPerSecond { get; init; }

    /// <summary>All bytes of frames but the first, a worker in them.</summary>
    public double? BytesPerMovedWorker { get; init; }

    public Usage? Usage { get; init; }

    /// <summary>What a reader of the figures must know, such as that the asked rate was not reached.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
