using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace FundPool.Application.Accounts;

/// <summary>The data-protection keys in the database, so that every web node and the command line share them.</summary>
internal sealed class KeyRing(NpgsqlDataSource source) : IXmlRepository
{
    private static readonly XmlReaderSettings Plain = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        List<XElement> elements = [];
        using NpgsqlConnection connection = source.OpenConnection();
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        Take(connection, transaction);
        using (NpgsqlCommand read = new("select xml from tenancy.data_protection_key order by id", connection, transaction))
        using (NpgsqlDataReader reader = read.ExecuteReader())
        {
            while (reader.Read())
            {
                using XmlReader xml = XmlReader.Create(new StringReader(reader.GetString(0)), Plain);
                elements.Add(XElement.Load(xml));
            }
        }

        transaction.Commit();
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using NpgsqlConnection connection = source.OpenConnection();
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        Take(connection, transaction);
        using NpgsqlCommand write = new("insert into tenancy.data_protection_key (friendly_name, xml) values ($1, $2)", connection, transaction);
        write.Parameters.Add(new NpgsqlParameter<string> { TypedValue = friendlyName });
        write.Parameters.Add(new NpgsqlParameter<string> { TypedValue = element.ToString(SaveOptions.DisableFormatting) });
        write.ExecuteNonQuery();
        transaction.Commit();
    }

    private static void Take(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        using NpgsqlCommand role = new("set local role fundpool_identity", connection, transaction);
        role.ExecuteNonQuery();
    }
}
