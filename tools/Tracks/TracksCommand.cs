using System.CommandLine;
using CommandCenter.Center;
using CommandCenter.Tracks;

namespace CommandCenter.TrackFiles;

/// <summary>The command line; see <see cref="ExitStatus"/> for what it ends with.</summary>
internal static class TracksCommand
{
    public static RootCommand Build()
    {
        var server = new Option<string>("--server") { Description = "The server's address", DefaultValueFactory = _ => "http://localhost:8080" };
        var user = new Option<string>("--user") { Description = "An administrator; workers outside this account's area are refused", Required = true };
        var passwordFile = new Option<FileInfo?>("--password-file") { Description = $"File with the password; otherwise {CenterConnection.PasswordVariable}" };
        var reason = new Option<string>("--reason") { Description = "Why, for the audit trail", Required = true };
        var number = new Option<string?>("--case") { Description = "A case's number" };
        var files = new Argument<string[]>("files") { Description = "Case exports (.zip), their raw fixes (.jsonl), CSV or GPX", Arity = ArgumentArity.OneOrMore };
        var reimport = new Command("reimport", "Puts fixes of exports back where they are missing. Run again after a break: what is there is passed over.")
        {
            files, server, user, passwordFile, reason, number,
        };
        reimport.SetAction(async (arguments, cancellationToken) =>
        {
            var error = arguments.InvocationConfiguration.Error;
            if (CenterConnection.AddressOf(arguments.GetRequiredValue(server)) is not { } address)
            {
                return await SayAsync(error, "--server: expected an address such as http://localhost:8080.", ExitStatus.BadArgument);
            }

            if (AuditReason.From(arguments.GetRequiredValue(reason), arguments.GetValue(number), out _) is not { } why)
            {
                return await SayAsync(error, $"--reason needs 1 to {AuditReason.MaxLength} characters, --case at most {AuditReason.MaxCaseLength}.", ExitStatus.BadArgument);
            }

            try
            {
                var password = await CenterConnection.PasswordAsync(arguments.GetValue(passwordFile), cancellationToken);
                if (string.IsNullOrEmpty(password))
                {
                    return await SayAsync(error, $"No password: give --password-file or set {CenterConnection.PasswordVariable}.", ExitStatus.BadArgument);
                }

                using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
                var center = new CenterConnection(http);
                await center.SignInAsync(arguments.GetRequiredValue(user), password, cancellationToken);
                var client = new CenterClient(center);
                var status = ExitStatus.Done;
                foreach (var path in arguments.GetRequiredValue(files))
                {
                    var one = await new ReimportRun(client, why, arguments.InvocationConfiguration.Output).RunAsync(path, cancellationToken);
                    status = Math.Max(status, one);
                }

                return status;
            }
            catch (ServerRefusedException e)
            {
                return await SayAsync(error, e.Message, ExitStatus.Refused);
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return await SayAsync(error, $"{address} cannot be reached: {e.Message} Run again: what was put back stays.", ExitStatus.NotReachable);
            }
            catch (InvalidDataException e)
            {
                return await SayAsync(error, e.Message, ExitStatus.BadFile);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return await SayAsync(error, e.Message, ExitStatus.BadArgument);
            }
        });
        return new RootCommand("Exported tracks and a center.") { reimport };
    }

    private static async Task<int> SayAsync(TextWriter error, string message, int status)
    {
        await error.WriteLineAsync(message);
        return status;
    }
}
