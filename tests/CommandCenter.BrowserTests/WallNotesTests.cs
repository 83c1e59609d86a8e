using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CommandCenter.BrowserTests;

/// <summary>Two dispatchers before one alarm: what one writes and attaches, the other has on the card at once, and the report lists it.</summary>
public sealed class WallNotesTests
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private DemoPages _pages = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _pages = await DemoPages.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _pages.DisposeAsync();

    [Test]
    public async Task WhatOneWritesAndAttachesTheOtherSeesAndTheReportLists()
    {
        var (desk, deskWatch) = await _pages.SignedInAsync("dispatcher");
        var (other, otherWatch) = await _pages.SignedInAsync("supervisor");
        await PressAsync();
        await new AlarmBanner(desk).Details.ClickAsync();
        await new AlarmBanner(other).Details.ClickAsync();
        await Expect(other.GetByTestId("alarm-notes")).ToBeVisibleAsync();

        // By keyboard alone.
        await desk.GetByTestId("alarm-note-text").FillAsync("家属已联系，\n在二楼");
        await desk.GetByTestId("alarm-note-text").PressAsync("Control+Enter");
        await Expect(desk.GetByTestId("alarm-note-text")).ToHaveValueAsync("");
        await Expect(other.Locator("[data-step=note]")).ToContainTextAsync("在二楼");

        await desk.GetByTestId("alarm-file").SetInputFilesAsync([File("现场.png", "image/png", Png), File("记录.pdf", "application/pdf", "%PDF-1.4 x"u8.ToArray())]);
        await Expect(other.GetByTestId("attachment-picture")).ToHaveCountAsync(1);
        await Expect(other.GetByTestId("attachment-link")).ToContainTextAsync("记录.pdf");
        await Expect(desk.GetByTestId("upload")).ToHaveCountAsync(0);
        await Expect(other.Locator("[data-step=attached]")).ToHaveCountAsync(2);
        Assert.That(await Axe.ViolationsAsync(desk), Is.Empty);

        await GiveAsync(desk, "paste");
        await Expect(other.GetByTestId("attachment-picture")).ToHaveCountAsync(2);
        await GiveAsync(desk, "drop");
        await Expect(other.GetByTestId("attachment-picture")).ToHaveCountAsync(3);
        await desk.GetByTestId("alarm-file").SetInputFilesAsync([File("页面.html", "text/html", "<p>"u8.ToArray())]);
        await Expect(desk.Locator("[data-testid=upload][data-state=failed]")).ToContainTextAsync("不支持这种文件");

        await other.GetByTestId("attachment-picture").First.ClickAsync();
        await Expect(other.GetByTestId("picture-dialog").Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await other.Keyboard.PressAsync("ArrowRight");
        await Expect(other.GetByTestId("picture-dialog")).ToContainTextAsync("2 / 3");
        await other.Keyboard.PressAsync("Escape");
        await Expect(other.GetByTestId("picture-dialog")).ToHaveCountAsync(0);
        await Expect(other.GetByTestId("alarm-card")).ToBeVisibleAsync();

        await new AlarmBanner(desk).ResolveAsync("resolved", "已送回");
        await Expect(new AlarmBanner(other).Root).ToHaveCountAsync(0);
        await other.GetByTestId("alarm-note-text").FillAsync("复核");
        await other.GetByTestId("alarm-note-send").ClickAsync();
        await Expect(desk.GetByTestId("after-end")).ToHaveCountAsync(1);
        await Expect(desk.Locator("[data-testid=alarm-ledger]")).ToContainTextAsync("复核");

        Assert.That(deskWatch.Errors.Concat(otherWatch.Errors), Is.Empty);
        var link = await desk.GetByTestId("alarm-report").GetAttributeAsync("href");
        await desk.GotoAsync(_pages.Center.Server.Url + link!.TrimStart('/'));
        await Expect(desk.Locator("table.files tr[data-state=whole]")).ToHaveCountAsync(4);
        await Expect(desk.Locator("table.files")).ToContainTextAsync(Convert.ToHexStringLower(SHA256.HashData(Png)));
        await Expect(desk.Locator("table.files img").First).ToHaveJSPropertyAsync("naturalWidth", 1);
        await Expect(desk.Locator("table.ledger")).ToContainTextAsync("在二楼");
        await Expect(desk.Locator("table.ledger")).ToContainTextAsync("结案后");
    }

    private static FilePayload File(string name, string type, byte[] bytes) => new() { Name = name, MimeType = type, Buffer = bytes };

    /// <param name="page">Whose box.</param>
    /// <param name="way">paste: from the clipboard; drop: from the desktop.</param>
    private static Task GiveAsync(IPage page, string way) => page.GetByTestId("alarm-note-text").EvaluateAsync(
        """
        (box, [base64, way]) => {
          const files = new DataTransfer();
          files.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], "image.png", { type: "image/png" }));
          const often = { bubbles: true, cancelable: true };
          box.dispatchEvent(way === "paste" ? new ClipboardEvent(way, { ...often, clipboardData: files }) : new DragEvent(way, { ...often, dataTransfer: files }));
        }
        """,
        new[] { Convert.ToBase64String(Png), way });

    private async Task PressAsync()
    {
        var phone = _pages.Center.Devices[0];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/alarms")
        {
            Content = JsonContent.Create(new { id = Guid.NewGuid(), kind = "sos", longitude = 112.57, latitude = 37.86, occurredAt = DateTimeOffset.UtcNow }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{phone.User}:{phone.Password}")));
        using var answer = await _pages.Center.Server.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }
}
