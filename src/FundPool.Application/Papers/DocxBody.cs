using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace FundPool.Application.Papers;

/// <summary>The document itself: head, number, title, addressee, text, attachments list, signer and date, the code; then each attachment on pages of its own.</summary>
internal sealed class DocxBody(Paper paper)
{
    public Document Write()
    {
        Body body = new();
        Head(body);
        Blocks(body, paper.Body);
        Attachments(body);
        Closing(body);
        bool across = false;
        for (int i = 0; i < paper.Annexes.Count; i++)
        {
            Annex annex = paper.Annexes[i];
            bool newSection = annex.IsWide != across;
            if (newSection)
            {
                EndSection(body, across);
                across = annex.IsWide;
            }

            AnnexHead(body, annex, i, pageBreak: !newSection);
            Blocks(body, annex.Body);
        }

        // A table may not be the last thing of a document.
        if (body.LastChild is Table)
        {
            body.Append(Tiny());
        }

        body.Append(Section(across));
        return new Document(body);
    }

    private void Head(Body body)
    {
        if (paper.Head is { } office)
        {
            body.Append(Styled("Red", office));
            body.Append(Blank(), Blank());
            Paragraph number = Styled("Number", paper.Number ?? "");
            number.ParagraphProperties!.InsertAfter(
                new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Size = 12, Space = 12, Color = "FF0000" }), number.ParagraphProperties.ParagraphStyleId);
            body.Append(number, Blank());
        }

        body.Append(paper.Title.Select(line => Styled("DocumentTitle", line)));
        if (paper.Head is null && paper.Number is { } under)
        {
            body.Append(Styled("Number", under));
        }

        body.Append(Blank());
        if (paper.Addressee is { } addressee)
        {
            body.Append(Styled("Addressee", PaperText.To(addressee)));
        }
    }

    private static void Blocks(Body body, IReadOnlyList<Block> blocks)
    {
        foreach ((Block block, string number) in PaperText.Numbered(blocks))
        {
            switch (block)
            {
                case Line line:
                    body.Append(Styled(StyleOf(line.Level), number + line.Text));
                    break;
                case Grid grid:
                    DocxTables.Append(body, grid);
                    break;
                case Facts facts:
                    DocxTables.Append(body, facts);
                    break;
                default:
                    throw new InvalidOperationException($"No form for {block.GetType().Name}.");
            }
        }
    }

    // 附件：1.名称, hanging, without a mark at the end.
    private void Attachments(Body body)
    {
        if (paper.Annexes.Count == 0)
        {
            return;
        }

        body.Append(Blank());
        for (int i = 0; i < paper.Annexes.Count; i++)
        {
            Paragraph line = Styled("BodyText", PaperText.AnnexLine(paper, i));
            KeepWithNext(line);
            line.ParagraphProperties!.Append(i == 0
                ? new Indentation { Left = "1600", LeftChars = 500, Hanging = "960", HangingChars = 300 }
                : new Indentation { Left = "1600", LeftChars = 500, FirstLine = "0", FirstLineChars = 0 });
            body.Append(line);
        }
    }

    // With a seal: the date four characters from the right, the signer centred over it (7.3.5.1).
    private void Closing(Body body)
    {
        string date = PaperText.Day(paper.Date);
        int right = 400, over = Math.Max(0, right + ((Hundredths(date) - Hundredths(paper.Signer)) / 2));
        // A page that bears nothing but a signature is none: the last line of the text goes with it.
        if (body.LastChild is Paragraph last)
        {
            KeepWithNext(last);
        }

        Paragraph signer = FromRight(paper.Signer, over, keep: true);
        body.Append(Blank(keep: true), Blank(keep: true), signer, FromRight(date, right, keep: paper.Stamp.IsGiven));
        if (paper.Stamp.IsGiven)
        {
            // The picture stands at the left of the two lines, where the seal does not come.
            signer.InsertAfter(new Run(DocxPicture.Code(paper.Stamp)), signer.ParagraphProperties);
            Paragraph code = Styled("Small", PaperText.CodeLine(paper.Stamp));
            KeepWithNext(code);
            body.Append(code, Styled("Small", PaperText.CodeHint(paper.Stamp)));
        }
    }

    private static void KeepWithNext(Paragraph line)
    {
        line.ParagraphProperties ??= new ParagraphProperties();
        line.ParagraphProperties.KeepNext ??= new KeepNext();
    }

    private static void AnnexHead(Body body, Annex annex, int index, bool pageBreak)
    {
        Paragraph mark = Styled("AnnexMark", PaperText.AnnexMark(index));
        if (pageBreak)
        {
            mark.ParagraphProperties!.Append(new PageBreakBefore());
        }

        // The title stands on the third line.
        body.Append(mark, Blank(), Styled("DocumentTitle", annex.Name), Blank());
    }

    private static void EndSection(Body body, bool across)
    {
        if (body.LastChild is not Paragraph last || last.ParagraphProperties is null)
        {
            last = Tiny();
            body.Append(last);
        }

        last.ParagraphProperties!.Append(Section(across));
    }

    // Text block 156 × 225 mm. A page that lies across is the same sheet turned to the left, so its margins go round with it.
    private static SectionProperties Section(bool across) => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = across ? DocxParts.AcrossOdd : DocxParts.UprightOdd },
        new FooterReference { Type = HeaderFooterValues.Even, Id = across ? DocxParts.AcrossEven : DocxParts.UprightEven },
        new SectionType { Val = SectionMarkValues.NextPage },
        across
            ? new PageSize { Width = 16838, Height = 11906, Orient = PageOrientationValues.Landscape }
            : new PageSize { Width = 11906, Height = 16838 },
        across
            ? new PageMargin { Top = 1587, Right = 2098, Bottom = 1474, Left = 1984, Header = 851, Footer = 567, Gutter = 0 }
            : new PageMargin { Top = 2098, Right = 1474, Bottom = 1984, Left = 1587, Header = 851, Footer = 1304, Gutter = 0 },
        new DocGrid { Type = DocGridValues.LinesAndChars, LinePitch = DocxStyles.LinePitch, CharacterSpace = -848 });

    private static Paragraph FromRight(string text, int hundredths, bool keep)
    {
        Paragraph line = Styled("BodyText", text);
        if (keep)
        {
            line.ParagraphProperties!.Append(new KeepNext());
        }

        line.ParagraphProperties!.Append(
            new Indentation { Right = (hundredths * 32 / 10).ToString(CultureInfo.InvariantCulture), RightChars = hundredths, FirstLine = "0", FirstLineChars = 0 },
            new Justification { Val = JustificationValues.Right });
        return line;
    }

    // In hundredths of a character: what is half width takes half.
    private static int Hundredths(string text) => text.EnumerateRunes().Sum(rune => rune.Value < 0x2E80 ? 50 : 100);

    internal static Paragraph Styled(string style, string text) =>
        new(new ParagraphProperties(new ParagraphStyleId { Val = style }), new Run(new Text(PaperText.Clean(text)) { Space = SpaceProcessingModeValues.Preserve }));

    private static Paragraph Blank(bool keep = false) => keep ? new Paragraph(new ParagraphProperties(new KeepNext())) : new Paragraph(new ParagraphProperties());

    // A paragraph that is only there because the format wants one.
    internal static Paragraph Tiny() => new(new ParagraphProperties(
        new SpacingBetweenLines { Line = "20", LineRule = LineSpacingRuleValues.Exact }));

    private static string StyleOf(LineLevel level) => level switch
    {
        LineLevel.First => "Level1",
        LineLevel.Second => "Level2",
        LineLevel.Third => "Level3",
        LineLevel.Fourth => "Level4",
        _ => "BodyText",
    };
}
