using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace FundPool.Application.Accounts;

/// <summary>Time-based one-time codes (RFC 6238: 30 seconds, 6 digits, HMAC-SHA1 because that is what every phone app speaks).</summary>
public static class Totp
{
    public const int StepSeconds = 30;

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    public static TimeSpan LeftAt(DateTimeOffset now) => TimeSpan.FromSeconds(StepSeconds - (now.ToUnixTimeSeconds() % StepSeconds));

    // CA5350: RFC 6238 names HMAC-SHA1; its strength rests on the key, not on collisions.
#pragma warning disable CA5350
    public static string Code(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
        HMACSHA1.HashData(key, counter, hash);
        int number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 15)..]) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    /// <summary>
    /// The step that <paramref name="typed"/> belongs to: this one or the one before (typed late), no other. Null when neither.
    /// </summary>
    public static long? Match(ReadOnlySpan<byte> key, string typed, DateTimeOffset now)
    {
        string digits = string.Concat(typed.Where(char.IsAsciiDigit));
        long current = StepAt(now);
        bool late = CryptographicOperations.FixedTimeEquals(Bytes(Code(key, current - 1)), Bytes(digits));
        bool fresh = CryptographicOperations.FixedTimeEquals(Bytes(Code(key, current)), Bytes(digits));
        return fresh ? current : late ? current - 1 : null;
    }

    /// <summary>What the QR code says to a phone app.</summary>
    public static string Uri(string issuer, string account, string base32Key) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}" +
        $"?secret={base32Key}&issuer={System.Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits=6&period=30";

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
