using CommandCenter.Alarms;
using CommandCenter.Alarms.Board;
using CommandCenter.Dispatch.Attachments;
using CommandCenter.Dispatch.Notes;
using CommandCenter.Http;
using CommandCenter.Tests.Alarms;
using CommandCenter.Tests.Positions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tests.Dispatch;

public sealed class NoteRulesTests
{
    [TestCase(" 在二楼\r\n三楼 ", "在二楼\n三楼")]
    [TestCase("a\tb", "a\tb")]
    [TestCase("", null)]
    [TestCase(" \n ", null)]
    [TestCase("a\0", null)]
    [TestCase(null, null)]
    public void ANoteIsSomeTextInLines(string? said, string? text)
    {
        var arguments = new Arguments();
        Assert.That(NoteRules.TextOf(said, arguments), Is.EqualTo(text ?? ""));
        Assert.That(arguments.Problem is null, Is.EqualTo(text is not null));
    }

    [Test]
    public void NotesAreTakenForThirtyDaysAfterTheEnd()
    {
        var time = new ManualTime();
        var life = new AlarmLife(null!, new AlarmBoard(), null!, time, Options.Create(new AlarmOptions()));
        var open = Steps.Fold(Steps.Raised());
        var closed = Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Resolved) with { AtMs = time.NowMs });

        time.Pass(TimeSpan.FromDays(30));
        Assert.That((life.RefusalOfNotes(open), life.RefusalOfNotes(closed)), Is.EqualTo(((AlarmRefusal?)null, (AlarmRefusal?)null)));
        time.Pass(TimeSpan.FromMilliseconds(1));
        Assert.That((life.RefusalOfNotes(open), life.RefusalOfNotes(closed)), Is.EqualTo(((AlarmRefusal?)null, AlarmRefusal.TooLate)));
    }

    [Test]
    public void ALedgerThatIsFullTakesNoMore()
    {
        var life = new AlarmLife(null!, new AlarmBoard(), null!, new ManualTime(), Options.Create(new AlarmOptions()));
        var long_ = Steps.Fold([Steps.Raised(), .. Enumerable.Range(0, 4_999).Select(n => Steps.Of(AlarmStep.Note, of: $"{n}"))]);

        Assert.That(life.RefusalOfNotes(long_), Is.EqualTo(AlarmRefusal.Full));
    }

    [Test]
    public void WhatAStepSaysOfAFileComesBackAsItWas()
    {
        var row = new AttachmentRow
        {
            AlarmId = Steps.Alarm,
            Id = Guid.NewGuid(),
            Name = "现场.png",
            Type = "image/png",
            Size = 3,
            Sha256 = [1, 2],
            Speaker = "w7",
            ByName = "YZ-0001",
            AfterEnd = true,
            AtMs = 5,
        };

        Assert.That(AlarmEvent.FromJson(row.ToEvent().ToJson()), Is.EqualTo(row.ToEvent()));
        Assert.That(AlarmEvent.FromJson(row.ToEvent().ToJson()).File, Is.EqualTo(new AttachedFile(row.Id, "现场.png", "image/png", 3, "0102")));
    }

    [Test]
    public void NotesAndFilesChangeNothingButThatTheyAreThere()
    {
        var before = Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Resolved));
        var after = AlarmFold.Apply(AlarmFold.Apply(before, Steps.Of(AlarmStep.Note)), Steps.Of(AlarmStep.Attached))!;

        Assert.That(after with { Seen = before.Seen, Version = before.Version }, Is.EqualTo(before));
        Assert.That(after.Version, Is.EqualTo(before.Version + 2), "so that walls are told");
    }

    [Test]
    public void OneSpeakersNoteIsOneAndAnothersIsAnother()
    {
        var given = Guid.NewGuid();
        var ids = new[] { "a1", "w1", "a1" }.Select(speaker => AlarmIds.Note(Steps.Alarm, speaker, given)).ToList();
        Assert.That(ids.Distinct().Count(), Is.EqualTo(2));
        Assert.That(ids[2], Is.EqualTo(ids[0]));
    }

    [Test]
    public void RoomForFilesOnTheirWayIsGivenBackAndOneAlwaysFits()
    {
        var room = new AttachmentRoom(Options.Create(new AlarmOptions { AttachmentsInFlightMegabytes = 1 }));

        using (room.TryTake(5_000_000))
        {
            Assert.That(room.TryTake(1), Is.Null);
        }

        using var first = room.TryTake(1_000_000);
        using var second = room.TryTake(40_000);
        Assert.That((first, second), Is.Not.EqualTo(((IDisposable?)null, (IDisposable?)null)));
        Assert.That(room.TryTake(40_000), Is.Null);
        first!.Dispose();
        first.Dispose();
        Assert.That(room.TryTake(1_000_000), Is.Not.Null);
        Assert.That(room.TryTake(40_000), Is.Null, "given back once");
    }
}
