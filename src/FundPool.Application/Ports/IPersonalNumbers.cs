namespace FundPool.Application.Ports;

/// <summary>Keeps residents' numbers unreadable at rest: encrypted, with a keyed digest so that the same person is recognised.</summary>
public interface IPersonalNumbers
{
    /// <summary>What is stored instead of a resident ID.</summary>
    (string Key, byte[] Cipher) Protect(string residentId);

    /// <summary>The resident ID again; only after a reason was recorded.</summary>
    string Reveal(byte[] cipher);
}
