using CommandCenter.Contracts.Workers;
using CommandCenter.Simulator;

namespace CommandCenter.Tests.Tools;

internal sealed class SimulatorPlanTests
{
    private static readonly string Good = """
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

    [Test]
    public void ReadsTheSecondShapeWithClassesWaterAndDesk()
    {
        var text = Good
            .Replace("[112.56,37.85]],\"edges\":[[0,1]]", "[112.56,37.85],[112.57,37.85],[112.58,37.85]],\"edges\":[[0,1,0],[1,2,4],[2,3,3]]")
            .Replace("\"seed\":7", "\"seed\":7,\"zone\":\"Asia/Shanghai\",\"desk\":{\"user\":\"desk\",\"password\":\"d1\"},"
                + "\"water\":[{\"type\":\"Polygon\",\"coordinates\":[[[112.574,37.8],[112.576,37.8],[112.576,37.9],[112.574,37.9],[112.574,37.8]]]}]");

        var plan = Read(text, out var fault);

        Assert.That(fault, Is.Empty);
        Assert.Multiple(() =>
        {
            Assert.That((plan!.Desk!.User, plan.Desk.Password), Is.EqualTo(("desk", "d1")));
            Assert.That(plan.Water.Holds(112.575, 37.85), Is.True);
            Assert.That(plan.Streets.NeighboursOf(1).ToArray(), Is.EqualTo(new[] { 0 }), "nobody walks along a trunk road");
            Assert.That(plan.Streets.NeighboursOf(2).ToArray(), Is.Empty, "nor over the river");
        });
    }

    [Test]
    public void OldShapeHasNoDeskNoWaterAndWalkableStreets()
    {
        var plan = Read(Good, out _)!;

        Assert.That((plan.Desk, plan.Water.Holds(112.55, 37.85), plan.Streets.NeighboursOf(0).Length), Is.EqualTo(((PlannedDesk?)null, false, 1)));
    }

    [TestCase("\"seed\":7", "\"seed\":7,\"desk\":{\"user\":\"x\"}", "expected \"user\" and \"password\" in \"desk\"")]
    [TestCase("\"seed\":7", "\"seed\":7,\"water\":[{\"type\":\"Point\",\"coordinates\":[1,2]}]", "water 0: expected a GeoJSON Polygon")]
    [TestCase("[[0,1]]", "[[0,1,5]]", "street edge 0: expected a class from 0 to 4 and found 5")]
    [TestCase("[[0,1]]", "[[0,1,4]]", "expected at least one street to walk along")]
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
