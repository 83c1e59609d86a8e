using System.Buffers;
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
public sealed class BatchEndpoints(BatchSenders senders, PhoneDoor door, DeviceReports line, IOptions<PositionOptions> options)
{
    private const string Challenge = "Basic realm=\"CommandCenter\", charset=\"UTF-8\"";

    public static void Map(IEndpointRouteBuilder app) => PhoneDoor.Map<BatchEndpoints>(
        app, "/api/positions", [HttpMethods.Post], (endpoints, context) => endpoints.AnswerAsync(context))
        .WithTags("Phones")
        .WithName("PostPositions")
        .WithSummary("Reports of one device, or of many with a gateway's credentials; JSON or MessagePack, Basic authentication.")
        .AddOpenApiOperationTransformer(DescribeBodyAsync)
        .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(PositionBatchResult), ["application/json", BatchContent.MessagePack]))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

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

    private async ValueTask<IResult> AnswerAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
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

        using (bytes)
        {
            var names = sender.Gateway is null ? null : senders.Names;
            using var body = messagePack
                ? BatchMessagePack.Read(bytes.Memory, limits.MaxBatchReports, names)
                : BatchJson.Read(bytes.Memory.Span, limits.MaxBatchReports, names);
            return body.TooMany ? PositionProblems.TooLarge("batch", limits.MaxBatchReports, "reports")
                : body.Error is { } error ? PositionProblems.Unreadable(error)
                : await SubmitAsync(context, sender, body.Items, BatchContent.AnswersMessagePack(context.Request.Headers.Accept, messagePack));
        }
    }

    private async ValueTask<IResult> SubmitAsync(HttpContext context, BatchSender sender, Memory<BatchItem> items, bool messagePack)
    {
        var rented = ArrayPool<Verdict>.Shared.Rent(items.Length);
        var verdicts = rented.AsMemory(0, items.Length);
        try
        {
            verdicts.Span.Clear();
            var submission = sender.Gateway is { } gateway
                ? await GatewayBatch.SubmitAsync(items, verdicts, senders.ScopeOf(gateway), line, context.RequestAborted)
                : await SubmitOwnAsync(sender.Device!, items, verdicts, context.RequestAborted);
            if (PhoneDoor.Refuse(submission) is { } refusal)
            {
                return refusal;
            }

            await BatchAnswer.WriteAsync(context.Response, verdicts, messagePack, context.RequestAborted);
            return PhoneAnswer.Written;
        }
        finally
        {
            verdicts.Span.Clear();
            ArrayPool<Verdict>.Shared.Return(rented);
        }
    }

    private async ValueTask<Submission> SubmitOwnAsync(Device device, Memory<BatchItem> items, Memory<Verdict> verdicts, CancellationToken cancellationToken)
    {
        using var reports = RentedReports.Of(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            reports.Memory.Span[i] = items.Span[i].Report;
        }

        return await line.SubmitAsync(device, reports.Memory, verdicts, "batch", cancellationToken);
    }
}
