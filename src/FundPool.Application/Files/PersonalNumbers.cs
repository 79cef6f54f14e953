using System.Security.Cryptography;
using System.Text;
using FundPool.Application.Ports;

namespace FundPool.Application.Files;

/// <summary>
/// AES-256-GCM with a fresh nonce, and HMAC-SHA256 for equality, under keys derived from one secret of the installation.
/// The first byte names the scheme, so that SM4 or a new key can stand beside it.
/// </summary>
public sealed class PersonalNumbers : IPersonalNumbers
{
    private const byte Scheme = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly byte[] encryption;
    private readonly byte[] digest;

    /// <param name="secret">32 random bytes or more.</param>
    public PersonalNumbers(byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, 32);
        encryption = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "personal numbers, encryption"u8.ToArray());
        digest = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "personal numbers, digest"u8.ToArray());
    }

    /// <summary>
    /// The secret of this installation from <c>FUNDPOOL_DATA_KEY</c> (base64). Demonstrations and tests may go without and share a
    /// published one; production may not.
    /// </summary>
    public static PersonalNumbers FromEnvironment(bool production)
    {
        string? key = Environment.GetEnvironmentVariable("FUNDPOOL_DATA_KEY");
        if (string.IsNullOrEmpty(key))
        {
            return production
                ? throw new InvalidOperationException("FUNDPOOL_DATA_KEY is not set: make one with `openssl rand -base64 32` and keep it as a secret.")
                : new PersonalNumbers(SHA256.HashData("demonstration data holds no real person"u8));
        }

        return new PersonalNumbers(Convert.FromBase64String(key));
    }

    public (string Key, byte[] Cipher) Protect(string residentId)
    {
        byte[] plain = Encoding.ASCII.GetBytes(residentId);
        byte[] cipher = new byte[1 + NonceLength + TagLength + plain.Length];
        cipher[0] = Scheme;
        Span<byte> nonce = cipher.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm aes = new(encryption, TagLength);
        aes.Encrypt(nonce, plain, cipher.AsSpan(1 + NonceLength + TagLength), cipher.AsSpan(1 + NonceLength, TagLength));
        return ("P:" + Convert.ToHexString(HMACSHA256.HashData(digest, plain).AsSpan(0, 16)), cipher);
    }

    public string Reveal(byte[] cipher)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        if (cipher.Length < 1 + NonceLength + TagLength || cipher[0] != Scheme)
        {
            throw new CryptographicException("This is not a number that the portal encrypted.");
        }

        byte[] plain = new byte[cipher.Length - 1 - NonceLength - TagLength];
        using AesGcm aes = new(encryption, TagLength);
        aes.Decrypt(cipher.AsSpan(1, NonceLength), cipher.AsSpan(1 + NonceLength + TagLength), cipher.AsSpan(1 + NonceLength, TagLength), plain);
        return Encoding.ASCII.GetString(plain);
    }
}
