using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing;
using DocumentFormat.OpenXml.Drawing.Wordprocessing;
using DocumentFormat.OpenXml.Wordprocessing;
using Pic = DocumentFormat.OpenXml.Drawing.Pictures;

namespace FundPool.Application.Papers;

/// <summary>The code as a square of 20 mm, the height of two lines, at the left edge of the text.</summary>
internal static class DocxPicture
{
    private const long Side = 720_000; // EMU, 360,000 to the centimetre

    public static Drawing Code(PaperStamp stamp) => new(
        new DocumentFormat.OpenXml.Drawing.Wordprocessing.Anchor(
            new SimplePosition { X = 0, Y = 0 },
            new HorizontalPosition(new PositionOffset("0")) { RelativeFrom = HorizontalRelativePositionValues.Column },
            new VerticalPosition(new PositionOffset("0")) { RelativeFrom = VerticalRelativePositionValues.Paragraph },
            new Extent { Cx = Side, Cy = Side },
            new WrapNone(),
            new DocProperties { Id = 1U, Name = PaperText.PictureName, Description = $"{PaperText.PictureName} {stamp.Address}" },
            new Graphic(new GraphicData(
                new Pic.Picture(
                    new Pic.NonVisualPictureProperties(new Pic.NonVisualDrawingProperties { Id = 1U, Name = "code.png" }, new Pic.NonVisualPictureDrawingProperties()),
                    new Pic.BlipFill(new Blip { Embed = DocxParts.Picture }, new Stretch(new FillRectangle())),
                    new Pic.ShapeProperties(
                        new Transform2D(new Offset { X = 0, Y = 0 }, new Extents { Cx = Side, Cy = Side }),
                        new PresetGeometry(new AdjustValueList()) { Preset = ShapeTypeValues.Rectangle })))
            {
                Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture",
            }))
        {
            DistanceFromTop = 0U, DistanceFromBottom = 0U, DistanceFromLeft = 0U, DistanceFromRight = 0U, SimplePos = false, RelativeHeight = 1U, BehindDoc = false, Locked = false,
            LayoutInCell = true, AllowOverlap = true,
        });
}
