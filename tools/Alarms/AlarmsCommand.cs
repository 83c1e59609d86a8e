using System.CommandLine;
using System.Text.Json;
using CommandCenter.Center;
using CommandCenter.Contracts.Alarms;

namespace CommandCenter.AlarmProof;

/// <summary>The command line; see <see cref="ExitStatus"/> for what it ends with.</summary>
internal static class AlarmsCommand
{
    private static readonly JsonSerializerOptions Indented = new(CenterConnection.Json) { WriteIndented = true };

    public static RootCommand Build()
    {
        var server = new Option<string>("--server") { Description = "The server's address", DefaultValueFactory = _ => "http://localhost:8080" };
        var user = new Option<string>("--user") { Description = "A dispatcher, supervisor or administrator; alarms of this account's area are counted", Required = true };
        var passwordFile = new Option<FileInfo?>("--password-file") { Description = $"File with the password; otherwise {CenterConnection.PasswordVariable}" };
        var from = new Option<string?>("--from") { Description = "ISO 8601 with its zone; a day before --to when left out" };
        var to = new Option<string?>("--to") { Description = "The same, exclusive; now when left out" };
        var area = new Option<string?>("--area") { Description = "Code of an area below the account's" };
        var json = new Option<bool>("--json") { Description = "Print the server's answer" };
        var reconcile = new Command("reconcile", "Says whether every alarm that was received is stored and was shown, and whether every ledger holds; status 2 when not.")
        {
            server, user, passwordFile, from, to, area, json,
        };
        reconcile.SetAction(async (arguments, cancellationToken) =>
        {
            var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
            if (CenterConnection.AddressOf(arguments.GetRequiredValue(server)) is not { } address)
            {
                return await SayAsync(error, "--server: expected an address such as http://localhost:8080.", ExitStatus.BadArgument);
            }

            try
            {
                if (await CenterConnection.PasswordAsync(arguments.GetValue(passwordFile), cancellationToken) is not { Length: > 0 } password)
                {
                    return await SayAsync(error, $"No password: give --password-file or set {CenterConnection.PasswordVariable}.", ExitStatus.BadArgument);
                }

                using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
                var center = new CenterConnection(http);
                await center.SignInAsync(arguments.GetRequiredValue(user), password, cancellationToken);
                var query = string.Join('&', new[] { ("from", arguments.GetValue(from)), ("to", arguments.GetValue(to)), ("area", arguments.GetValue(area)) }
                    .Where(pair => pair.Item2 is not null).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}"));
                var sum = await center.GetAsync<AlarmReconciliation>($"api/alarms/reconciliation?{query}", cancellationToken);
                foreach (var line in arguments.GetValue(json) ? [JsonSerializer.Serialize(sum, Indented)] : ReconciliationText.Lines(sum))
                {
                    await output.WriteLineAsync(line);
                }

                return ReconciliationText.IsAccounted(sum) ? ExitStatus.Done : ExitStatus.NotAccounted;
            }
            catch (ServerRefusedException e)
            {
                return await SayAsync(error, e.Message, ExitStatus.Refused);
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return await SayAsync(error, $"{address} cannot be reached: {e.Message}", ExitStatus.NotReachable);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return await SayAsync(error, e.Message, ExitStatus.BadArgument);
            }
        });
        return new RootCommand("Proof that no alarm was lost.") { reconcile };
    }

    private static async Task<int> SayAsync(TextWriter error, string message, int status)
    {
        await error.WriteLineAsync(message);
        return status;
    }
}
