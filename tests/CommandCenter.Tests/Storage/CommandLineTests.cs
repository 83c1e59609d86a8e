using CommandCenter.Storage;

namespace CommandCenter.Tests.Storage;

public sealed class CommandLineTests
{
    [Test]
    public void ReadsOptionsWithTheirValuesBesideOrBehindAnEqualsSign()
    {
        var line = CommandLine.Parse(["--data", "/srv/cc", "--port=9000", "--no-demo", "--Storage:RedisCallSeconds=3"]);
        Assert.Multiple(() =>
        {
            Assert.That(line.Settings["Storage:DataFolder"], Is.EqualTo("/srv/cc"));
            Assert.That(line.Settings["Storage:RedisCallSeconds"], Is.EqualTo("3"));
            Assert.That(line.Urls, Is.EqualTo("http://localhost:9000"));
            Assert.That(line.Demo, Is.False);
        });
    }

    [TestCase("--nonsense")]
    [TestCase("start")]
    [TestCase("--port")]
    [TestCase("--port=0")]
    [TestCase("--port=70000")]
    [TestCase("--port=eighty")]
    [TestCase("--data=")]
    [TestCase("--demo=yes")]
    [TestCase("--demo", "--no-demo")]
    public void RefusesWhatItDoesNotKnow(params string[] arguments)
    {
        var refused = Assert.Throws<StartupRefusedException>(() => CommandLine.Parse(arguments));
        Assert.That(refused!.Code, Is.EqualTo(ExitCode.Usage));
    }

    [Test]
    public void NamesEveryExitStatusInItsHelp()
    {
        var help = CommandLine.Parse(["--help"]).Answer;
        Assert.Multiple(() =>
        {
            foreach (var code in Enum.GetValues<ExitCode>())
            {
                Assert.That(help, Does.Match($@"\s{(int)code} "), code.ToString());
            }
        });
    }

    [TestCase("http://0.0.0.0:8080")]
    [TestCase("http://localhost:8080;http://*:80")]
    [TestCase("http://192.168.1.5:8080")]
    public void DemoListensOnLoopbackOnly(string urls)
    {
        Assert.That(ServerLife.Addresses(urls, demo: false), Is.EqualTo(urls));
        Assert.Throws<StartupRefusedException>(() => ServerLife.Addresses(urls, demo: true));
    }

    [TestCase("http://localhost:8080")]
    [TestCase("http://127.0.0.1:8080;http://[::1]:8080")]
    public void DemoMayListenOnAnyLoopbackAddress(string urls) => Assert.That(ServerLife.Addresses(urls, demo: true), Is.EqualTo(urls));
}
