using CommandCenter.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tests.Access;

public sealed class OriginsTests
{
    [TestCase(null, null, ExpectedResult = true, Description = "not a browser")]
    [TestCase("http://center.example:8080", null, ExpectedResult = true)]
    [TestCase("https://center.example:8080", null, ExpectedResult = true, Description = "TLS ended by a proxy")]
    [TestCase("http://center.example", null, ExpectedResult = false, Description = "another port")]
    [TestCase("http://evil.example", null, ExpectedResult = false)]
    [TestCase("http://center.example:8080.evil.example", null, ExpectedResult = false)]
    [TestCase("null", null, ExpectedResult = false, Description = "a sandboxed frame or a file")]
    [TestCase("http://other.example", "same-origin", ExpectedResult = true, Description = "a proxy changed the Host")]
    [TestCase("http://center.example:8080", "cross-site", ExpectedResult = false)]
    [TestCase(null, "same-site", ExpectedResult = false)]
    [TestCase("https://kiosk.example", "cross-site", ExpectedResult = true, Description = "configured")]
    public bool TellsOwnPagesFromOthers(string? origin, string? site)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString("center.example", 8080);
        if (origin is not null)
        {
            request.Headers.Origin = origin;
        }

        if (site is not null)
        {
            request.Headers["Sec-Fetch-Site"] = site;
        }

        return new Origins(Options.Create(new AccessOptions { AllowedOrigins = ["https://kiosk.example"] })).IsOwn(request);
    }
}
