using QRCoder;

namespace FundPool.Web.Identity;

/// <summary>A QR code as a PNG in the page itself: the key is in no address, no log and no cache.</summary>
internal static class QrImage
{
    public static string DataUrl(string text)
    {
        using QRCodeGenerator generator = new();
        using QRCodeData code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using PngByteQRCode png = new(code);
        return $"data:image/png;base64,{Convert.ToBase64String(png.GetGraphic(6))}";
    }
}
