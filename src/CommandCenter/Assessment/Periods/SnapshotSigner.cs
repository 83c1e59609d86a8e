using System.Security.Cryptography;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using Microsoft.Extensions.Options;

namespace CommandCenter.Assessment.Periods;

/// <summary>Signs closed periods with the node's own key, in the data folder's <c>assessment-key</c>; the public half stands with each signature, and in that folder for whoever keeps a copy elsewhere.</summary>
internal sealed class SnapshotSigner(IOptions<StorageOptions> storage)
{
    private readonly Lock _making = new();

    private string Folder => Path.Combine(storage.Value.DataFolder, "assessment-key");

    public (byte[] Signature, byte[] Signer) Sign(byte[] hash)
    {
        lock (_making)
        {
            DataFolder.MakeFolder(Folder);
            using var key = SigningKey.In(Folder);
            return (key.SignHash(hash), key.ExportSubjectPublicKeyInfo());
        }
    }

    /// <summary>The signature is that of the key that stands with it.</summary>
    public static bool IsSigned(byte[]? hash, byte[]? signature, byte[]? signer)
    {
        if (hash is null || signature is null || signer is null)
        {
            return false;
        }

        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(signer, out _);
            return key.VerifyHash(hash, signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
