using System.Net.Sockets;
using CommandCenter.Phones;

namespace CommandCenter.Chaos.Load;

/// <summary>One phone that reports by itself in one of the protocols: a fix, tried until it is answered, then the next.</summary>
/// <param name="ledger">Where what was answered is kept.</param>
/// <param name="http">The line.</param>
/// <param name="worker">The worker's place in the ledger.</param>
/// <param name="protocol">The app's.</param>
/// <param name="interval">Between two fixes.</param>
/// <param name="pause">Between two tries of one fix.</param>
/// <param name="onAnswer">Called after each fix that was answered.</param>
public sealed class PhoneLoad(
    Ledger ledger, HttpClient http, int worker, PhoneProtocol protocol, TimeSpan interval, TimeSpan pause, Action? onAnswer = null)
{
    private readonly IPhoneApp _app = PhoneApps.TryCreate(protocol, ledger.Workers[worker].Device)
        ?? throw new ArgumentException("This worker's phone lacks what the protocol signs in with.", nameof(worker));

    // The other apps write whole seconds.
    private readonly int _unitMs = protocol is PhoneProtocol.TraccarNested or PhoneProtocol.BatchJson or PhoneProtocol.BatchMessagePack ? 1 : 1_000;

    /// <summary>As <see cref="GatewayLoad.RunAsync"/>.</summary>
    public async Task RunAsync(CancellationToken taking, CancellationToken giveUp)
    {
        var last = 0L;
        while (!taking.IsCancellationRequested)
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / _unitMs * _unitMs;
            if (now > last)
            {
                last = now;
                await ReportAsync(now, giveUp);
            }

            await Task.Delay(interval, taking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes one fix and sends it until it is answered.</summary>
    public Task ReportAsync(long fixTimeMs, CancellationToken giveUp)
    {
        ledger.Taken(worker, fixTimeMs);
        return DeliverAsync(Walk.FixAt(ledger.Workers[worker], fixTimeMs), giveUp);
    }

    private async Task DeliverAsync(PhoneFix fix, CancellationToken giveUp)
    {
        var tries = 0;
        while (true)
        {
            try
            {
                tries++;
                using var request = _app.Compose([fix]);
                using var answer = await http.SendAsync(request, giveUp);
                if (answer.IsSuccessStatusCode)
                {
                    var verdict = (await _app.ReadAsync(answer, 1, giveUp))[0];
                    if (verdict.Refusal is { } reason && !verdict.SendAgain)
                    {
                        ledger.Refuse(reason);
                        return;
                    }

                    if (verdict.Refusal is null)
                    {
                        var (longitude, latitude) = Walk.At(ledger.Workers[worker], fix.FixTimeMs);
                        ledger.Keep(worker, new AnsweredFix(fix.FixTimeMs, longitude, latitude, tries));
                        onAnswer?.Invoke();
                        return;
                    }
                }
            }
            catch (HttpRequestException e)
            {
                tries -= e.HttpRequestError == HttpRequestError.ConnectionError ? 1 : 0;
            }
            catch (SocketException)
            {
                tries--;
            }
            catch (OperationCanceledException) when (!giveUp.IsCancellationRequested)
            {
                // No answer in time: whether it arrived is not known, so it is sent again.
            }

            await Task.Delay(pause, giveUp);
        }
    }
}
