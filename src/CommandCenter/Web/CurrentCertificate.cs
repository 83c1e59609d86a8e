using System.Net.Security;
using CommandCenter.Storage;

namespace CommandCenter.Web;

/// <summary>
/// The certificate for the next connection. A server runs for months: every few hours the local authority's is renewed when its time runs out or the machine
/// got other addresses, and an operator's is read again from its file, so that neither needs a restart.
/// </summary>
internal sealed partial class CurrentCertificate(
    HttpsOptions options, string dataFolder, HttpsCertificate first, TimeProvider time, ILogger<CurrentCertificate> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(21);

    private HttpsCertificate _shown = first;
    private SslStreamCertificateContext _context = ContextOf(first);

    public SslStreamCertificateContext Context => Volatile.Read(ref _context);

    /// <summary>Looks once; what is wrong with the files is said, and the certificate of before goes on.</summary>
    internal void Refresh()
    {
        try
        {
            var now = time.GetUtcNow();
            var next = HttpsCertificate.Settle(options, dataFolder, now);
            if (next.Certificate.Thumbprint != _shown.Certificate.Thumbprint)
            {
                _shown = next;
                Volatile.Write(ref _context, ContextOf(next));
                LogChanged(next.Certificate.NotAfter);
            }

            if (_shown.Certificate.NotAfter - now.LocalDateTime < WarnBefore)
            {
                LogEnds(_shown.Certificate.NotAfter);
            }
        }
        catch (Exception e)
        {
            // Whatever it is: a server with an old certificate serves more people than none.
            LogKept(e.Message, _shown.Certificate.NotAfter);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Refresh();
        }
    }

    private static SslStreamCertificateContext ContextOf(HttpsCertificate https) =>
        SslStreamCertificateContext.Create(https.Certificate, https.Between, offline: true);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connections from now on see another certificate, good until {Until:yyyy-MM-dd}")]
    private partial void LogChanged(DateTime until);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate that browsers see ends on {Until:yyyy-MM-dd}: put a new one in its file, no restart is needed")]
    private partial void LogEnds(DateTime until);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate could not be looked after and stays as it is, good until {Until:yyyy-MM-dd}: {Error}")]
    private partial void LogKept(string error, DateTime until);
}
