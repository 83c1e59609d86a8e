using CommandCenter.Access;
using CommandCenter.Contracts.Access;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Dispatch.Assignments;

/// <summary>Who speaks of an assignment: the phone of a worker, or a dispatcher with a session.</summary>
internal sealed class AssignmentDoor(WatchedDoor phones, DeviceDirectory devices, WorkerDirectory workers)
{
    /// <summary>One of the three: the worker whose phone it is, the dispatcher, or what to answer.</summary>
    public async Task<(Worker? Worker, Viewer? Viewer, IResult? Refusal)> WhoAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.User.TryToViewer() is { } viewer)
        {
            return Permissions.Allows(Permissions.Dispatch, viewer.Role)
                ? (null, viewer, null)
                : (null, null, Problems.Forbidden("role", $"This is for {Permissions.Name(AccountRole.Dispatcher)} and those above."));
        }

        var sender = BasicCredentials.TryRead(context.Request, out var who)
            ? await devices.FindByCredentialsAsync(who.User, who.Password, cancellationToken)
            : DeviceLookup.Unknown;
        return phones.Refuse(context, sender) is { } refusal ? (null, null, refusal)
            : workers.Current[sender.Device!.WorkerId] is { } worker ? (worker, null, null)
            : (null, null, Problems.OutOfScope("worker"));
    }
}
