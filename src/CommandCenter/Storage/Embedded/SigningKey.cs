using System.Security.Cryptography;

namespace CommandCenter.Storage.Embedded;

/// <summary>A node's own key for signing (ECDSA on P-256), made when it first signs; its public half lies beside it.</summary>
public static class SigningKey
{
    /// <param name="folder">That holds <c>key.pem</c> and <c>public-key.pem</c>; there already.</param>
    public static ECDsa In(string folder)
    {
        var (secret, open) = (Path.Combine(folder, "key.pem"), Path.Combine(folder, "public-key.pem"));
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(secret))
        {
            key.ImportFromPem(File.ReadAllText(secret));
        }
        else
        {
            SecretFile.Write(secret, key.ExportPkcs8PrivateKeyPem());
            SecretFile.Write(open, key.ExportSubjectPublicKeyInfoPem());
        }

        return key;
    }
}
