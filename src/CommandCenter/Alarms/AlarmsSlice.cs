using CommandCenter.Alarms.Board;
using CommandCenter.Alarms.Escalation;
using CommandCenter.Alarms.Keeping;
using CommandCenter.Alarms.Ledger;
using CommandCenter.Alarms.Log;
using CommandCenter.Alarms.Webhooks;
using CommandCenter.Positions;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class AlarmsSlice
{
    public static IHostApplicationBuilder AddAlarms(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AlarmOptions>().BindConfiguration(AlarmOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AlarmOptions>, AlarmOptionsValidation>();
        services.AddOptions<EscalationOptions>().BindConfiguration(EscalationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<EscalationOptions>, EscalationOptionsValidation>();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidation>();

        services.AddSingleton<AlarmLogReader>();
        services.AddSingleton<LedgerStore>();
        services.AddSingleton<AlarmReads>();
        services.AddSingleton<AlarmLedgers>();
        services.AddHostedService<AlarmWriter>();
        services.AddSingleton<HeadArchive>();
        services.AddHostedService<HeadSigner>();

        services.AddAlarmKeeping();

        services.AddSingleton<AlarmBoard>();
        services.AddSingleton<AlarmFeed>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<AlarmFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<AlarmFeed>());

        services.AddSingleton<AlarmLog>();
        services.AddSingleton<AlarmPresses>();
        services.AddSingleton<AlarmDesk>();
        services.AddSingleton<AlarmLife>();
        services.AddSingleton<AlarmViews>();
        services.AddSingleton<AlarmListing>();
        services.AddSingleton<IAlarmReports, DeviceAlarms>();
        services.AddSingleton<AlarmsShown>();
        services.AddHostedService(provider => provider.GetRequiredService<AlarmsShown>());

        services.AddSingleton<HookList>();
        services.AddSingleton<DueSteps>();
        services.AddHostedService<Escalator>();
        services.AddHostedService<HookSender>();
        return builder;
    }

    public static IEndpointRouteBuilder MapAlarms(this IEndpointRouteBuilder app)
    {
        NewAlarmEndpoint.Map(app);
        AlarmEndpoints.Map(app);
        ReconciliationEndpoint.Map(app);
        return app;
    }
}
