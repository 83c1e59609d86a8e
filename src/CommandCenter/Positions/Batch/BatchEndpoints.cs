using CommandCenter.Contracts.Positions;
using CommandCenter.Positions.Protocols;
using CommandCenter.Workers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace CommandCenter.Positions.Batch;

/// <summary>
/// <c>POST /api/positions</c>: up to 5,000 reports of one device with its user and password, or of many with a gateway's. Good items are
/// kept, each bad one is named with its reason; only a body that cannot be read as a whole is refused as one.
/// </summary>
public static class BatchEndpoints
{
    private const string Challenge = "Basic realm=\"CommandCenter\", charset=\"UTF-8\"";

    public static void Map(IEndpointRouteBuilder app) => PhoneDoor.Open(
        app.MapPost("/api/positions", HandleAsync)
            .WithTags("Phones")
            .WithName("PostPositions")
            .WithSummary("Reports of one device, or of many with a gateway's credentials; JSON or MessagePack, Basic authentication.")
            .AddOpenApiOperationTransformer(DescribeBodyAsync)
            .Produces<PositionBatchResult>(contentType: "application/json", additionalContentTypes: BatchContent.MessagePack)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable));

    /// <summary>Written by hand, because what describes a body also turns requests away, before their sender is known.</summary>
    private static async Task DescribeBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(typeof(PositionBatch), parameterDescription: null, cancellationToken);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = schema },
                [BatchContent.MessagePack] = new() { Schema = schema },
            },
        };
    }

    private static async Task<IResult> HandleAsync(
        HttpContext context, BatchSenders senders, PhoneDoor door, DeviceReports line, IOptions<PositionOptions> options, CancellationToken cancellationToken)
    {
        var sender = await senders.FindAsync(context.Request, cancellationToken);
        if (door.Refuse(context, sender.Status, Challenge) is { } refusal)
        {
            return refusal;
        }

        if (BatchContent.IsMessagePack(context.Request.ContentType) is not { } messagePack)
        {
            return PositionProblems.UnknownContentType();
        }

        var limits = options.Value;
        if (await RequestBody.ReadAsync(context.Request, limits.MaxBatchBodyBytes, cancellationToken) is not { } bytes)
        {
            return PositionProblems.TooLarge("body", limits.MaxBatchBodyBytes, "bytes");
        }

        var body = messagePack ? BatchMessagePack.Read(bytes, limits.MaxBatchReports) : BatchJson.Read(bytes, limits.MaxBatchReports);
        if (body.TooMany)
        {
            return PositionProblems.TooLarge("batch", limits.MaxBatchReports, "reports");
        }

        if (body.Error is { } error)
        {
            return PositionProblems.Unreadable(error);
        }

        var (verdicts, failed) = sender.Gateway is { } gateway
            ? await GatewayBatch.SubmitAsync(body.Items, user => senders.FindFor(gateway, user), line, cancellationToken)
            : await SubmitAsync(body.Items, sender.Device!, line, cancellationToken);
        return verdicts is null
            ? PhoneDoor.Refuse(failed)!
            : BatchAnswer.Of(verdicts, BatchContent.AnswersMessagePack(context.Request.Headers.Accept, messagePack));
    }

    private static async Task<(Verdict[]? Verdicts, Submission Failed)> SubmitAsync(
        IReadOnlyList<BatchItem> items, Device device, DeviceReports line, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return ([], default);
        }

        var submission = await line.SubmitAsync(device, [.. items.Select(i => i.Report)], "batch", cancellationToken);
        return submission.Outcome == SubmissionOutcome.Taken ? (submission.Verdicts, default) : (null, submission);
    }
}
