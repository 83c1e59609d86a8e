using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;
using CommandCenter.Tracks.Notes;

namespace CommandCenter.Tests.Tracks.Notes;

public sealed class NoteRulesTests
{
    private const string Id = "0198c0de-5f00-7abc-8def-001122334455";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(Fixes.Noon);

    [Test]
    public void ANoteIsTrimmedAndItsLinesEndAlike()
    {
        var note = NoteRules.Check(new NewTrackNote(Id, "w", Now, "  在门口停留\r\n十分钟 "), Now, new Arguments());
        Assert.That(note, Is.EqualTo(new CheckedNote(Guid.Parse(Id), Fixes.Noon, "在门口停留\n十分钟")));
    }

    [TestCase("")]
    [TestCase("  \r\n ")]
    [TestCase(null)]
    [TestCase("bell\a")]
    [TestCase("zero\0")]
    public void ATextThatCannotBeShownIsRefused(string? text) => Assert.That(NoteRules.TextOf(text), Is.Null);

    [Test]
    public void LengthIsCountedInCodePointsAsPostgreSqlDoes()
    {
        Assert.That(NoteRules.TextOf(string.Concat(Enumerable.Repeat("😀", 500))), Is.Not.Null);
        Assert.That(NoteRules.TextOf(new string('轨', 500)), Is.Not.Null);
        Assert.That(NoteRules.TextOf(new string('轨', 501)), Is.Null);
        Assert.That(NoteRules.TextOf(new string('x', 1_000_000)), Is.Null);
    }

    [TestCase(5.0, true)]
    [TestCase(6.0, false)]
    [TestCase(-800.0 * 1440, true)]
    [TestCase(-801.0 * 1440, false)]
    public void AMomentIsNeitherOfTheFutureNorOlderThanTracks(double minutes, bool taken)
    {
        var arguments = new Arguments();
        Assert.That(NoteRules.Check(new NewTrackNote(Id, "w", Now.AddMinutes(minutes), "x"), Now, arguments) is not null, Is.EqualTo(taken));
        Assert.That(arguments.Problem?.ProblemDetails.Extensions["argument"], taken ? Is.Null : Is.EqualTo("at"));
    }

    [TestCase("nothing")]
    [TestCase("00000000-0000-0000-0000-000000000000")]
    [TestCase("{0198c0de-5f00-7abc-8def-001122334455}")]
    [TestCase(null)]
    public void AnIdThatIsNoneIsRefused(string? id)
    {
        var arguments = new Arguments();
        Assert.That(NoteRules.Check(new NewTrackNote(id, "w", Now, "x"), Now, arguments), Is.Null);
        Assert.That(arguments.Problem!.ProblemDetails.Extensions["argument"], Is.EqualTo("id"));
    }

    [Test]
    public void ACursorIsReadAsItWasWritten()
    {
        var arguments = new Arguments();
        Assert.That(NoteRules.PlaceOf(NoteRules.CursorOf(-5, Guid.Parse(Id)), arguments), Is.EqualTo((-5L, Guid.Parse(Id))));
        Assert.That(arguments.Problem, Is.Null);
    }

    [TestCase("12")]
    [TestCase("/0198c0de-5f00-7abc-8def-001122334455")]
    [TestCase("x/0198c0de-5f00-7abc-8def-001122334455")]
    [TestCase("5/ten")]
    public void AMadeUpCursorIsRefused(string cursor)
    {
        var arguments = new Arguments();
        NoteRules.PlaceOf(cursor, arguments);
        Assert.That(arguments.Problem!.ProblemDetails.Extensions["argument"], Is.EqualTo("cursor"));
    }
}
