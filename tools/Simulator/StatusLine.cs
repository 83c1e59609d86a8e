using System.Globalization;
using System.Text;

namespace CommandCenter.Simulator;

/// <summary>Every ten seconds what the run has come to: one line rewritten in place on a terminal, plain lines elsewhere.</summary>
public sealed class StatusLine(TextWriter output, bool inPlace, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private bool _open;

    public async Task RunAsync(Simulation simulation, ServerWatch watch, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                Write(Text(simulation, watch), stays: !inPlace);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the way this ends
        }
    }

    /// <summary>A line that stays.</summary>
    public void Log(string text) => Write(text, stays: true);

    public static string Text(Simulation simulation, ServerWatch watch)
    {
        var counters = simulation.Counters;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{simulation.Workers} workers, {simulation.OnDuty} on duty, {simulation.OnPatrol} on patrol, {simulation.OutOfReach} out of reach; ");
        text.Append(CultureInfo.InvariantCulture, $"sent {counters.Sent}, accepted {counters.Accepted}, refused {counters.Refused}");
        if (counters.Refused > 0)
        {
            text.Append(" (").AppendJoin(", ", counters.RefusedByReason.Select(r => $"{r.Key} {r.Value}")).Append(')');
        }

        text.Append(CultureInfo.InvariantCulture, $", retried {counters.Retried}, waiting {simulation.Waiting}");
        Append(text, counters.Dropped, "dropped");
        Append(text, simulation.NotKnown, "phones not known");
        return text.Append(watch.IsUp switch { true => "; server up", false => "; server away", null => "" }).ToString();
    }

    private static void Append(StringBuilder text, long count, string what)
    {
        if (count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", {count} {what}");
        }
    }

    private void Write(string text, bool stays)
    {
        lock (_gate)
        {
            if (_open)
            {
                output.Write("\r\x1b[K");
            }

            output.Write(clock.GetLocalNow().ToString("HH:mm:ss ", CultureInfo.InvariantCulture) + text);
            _open = !stays;
            if (stays)
            {
                output.WriteLine();
            }

            output.Flush();
        }
    }
}
