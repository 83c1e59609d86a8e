using CommandCenter.Access.Kiosks;
using CommandCenter.Areas;
using CommandCenter.Jobs;
using CommandCenter.Storage;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace CommandCenter.Access;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class AccessSlice
{
    private const string Either = "Session";

    public static IHostApplicationBuilder AddAccess(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton<AccountLoading>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<AccountLoading>());
        services.AddSingleton<KioskPresence>();
        services.AddSingleton<KioskPairings>();
        services.AddSingleton<KioskStore>();
        services.AddSingleton<KioskDoor>();
        services.AddHostedService<KioskPresenceFlush>();
        services.AddSingleton<AuditSpool>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditTrail>();
        services.AddHostedService<AuditDrain>();
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<SignInDelay>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<Origins>();
        services.AddSingleton<SetupStore>();
        services.AddSingleton<IStartupStep, SetupLink>();
        services.AddSingleton<IAreaViewers, AreaViewers>();
        services.AddSingleton<IJobAskers, JobAskers>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswers>();
        AddAuthentication(services);

        // Authentication brings it back after Storage took it out: it would read the keys before the schema is there.
        foreach (var early in services.Where(service => service.ImplementationType?.Name == "DataProtectionHostedService").ToList())
        {
            services.Remove(early);
        }

        var authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var (permission, roles) in Permissions.Table)
        {
            authorization.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().RequireClaim(ViewerClaims.Role, roles.Select(Permissions.Name)));
        }

        return builder;
    }

    /// <summary>Who asks and whether they may. Everything that anyone may have (static files) is served before this.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) =>
        app.UseAuthentication().UseMiddleware<AccessMiddleware>().UseAuthorization();

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder app)
    {
        SessionEndpoints.Map(app);
        AccountEndpoints.Map(app);
        AuditEndpoints.Map(app);
        KioskPairingEndpoints.Map(app);
        KioskEndpoints.Map(app);
        SetupEndpoints.Map(app);
        return app;
    }

    private static void AddAuthentication(IServiceCollection services)
    {
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, either => either.ForwardDefaultSelector = SchemeOf)
            .AddCookie()
            .AddBearerToken();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<IOptions<AccessOptions>>((cookie, options) =>
            {
                cookie.Cookie.Name = "commandcenter";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.ExpireTimeSpan = TimeSpan.FromHours(options.Value.CookieHours);
                cookie.SlidingExpiration = true;
                cookie.Events.OnValidatePrincipal = KioskSession.RefreshAsync;
            });
        services.AddOptions<BearerTokenOptions>(BearerTokenDefaults.AuthenticationScheme)
            .Configure<IOptions<AccessOptions>>((bearer, options) =>
            {
                bearer.BearerTokenExpiration = TimeSpan.FromHours(options.Value.TokenHours);
                bearer.Events.OnMessageReceived = context =>
                {
                    context.Token = HubToken(context.Request);
                    return Task.CompletedTask;
                };
            });
    }

    // Browsers cannot set headers on a WebSocket, so hubs alone take the token from the query.
    private static string? HubToken(HttpRequest request) =>
        request.Path.StartsWithSegments("/hubs") && request.Query["access_token"].ToString() is { Length: > 0 } token ? token : null;

    private static string SchemeOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || HubToken(context.Request) is not null
            ? BearerTokenDefaults.AuthenticationScheme
            : CookieAuthenticationDefaults.AuthenticationScheme;
}
