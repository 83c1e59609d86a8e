using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Import;
using CommandCenter.Geo;
using CommandCenter.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CommandCenter.Import;

/// <summary>The operator's own files. Without <c>apply=true</c> nothing is stored: the answer says what would be.</summary>
internal static class ImportEndpoints
{
    /// <summary>A body a little too large is still taken off the wire, so that the client hears why instead of a broken connection.</summary>
    private const int DrainedTimes = 4;

    private static readonly string[] GeoJson = ["application/geo+json", "application/json"];
    private static readonly string[] Csv = ["text/csv", "text/plain", "application/vnd.ms-excel"];

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/import").WithTags("Import");
        Describe(group.MapPost("areas", AreasAsync), GeoJson).RequireAuthorization(AreaEndpoints.ManagePolicy)
            .WithSummary("Areas from a GeoJSON FeatureCollection: preview, or apply=true with the preview's fingerprint.");
        Describe(group.MapPost("roster", RosterAsync), Csv).RequireAuthorization(Permissions.ManageWorkers)
            .WithSummary("Workers from CSV (code, name, role, area, phone): preview, or apply=true with the preview's fingerprint.");
        Describe(group.MapPost("devices", DevicesAsync), Csv).RequireAuthorization(Permissions.EnrolDevices)
            .WithSummary("Devices from CSV (worker, label): preview, or apply=true, whose answer alone shows the secrets.");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string[] accepted) => endpoint
        .WithMetadata(new TakenMediaTypes(accepted))
        .Produces<ImportReport>().Produces<ImportReport>(422)
        .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);

    private static Task<IResult> AreasAsync(
        string? apply, string? fingerprint, string? datum, HttpContext context, ClaimsPrincipal user, ImportDesk desk, AreaImports imports, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var from = arguments.OneOf("datum", datum, Datums.Words) ?? Datum.Wgs84;
        var viewer = user.ToViewer();
        return HandleAsync(
            context, arguments, apply, fingerprint, viewer, $"areas {from}", desk, (ImportText text, out ImportRefusal? refusal) => imports.Read(text, from, viewer, out refusal), cancellationToken);
    }

    private static Task<IResult> RosterAsync(
        string? apply, string? fingerprint, HttpContext context, ClaimsPrincipal user, ImportDesk desk, RosterImports imports, CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        return HandleAsync(
            context, new Arguments(), apply, fingerprint, viewer, "roster", desk, (ImportText text, out ImportRefusal? refusal) => imports.Read(text, viewer, out refusal), cancellationToken);
    }

    private static Task<IResult> DevicesAsync(
        string? apply, string? fingerprint, HttpContext context, ClaimsPrincipal user, ImportDesk desk, DeviceImports imports, CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        return HandleAsync(
            context, new Arguments(), apply, fingerprint, viewer, "devices", desk, (ImportText text, out ImportRefusal? refusal) => imports.Read(text, viewer, out refusal), cancellationToken);
    }

    private static Task<IResult> HandleAsync(
        HttpContext context,
        Arguments arguments,
        string? apply,
        string? fingerprint,
        Viewer viewer,
        string options,
        ImportDesk desk,
        ImportDesk.Reader reader,
        CancellationToken cancellationToken)
    {
        var write = arguments.Flag("apply", apply) ?? false;
        if (write && string.IsNullOrEmpty(fingerprint))
        {
            arguments.Refuse("fingerprint", "the one of the preview");
        }

        if (arguments.Problem is { } problem)
        {
            return Task.FromResult<IResult>(problem);
        }

        var accepted = context.GetEndpoint()!.Metadata.GetRequiredMetadata<TakenMediaTypes>().Names;
        var mediaType = context.Request.ContentType?.Split(';')[0].Trim();
        if (!accepted.Contains(mediaType, StringComparer.OrdinalIgnoreCase))
        {
            return Task.FromResult<IResult>(ImportRefusals.MediaType(mediaType, accepted).ToResult());
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = (long)context.RequestServices.GetRequiredService<IOptions<ImportOptions>>().Value.MaxBytes * DrainedTimes;
        }

        return desk.HandleAsync(context.Request, new ImportRequest(viewer, write, fingerprint, options), reader, cancellationToken);
    }

    private sealed record TakenMediaTypes(IReadOnlyList<string> Names);
}
