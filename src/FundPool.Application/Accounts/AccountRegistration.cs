using System.Security.Cryptography.X509Certificates;
using FundPool.Data.Tenancy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FundPool.Application.Accounts;

/// <summary>Accounts for whoever needs them: the web signs people in, the command line makes them.</summary>
internal static class AccountRegistration
{
    /// <summary>A .pfx file that wraps the data-protection keys, so that a copy of the database alone opens no secret.</summary>
    private const string CertificateSetting = "FUNDPOOL_KEYS_CERTIFICATE";
    private const string CertificatePasswordSetting = "FUNDPOOL_KEYS_CERTIFICATE_PASSWORD";

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton(new AccountOptions());
        services.AddSingleton<PasswordPolicy>();
        services.AddSingleton<KeyRing>();
        IDataProtectionBuilder keys = services.AddDataProtection().SetApplicationName("FundPool");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<KeyRing>()));
        if (Environment.GetEnvironmentVariable(CertificateSetting) is { Length: > 0 } file)
        {
            keys.ProtectKeysWithCertificate(X509CertificateLoader.LoadPkcs12FromFile(file, Environment.GetEnvironmentVariable(CertificatePasswordSetting)));
        }

        services.AddIdentityCore<Person>(identity =>
            {
                identity.Tokens.AuthenticatorTokenProvider = PortalAccounts.Authenticator;
                identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789.-_@";
            })
            .AddUserStore<AccountStore>()
            .AddTokenProvider<AuthenticatorCodes>(PortalAccounts.Authenticator);
        // Identity's own password rules would speak beside ours; the policy is the only voice.
        services.RemoveAll<IPasswordValidator<Person>>();
        services.AddScoped<IPasswordValidator<Person>, PolicyOfIdentity>();
        services.AddOptions<PasswordHasherOptions>().Configure<AccountOptions>((hasher, options) =>
        {
            hasher.CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3;
            hasher.IterationCount = options.HashIterations;
        });
        services.AddScoped<PortalAccounts>();
        services.AddScoped<Sessions>();
        services.AddScoped<SignInPath>();
        services.AddSingleton<SignInGuard>();
        services.AddScoped<PeopleBook>();
        return services;
    }
}
