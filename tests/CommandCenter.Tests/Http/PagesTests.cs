using CommandCenter.Http;

namespace CommandCenter.Tests.Http;

public sealed class PagesTests
{
    [TestCase(3, new[] { 1, 2, 3 }, null)]
    [TestCase(4, new[] { 1, 2, 3 }, null)]
    [TestCase(2, new[] { 1, 2 }, 2L)]
    public void ShowsWhatFitsAndNamesTheLastOneWhenThereIsMore(int size, int[] shown, long? next)
    {
        var page = Pages.Of([1, 2, 3], size, row => row, row => row);
        Assert.That(page.Items, Is.EqualTo(shown));
        Assert.That(page.Next, Is.EqualTo(next is { } key ? Arguments.CursorOf(key) : null));
    }

    [Test]
    public void ReadsItsOwnCursorBack()
    {
        var arguments = new Arguments();
        Assert.That(arguments.IdCursor(Pages.Of([7, 8], 1, row => row, row => row).Next), Is.EqualTo(7));
        Assert.That(arguments.IdCursor(Arguments.CursorOf(int.MaxValue)), Is.EqualTo(int.MaxValue));
        Assert.That(arguments.IdCursor(null), Is.Zero);
        Assert.That(arguments.Problem, Is.Null);
    }

    [Test]
    public void RefusesACursorThatIsNoId()
    {
        foreach (var cursor in new[] { Arguments.CursorOf(1L + int.MaxValue), Arguments.CursorOf("a"), Arguments.CursorOf("-1"), "=", new string('A', 201) })
        {
            var arguments = new Arguments();
            arguments.IdCursor(cursor);
            Assert.That(arguments.Problem?.ProblemDetails.Extensions["argument"], Is.EqualTo("cursor"), cursor);
        }
    }
}
