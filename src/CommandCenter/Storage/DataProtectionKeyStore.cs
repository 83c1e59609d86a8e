using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace CommandCenter.Storage;

/// <summary>Data Protection's keys in PostgreSQL, so that every node reads every node's cookies. Data Protection asks synchronously.</summary>
public sealed class DataProtectionKeyStore(NpgsqlDataSource dataSource) : IXmlRepository
{
    private const string SelectKeys = "select xml from data_protection_keys order by id";

    private const string InsertKey = "insert into data_protection_keys (friendly_name, xml) values (@friendlyName, @xml)";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = dataSource.OpenConnection();
        return [.. connection.Query<string>(SelectKeys).Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = dataSource.OpenConnection();
        connection.Execute(InsertKey, new { friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
