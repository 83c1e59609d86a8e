using System.Text.Json;

namespace CommandCenter.Storage.Embedded;

/// <summary>
/// <c>services.json</c> (0600): which processes this data folder's server and children are, for operators and tests. Shape:
/// <c>{"server":{"pid":1},"postgres":{"pid":2,"port":20001},"redis":{"pid":3,"port":20002}}</c>; rewritten whenever a child starts.
/// </summary>
public sealed record ServicesFile(ServicesFile.Service Server, ServicesFile.Service? Postgres, ServicesFile.Service? Redis)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public sealed record Service(int Pid, int? Port);

    public static ServicesFile? Read(string path) => File.Exists(path) ? JsonSerializer.Deserialize<ServicesFile>(File.ReadAllText(path), Json) : null;

    public void Write(string path) => SecretFile.Write(path, JsonSerializer.Serialize(this, Json) + "\n");
}
