using System.Text;
using CommandCenter.Contracts.Import;
using CommandCenter.Contracts.Workers;
using CommandCenter.Import;

namespace CommandCenter.Tests.Import;

/// <summary>Rosters and devices as spreadsheets save them, whole and broken.</summary>
public sealed class CsvTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static readonly Dictionary<string, StoredWorker> Stored = new(StringComparer.OrdinalIgnoreCase)
    {
        ["W1"] = new(1, "W1", "张三", WorkerRole.GridWorker, 5, "13900000001", ["急救"], false),
        ["W2"] = new(2, "W2", "李四", WorkerRole.GridWorker, 5, null, [], false),
        ["GONE"] = new(3, "GONE", "走了", WorkerRole.GridWorker, 5, null, [], true),
        ["FAR"] = new(4, "FAR", "远方", WorkerRole.GridWorker, 3, null, [], false),
    };

    [Test]
    public void ReadsTheSameRosterHoweverItWasSaved()
    {
        const string Chinese = "编号,姓名,角色,区划,电话\r\nW9,王五,网格长,G1,139 0000 0009\r\n";
        const string English = "Phone;ROLE;code;name;area\n+86 13900000009;grid leader;W9;王五;G1\n";
        const string Tabs = "area\tname\tcode\trole\tphone\n\nG1\t王五\tW9\tgridLeader\t\"(139)-0000-0009\"\n\t\t\t\t\n";
        byte[][] files =
        [
            Encoding.UTF8.GetBytes(Chinese),
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Chinese)],
            Gb18030.GetBytes(Chinese),
            Gb18030.GetBytes(English),
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Tabs)],
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Tabs)],
            Encoding.UTF8.GetBytes("sep=;\n" + English),
        ];
        foreach (var file in files)
        {
            var (plan, problems) = Roster(file);
            Assert.That(problems.ToList(), Is.Empty);
            var worker = plan!.Writes.Single();
            Assert.That((worker.Code, worker.Name, worker.Role, worker.HomeAreaId, worker.Phone), Is.EqualTo(("W9", "王五", WorkerRole.GridLeader, 5, "13900000009")));
        }
    }

    [Test]
    public void SkillsAreTakenFromTheirColumnAndStayWithoutOne()
    {
        var (plan, problems) = Roster(Encoding.UTF8.GetBytes("编号,姓名,角色,区划,电话,技能\nW9,王五,网格长,G1,,急救、消防\nW1,张三,网格员,G1,13900000001,\n"));
        Assert.That(problems.ToList(), Is.Empty);
        Assert.That(plan!.Writes.Select(worker => (worker.Code, string.Join('|', worker.Skills), string.Join('|', worker.Fields))), Is.EqualTo(new[] { ("W9", "急救|消防", ""), ("W1", "", "skills") }));

        var (same, _) = Roster(Encoding.UTF8.GetBytes("编号,姓名,角色,区划,电话\nW1,张三,网格员,G1,13900000001\n"));
        Assert.That(same!.Unchanged, Is.EqualTo(1));

        var (_, wrong) = Roster(Encoding.UTF8.GetBytes("编号,姓名,角色,区划,电话,技能\nW9,王五,网格长,G1,,1、2、3、4、5、6、7、8、9、10、11\n"));
        Assert.That(wrong.ToList().Select(problem => problem.Field), Is.EqualTo(new[] { "skills" }));
    }

    [TestCase("UTF-8", "编号,姓名")]
    [TestCase("GB18030", "编号,姓名")]
    [TestCase("GB18030", "联通")]
    [TestCase("UTF-8", "code,name")]
    public void KnowsTheEncodingByTheBytes(string encoding, string text)
    {
        var bytes = encoding == "UTF-8" ? Encoding.UTF8.GetBytes(text) : Gb18030.GetBytes(text);
        var read = ImportText.Read(bytes, out _);
        Assert.That((read!.Encoding, Encoding.UTF8.GetString(read.Utf8Bytes.Span)), Is.EqualTo((encoding, text)));
    }

    [TestCase(new byte[] { 0x63, 0xFF, 0x2C }, "bad-encoding")]
    [TestCase(new byte[] { 0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00 }, "bad-encoding")]
    [TestCase(new byte[0], "empty-file")]
    [TestCase(new byte[] { 0xEF, 0xBB, 0xBF, 0x0A }, "empty-file")]
    public void RefusesWhatIsNoText(byte[] bytes, string reason)
    {
        Assert.That(ImportText.Read(bytes, out var refusal), Is.Null);
        Assert.That(refusal!.Reason, Is.EqualTo(reason));
    }

    [TestCase("code,name,role\nW1,x,reserve\n", "area")]
    [TestCase("W1,张三,网格员,G1\n", "code")]
    [TestCase("code,编号,name,role,area\n", "code")]
    public void RefusesAHeaderThatDoesNotNameTheColumns(string file, string column)
    {
        Assert.That(Table(file, out _, out var refusal), Is.Null);
        Assert.That((refusal!.Reason, refusal.Detail), Is.EqualTo(("bad-header", refusal.Detail)));
        Assert.That(refusal.Detail, Does.Contain($"one column {column} "));
    }

    [TestCase(",x,网格员,G1,", "2 - Missing Error code")]
    [TestCase("a b,x,网格员,G1,", "2 - Invalid Error code")]
    [TestCase("1.40106E+11,x,网格员,G1,", "2 - Invalid Error code")]
    [TestCase("W9,,网格员,G1,", "2 W9 Missing Error name")]
    [TestCase("W9,x,,G1,", "2 W9 Missing Error role")]
    [TestCase("W9,x,局长,G1,", "2 W9 Invalid Error role")]
    [TestCase("W9,x,网格员,,", "2 W9 Missing Error area")]
    [TestCase("W9,x,网格员,NOWHERE,", "2 W9 UnknownArea Error area")]
    [TestCase("W9,x,网格员,S2,", "2 W9 UnknownArea Error area")]
    [TestCase("W9,x,网格员,G1,12", "2 W9 Invalid Error phone")]
    [TestCase("W9,x,网格员,G1,call me", "2 W9 Invalid Error phone")]
    [TestCase("W9,x,网格员,G1,1.39E+10", "2 W9 Invalid Error phone")]
    [TestCase("GONE,x,网格员,G1,", "2 GONE WorkerLeft Error code")]
    [TestCase("FAR,x,网格员,G1,", "2 FAR CodeTaken Error code")]
    [TestCase("W9,x,网格员,G1", "2 - BrokenRow Error ")]
    [TestCase("W9,x,网格员,G1,,too much", "2 - BrokenRow Error ")]
    [TestCase("W9,\"x,网格员,G1,", "2 - BrokenRow Error ")]
    public void NamesTheRowAndFieldThatIsWrong(string row, string expected)
    {
        // The importer's area is S1: S2 and FAR lie outside.
        var (_, problems) = Roster(Encoding.UTF8.GetBytes($"code,name,role,area,phone\n{row}\nW1,张三,网格员,G1,13900000001\n"), "S1");
        Assert.That(problems.ToList().Select(p => $"{p.Row} {p.Code ?? "-"} {p.Problem} {p.Severity} {p.Field}"), Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void CountsLinesAsTheFileHasThem()
    {
        var (_, problems) = Roster(Encoding.UTF8.GetBytes("\ncode,name,role,area\n\n\nW9,x,boss,G1\n,,,\nw9,x,网格员,G1\n"));
        Assert.That(problems.ToList().Select(p => (p.Row, p.Problem, p.Other)), Is.EqualTo(new[] { (5, ImportFault.Invalid, null), (7, ImportFault.Duplicate, "5") }));
    }

    [Test]
    public void TellsAddedFromChangedFromUnchanged()
    {
        var (plan, problems) = Roster(Encoding.UTF8.GetBytes(
            "code,name,role,area,phone\nW1,张三,网格员,G1,+8613900000001\nw2,李四四,网格长,G2,\nW3,新人,reserve,D,13900000001\n"));
        Assert.That(plan!.Unchanged, Is.EqualTo(1));
        Assert.That(
            plan.Writes.Select(worker => $"{worker.Row} {worker.Code} {worker.Id} {string.Join('+', worker.Fields)}"),
            Is.EqualTo(new[] { "3 W2 2 name+role+area", "4 W3  " }));
        Assert.That(plan.Left, Is.EqualTo(10 - 2));
        Assert.That(problems.ToList().Select(p => $"{p.Row} {p.Problem} {p.Severity} {p.Other}"), Is.EqualTo(new[] { "4 SamePhone Warning 2" }));
    }

    [Test]
    public void TakesANumberAwayOnlyWhenTheFileHasTheColumn()
    {
        Assert.That(Roster("code,name,role,area\nW1,张三,网格员,G1\n"u8.ToArray()).Plan!.Unchanged, Is.EqualTo(1));
        var worker = Roster("code,name,role,area,phone\nW1,张三,网格员,G1,\n"u8.ToArray()).Plan!.Writes.Single();
        Assert.That((worker.Phone, worker.Fields.Single()), Is.EqualTo(((string?)null, "phone")));
    }

    [TestCase("139-0000-0001", "13900000001")]
    [TestCase("+86 139 0000 0001", "13900000001")]
    [TestCase("008613900000001", "13900000001")]
    [TestCase("'13900000001", "13900000001")]
    [TestCase("１３９００００００１", "1390000001")]
    [TestCase("(0351) 123-4567", "03511234567")]
    [TestCase("+44 20 7946 0018", "+442079460018")]
    [TestCase("110", "110")]
    public void NormalisesPhones(string written, string expected) => Assert.That(new ImportProblems().Phone(2, "W", written), Is.EqualTo(expected));

    [Test]
    public void EnrolsADeviceARowUnlessItIsThere()
    {
        var table = Table("worker,label\nW1,手机\nw1,手机\nW1,\nW2,手机\nGONE,x\nNOBODY,x\nFAR,x\n", out var problems, out _);
        var rows = DeviceImportRules.Read(table!, problems);
        var tree = Center.Tree();
        var plan = DeviceImportRules.Plan(rows, tree, tree.Find("S1")!, Stored, new HashSet<StoredDevice> { new(2, "手机") }, problems);
        Assert.That(plan.Writes.Select(device => (device.Row, device.Worker, device.WorkerId, device.Label)), Is.EqualTo(new[] { (2, "W1", 1, "手机"), (4, "W1", 1, (string?)null) }));
        Assert.That(plan.Unchanged, Is.EqualTo(1));
        Assert.That(
            problems.ToList().Select(p => $"{p.Row} {p.Problem} {p.Other}"),
            Is.EqualTo(new[] { "3 Duplicate 2", "6 WorkerLeft GONE", "7 UnknownWorker NOBODY", "8 UnknownWorker FAR" }));
    }

    [Test]
    public void CountsMoreProblemsThanItLists()
    {
        var file = new StringBuilder("code,name,role,area\n");
        for (var i = 0; i < 700; i++)
        {
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"N{i},x,boss,G1\n");
        }

        var (plan, problems) = Roster(Encoding.UTF8.GetBytes(file.ToString()));
        var report = new ImportPlan(ImportKind.Roster, 700, [], plan!.Unchanged, plan.Left, problems).ToReport("f", "UTF-8", false, null);
        Assert.That((report.Problems.Count, report.ProblemsLeftOff, report.Problems[^1].Row), Is.EqualTo((500, 200, 501)));
    }

    [Test]
    public void RefusesMoreRowsThanItsBound()
    {
        var text = ImportText.Read("worker\nA\nB\nC\n"u8.ToArray(), out _)!;
        Assert.That(CsvTable.Read(text, DeviceImportRules.Columns, 2, new ImportProblems(), out var refusal), Is.Null);
        Assert.That((refusal!.Status, refusal.Reason), Is.EqualTo((413, "too-many")));
    }

    private static IReadOnlyList<CsvRow>? Table(string file, out ImportProblems problems, out ImportRefusal? refusal)
    {
        problems = new ImportProblems();
        var columns = file.StartsWith("worker", StringComparison.Ordinal) ? DeviceImportRules.Columns : RosterImportRules.Columns;
        return CsvTable.Read(ImportText.Read(Encoding.UTF8.GetBytes(file), out _)!, columns, 1_000, problems, out refusal);
    }

    private static (RosterPlan? Plan, ImportProblems Problems) Roster(byte[] file, string own = "D")
    {
        var problems = new ImportProblems();
        var table = CsvTable.Read(ImportText.Read(file, out _)!, RosterImportRules.Columns, 10_000, problems, out var refusal);
        Assert.That(refusal, Is.Null);
        var rows = RosterImportRules.Read(table!, problems);
        var tree = Center.Tree();
        return (RosterImportRules.Plan(rows, tree, tree.Find(own)!, Stored, 10, problems), problems);
    }
}
