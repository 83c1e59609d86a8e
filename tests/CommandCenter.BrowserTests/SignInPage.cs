using Microsoft.Playwright;

namespace CommandCenter.BrowserTests;

/// <summary>The sign-in form, which the wall's own address shows to who is not signed in.</summary>
public sealed class SignInPage(IPage page)
{
    public ILocator Form => page.GetByTestId("sign-in");

    /// <summary>The words under the form after a refusal.</summary>
    public ILocator Problem => page.GetByTestId("sign-in-problem");

    /// <summary>The words above the form, such as why a session ended.</summary>
    public ILocator Message => page.GetByTestId("sign-in-message");

    /// <param name="view">What follows the path, such as <c>?lang=en&amp;area=140106</c>.</param>
    public async Task OpenAsync(string view = "")
    {
        await page.GotoAsync("/" + view);
        await Form.WaitForAsync();
    }

    public async Task SubmitAsync(string user, string password)
    {
        await Form.Locator("input[name=user]").FillAsync(user);
        await Form.Locator("input[name=password]").FillAsync(password);
        await Form.Locator("button[type=submit]").ClickAsync();
    }

    /// <summary>Signs in and waits until the wall has drawn its first picture.</summary>
    public async Task<WallPage> SignInAsync(string user, string password)
    {
        await SubmitAsync(user, password);
        var wall = new WallPage(page);
        await wall.WaitForPictureAsync();
        return wall;
    }
}
