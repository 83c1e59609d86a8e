using CommandCenter.Assessment.Periods;
using CommandCenter.Jobs;
using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Assessment.Appeals;

/// <summary>Asks for the periods that a decision touches to be reckoned again.</summary>
internal sealed class Reckoning(JobDesk jobs, SourceKeeping keeping, IOptions<CenterOptions> center, TimeProvider time)
{
    private DateOnly Today => JobWindow.DayOf(time.GetUtcNow(), center.Value);

    /// <summary>What the days were reckoned from is there no more.</summary>
    public async Task<bool> IsGoneAsync(DateOnly from, CancellationToken cancellationToken) => from < await keeping.OldestDayAsync(Today, cancellationToken);

    /// <summary>Days to come are reckoned in their time.</summary>
    public async Task AskAsync(DateOnly from, DateOnly to, string by, CancellationToken cancellationToken)
    {
        var end = to <= Today ? to : Today.AddDays(1);
        if (from < end)
        {
            await jobs.AskAsync(AssessmentJob.Name, jobs.Window(from, end), by, null, cancellationToken);
        }
    }
}
