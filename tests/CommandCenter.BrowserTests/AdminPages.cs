using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>The pages under <c>/admin</c> as an administrator sees them.</summary>
public sealed class AdminPages(IPage page)
{
    public ILocator Shell => page.GetByTestId("admin");

    public ILocator NoRight => page.GetByTestId("no-right");

    /// <summary>Its attribute <c>data-state</c> is waiting, arrived or refused.</summary>
    public ILocator Arrival => page.GetByTestId("arrival");

    public ILocator Table(string name) => page.GetByTestId(name);

    /// <summary>Signs in on a page's own address, and is there then.</summary>
    public async Task SignInAsync(string path, string user, string password)
    {
        await page.GotoAsync(path);
        await new SignInPage(page).SubmitAsync(user, password);
        await Shell.WaitForAsync();
    }

    public Task OpenAsync(string key) => page.GetByTestId($"menu-{key}").ClickAsync();

    public Task ConfirmAsync() => page.GetByTestId("confirm-yes").ClickAsync();

    /// <summary>Enrols a phone and returns its identifier for Traccar Client, as it is shown.</summary>
    public async Task<string> EnrolAsync(string worker)
    {
        await page.GetByTestId("connect").ClickAsync();
        var search = page.GetByTestId("choose-worker").Locator("input");
        await search.ClickAsync();
        await search.FillAsync(worker);
        await page.GetByTestId($"worker-option-{worker}").ClickAsync();
        await page.GetByTestId("enrol").ClickAsync();
        return await page.GetByTestId("setting-deviceIdentifier").InnerTextAsync();
    }

    public async Task AddAccountAsync(string user, string password)
    {
        await page.GetByTestId("add").ClickAsync();
        var form = page.GetByTestId("account-form");
        await form.Locator("#account-user").FillAsync(user);
        await form.Locator("#account-password").FillAsync(password);
        await form.Locator("button[type=submit]").ClickAsync();
    }

    public async Task PairKioskAsync(string code, string name)
    {
        await page.GetByTestId("add").ClickAsync();
        var form = page.GetByTestId("kiosk-form");
        await form.Locator("#kiosk-code").FillAsync(code);
        await form.Locator("#kiosk-name").FillAsync(name);
        await form.Locator("button[type=submit]").ClickAsync();
    }

    /// <summary>Asks, in the retention list, to keep an area's tracks so many days.</summary>
    public async Task KeepAsync(string area, int days, string reason)
    {
        await page.GetByTestId($"change-{area}").ClickAsync();
        var input = page.GetByTestId("retention-form").Locator("#retention-days");
        await input.FillAsync($"{days}");
        await input.BlurAsync();
        await SubmitKeepingAsync("retention-form", "#retention-reason", reason);
    }

    public async Task SubmitKeepingAsync(string form, string reasonField, string reason)
    {
        await page.GetByTestId(form).Locator(reasonField).FillAsync(reason);
        await page.GetByTestId(form).Locator("button[type=submit]").ClickAsync();
    }

    public async Task PlanErasureAsync(string worker, string reason)
    {
        var search = page.GetByTestId("erasure-worker-select").Locator("input");
        await search.ClickAsync();
        await search.FillAsync(worker);
        await page.GetByTestId($"worker-option-{worker}").ClickAsync();
        await page.Locator("#erasure-reason").FillAsync(reason);
        await page.GetByTestId("erasure-plan").ClickAsync();
    }

    /// <summary>Chooses a file of that kind on the import page and waits for its preview.</summary>
    public async Task ImportAsync(string kind, string name, string text)
    {
        await page.GetByTestId("import-kind").ClickAsync();
        await page.Locator(".el-select-dropdown__item:visible").Nth(kind switch { "areas" => 0, "roster" => 1, _ => 2 }).ClickAsync();
        await page.GetByTestId("import-file").SetInputFilesAsync(new FilePayload
        {
            Name = name,
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes(text),
        });
        await page.GetByTestId("import-report").WaitForAsync();
    }
}
