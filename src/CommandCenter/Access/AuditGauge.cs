using System.Diagnostics.Metrics;

namespace CommandCenter.Access;

/// <summary>How many audit rows wait in Redis for PostgreSQL, on meter <c>CommandCenter.Access</c>. Every node tells the same number.</summary>
internal static class AuditGauge
{
    private static readonly Meter Meter = new("CommandCenter.Access");
    private static long s_waiting;

    static AuditGauge() =>
        Meter.CreateObservableGauge("commandcenter.audit.spooled", () => Volatile.Read(ref s_waiting), "{row}", "Audit rows that wait in Redis for PostgreSQL");

    public static void Set(long waiting) => Volatile.Write(ref s_waiting, waiting);
}
