using System.Security.Cryptography;
using System.Text;

namespace FundPool.Application.Accounts;

/// <summary>Random secrets, in forms that a person can type or a cookie can carry.</summary>
public static class Secrets
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    // Neither I, L, O, U nor 0 and 1: these are read from a screen and typed once.
    private const string Readable = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

    /// <summary>256 bits for a session, url-safe.</summary>
    public static string SessionToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>160 bits, the key length RFC 4226 asks for.</summary>
    public static string AuthenticatorKey() => ToBase32(RandomNumberGenerator.GetBytes(20));

    /// <summary>120 bits in six groups of four; ASVS asks for 112.</summary>
    public static string RecoveryCode() => Grouped(ToBase32(RandomNumberGenerator.GetBytes(15)));

    /// <summary>What an administrator hands over once: about 78 bits, of no use after the first sign-in.</summary>
    public static string FirstSecret() => Grouped(RandomNumberGenerator.GetString(Readable, 16));

    /// <summary>The digest under which a random secret is stored. The secret has the entropy, so it needs no salt.</summary>
    public static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>A recovery code as it was printed, whatever spaces and case it was typed in.</summary>
    public static string Plain(string typed) =>
        string.Concat(typed.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant));

    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(((bytes.Length * 8) + 4) / 5);
        int buffer = 0;
        int bits = 0;
        foreach (byte b in bytes)
        {
            buffer = (buffer << 8) | b;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Base32[(buffer >> bits) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return bits > 0 ? text.Append(Base32[(buffer << (5 - bits)) & 31]).ToString() : text.ToString();
    }

    public static byte[] FromBase32(string text)
    {
        List<byte> bytes = new(text.Length * 5 / 8);
        int buffer = 0;
        int bits = 0;
        foreach (char c in text)
        {
            int value = Base32.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (value < 0)
            {
                throw new FormatException("Not base32.");
            }

            buffer = ((buffer << 5) | value) & 0xFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }

    private static string Grouped(string text) => string.Join('-', text.Chunk(4).Select(group => new string(group)));
}
