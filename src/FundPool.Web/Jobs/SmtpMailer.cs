using System.Data.Common;
using System.Globalization;
using FundPool.Application.Ports;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace FundPool.Web.Jobs;

/// <summary>
/// Where mail goes: <c>FUNDPOOL_SMTP=Host=mail.example.gov.cn;Port=587;Tls=starttls;User=…;PasswordFile=/run/secrets/smtp;From=…</c>.
/// </summary>
public sealed record SmtpSetting(string Host, int Port, SecureSocketOptions Tls, string? User, string? PasswordFile, string From)
{
    public static SmtpSetting Read(string text)
    {
        DbConnectionStringBuilder parts = new() { ConnectionString = text };
        string? Of(string name) => parts.TryGetValue(name, out object? value) ? (string)value : null;
        string host = Of("Host") ?? throw new FormatException("FUNDPOOL_SMTP names no Host.");
        return new SmtpSetting(host, int.Parse(Of("Port") ?? "587", CultureInfo.InvariantCulture), Of("Tls") switch
        {
            null or "starttls" => SecureSocketOptions.StartTls,
            "tls" => SecureSocketOptions.SslOnConnect,
            "none" => SecureSocketOptions.None,
            _ => throw new FormatException("FUNDPOOL_SMTP: Tls is starttls, tls or none."),
        }, Of("User"), Of("PasswordFile"), Of("From") ?? "fundpool@" + host);
    }
}

/// <summary>Sends through an SMTP server; a connection a mail, since there are few.</summary>
internal sealed class SmtpMailer(SmtpSetting setting) : IMailer
{
    private const int Patience = 20_000;

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        using MimeMessage message = new() { MessageId = mail.Id, Subject = mail.Subject, Body = new TextPart("plain") { Text = mail.Text } };
        message.From.Add(MailboxAddress.Parse(setting.From));
        message.To.Add(MailboxAddress.Parse(mail.To));
        // Nobody answers a portal, and no out-of-office note should.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using SmtpClient client = new() { Timeout = Patience };
        await client.ConnectAsync(setting.Host, setting.Port, setting.Tls, ct);
        if (setting.User is { } user)
        {
            string password = setting.PasswordFile is { } file ? (await File.ReadAllTextAsync(file, ct)).TrimEnd('\r', '\n') : "";
            await client.AuthenticateAsync(user, password, ct);
        }

        await client.SendAsync(message, ct);
        await client.DisconnectAsync(true, ct);
    }
}
