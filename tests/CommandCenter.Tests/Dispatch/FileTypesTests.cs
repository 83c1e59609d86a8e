using System.Text;
using CommandCenter.Dispatch.Attachments;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Dispatch;

public sealed class FileTypesTests
{
    [TestCase("\u00ff\u00d8\u00ff\u00e1..Exif", "text/html", "image/jpeg")]
    [TestCase("\u0089PNG\r\n\u001a\n....", "image/svg+xml", "image/png")]
    [TestCase("RIFF....WEBPVP8 ", null, "image/webp")]
    [TestCase("RIFF....WAVEfmt ", "image/webp", null)]
    [TestCase("%PDF-1.7", "image/png", "application/pdf")]
    [TestCase(" %PDF-1.7", "application/pdf", null)]
    [TestCase("\0\0\0\u0018ftypM4A \0\0\0\0", "video/mp4", "audio/mp4")]
    [TestCase("\0\0\0\u0018ftypisom\0\0\0\0", "video/mp4", "video/mp4")]
    [TestCase("\0\0\0\u0018ftypmp42\0\0\0\0", "Audio/MP4; codecs=mp4a", "audio/mp4")]
    [TestCase("\0\0\0\u0018ftypheic\0\0\0\0", "image/jpeg", null)]
    [TestCase("\0\0\0\u0018ftypavif\0\0\0\0", "video/mp4", null)]
    [TestCase("\0\0\0\u0018ftypqt  \0\0\0\0", "video/mp4", null)]
    [TestCase("ID3\u0004", null, "audio/mpeg")]
    [TestCase("\u00ff\u00fb\u0090\u0064", null, "audio/mpeg")]
    [TestCase("\u00ff\u00f1\u0050\u0080", "audio/mpeg", null, Description = "AAC")]
    [TestCase("\u00ff\u00fe<\0h\0", "audio/mpeg", null, Description = "UTF-16 text")]
    [TestCase("<!doctype html>", "image/png", null)]
    [TestCase("<svg xmlns", "image/png", null)]
    [TestCase("GIF89a", "image/gif", null)]
    [TestCase("", "image/png", null)]
    [TestCase("\u00ff\u00d8", "image/jpeg", null)]
    public void AFileIsWhatItsFirstBytesSay(string bytes, string? declared, string? type) =>
        Assert.That(FileTypes.Of(Encoding.Latin1.GetBytes(bytes), declared), Is.EqualTo(type));

    [TestCase("现场 1.jpg", "image/jpeg", "现场 1.jpg")]
    [TestCase("IMG.JPEG", "image/jpeg", "IMG.JPEG")]
    [TestCase("page.html", "image/png", "page.html.png")]
    [TestCase(@"C:\fakepath\a.png", "image/png", "a.png")]
    [TestCase("../../etc/passwd", "application/pdf", "passwd.pdf")]
    [TestCase(null, "audio/mpeg", "attachment.mp3")]
    [TestCase("  ...  ", "image/webp", "attachment.webp")]
    [TestCase(".png", "image/png", "png.png")]
    [TestCase("a\r\nSet-Cookie: x.pdf", "application/pdf", "aSet-Cookie x.pdf")]
    [TestCase("exe\u202egnp.png", "image/png", "exegnp.png")]
    [TestCase("clip.m4v", "video/mp4", "clip.m4v")]
    public void ANameIsANameAndHasTheExtensionOfWhatItIs(string? given, string type, string name) => Assert.That(FileNames.Of(given, type), Is.EqualTo(name));

    [Test]
    public void WhateverIsGivenTheNameIsShortAndWhole() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), given =>
    {
        var name = FileNames.Of(given is null ? null : string.Concat(Enumerable.Repeat(given + "😀", 40)), FileTypes.Png);
        return name.Length is > 4 and <= FileNames.MaxLength && name.EndsWith(".png", StringComparison.OrdinalIgnoreCase) && !name.Any(char.IsControl)
            && new UTF8Encoding(false, true).GetByteCount(name) > 0;
    }).QuickCheckThrowOnFailure();
}
