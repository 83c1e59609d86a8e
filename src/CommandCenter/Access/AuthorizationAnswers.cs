using CommandCenter.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace CommandCenter.Access;

/// <summary>401 and 403 as problem+json, whichever way the caller signed in (or did not).</summary>
public sealed class AuthorizationAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Challenged)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Unauthorized("signed-out", "Sign in first: POST /api/session.").ExecuteAsync(context);
        }

        return authorizeResult.Forbidden
            ? Problems.Forbidden("role", "Your role does not allow this.").ExecuteAsync(context)
            : next(context);
    }
}
