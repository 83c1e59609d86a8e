using CommandCenter.Contracts.Workers;
using CommandCenter.Simulator;

namespace CommandCenter.Tests.Tools;

internal sealed class SimulatorPlanTests
{
    private const string Good = """
        {"seed":7,"workers":[{"worker":"G0001","role":"gridLeader","osmandId":"abc","user":"u1","password":"p1","home":[112.55,37.85],"bounds":[112.5,37.8,112.6,37.9]}],
         "streets":{"nodes":[[112.55,37.85],[112.56,37.85]],"edges":[[0,1]]}}
        """;

    private string _file = "";

    [SetUp]
    public void MakeFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [Test]
    public void ReadsWhatTheServerWrites()
    {
        var plan = Read(Good, out var fault);

        Assert.That(fault, Is.Empty);
        Assert.Multiple(() =>
        {
            Assert.That(plan!.Seed, Is.EqualTo(7));
            Assert.That(plan.Workers.Single().Code, Is.EqualTo("G0001"));
            Assert.That(plan.Workers.Single().Role, Is.EqualTo(WorkerRole.GridLeader));
            Assert.That(plan.Workers.Single().Device.OsmandId, Is.EqualTo("abc"));
            Assert.That(plan.Streets.LengthOf(0, 1), Is.EqualTo(878).Within(1));
        });
    }

    [TestCase("\"gridLeader\"", "\"boss\"", "worker 1: expected a role of gridLeader, gridWorker, auxiliary, reserve and found 'boss'")]
    [TestCase("\"G0001\"", "\"\"", "worker 1: expected a code")]
    [TestCase("\"home\":[112.55,37.85]", "\"home\":[112.55]", "worker 1: expected \"home\"")]
    [TestCase("\"home\":[112.55,37.85]", "\"home\":[37.85,112.55]", "worker 1: expected \"home\"")]
    [TestCase("\"osmandId\":\"abc\",\"user\":\"u1\",", "", "worker 1: expected \"osmandId\", or")]
    [TestCase("[[0,1]]", "[[0,2]]", "street edge 0: expected two node numbers from 0 to 1")]
    [TestCase("[[0,1]]", "[]", "expected at least one street")]
    [TestCase("[112.56,37.85]]", "[112.56]]", "street node 1: expected [lon, lat]")]
    [TestCase("\"seed\":7", "\"seed\":7,,", "line 1: expected the plan's JSON")]
    [TestCase("\"workers\":[{", "\"others\":[{", "expected at least one worker")]
    public void SaysWhatIsWrong(string replace, string with, string sentence)
    {
        var broken = Good.Replace(replace, with);

        Assert.That(broken, Is.Not.EqualTo(Good));
        Assert.That(Read(broken, out var fault), Is.Null);
        Assert.That(fault, Does.Contain(sentence).And.Contain(_file));
    }

    [Test]
    public void SaysThatTheFileIsMissing()
    {
        Assert.That(SimulatorPlan.Read(_file + ".nowhere", out var fault), Is.Null);
        Assert.That(fault, Does.StartWith("there is no file"));
    }

    private SimulatorPlan? Read(string text, out string fault)
    {
        File.WriteAllText(_file, text);
        return SimulatorPlan.Read(_file, out fault);
    }
}
