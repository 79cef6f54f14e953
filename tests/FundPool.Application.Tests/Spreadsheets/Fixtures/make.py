# Writes the workbooks that LibreOffice 7.4 turned into the fixtures beside this file:
#   python3 make.py && soffice --headless --convert-to xls crafted_src.xlsx date1904_src.xlsx
import zipfile
CT='<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
R='http://schemas.openxmlformats.org/officeDocument/2006/relationships'
RELS=f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
M='http://schemas.openxmlformats.org/spreadsheetml/2006/main'
D=" date1904=\"1\""
def make(name, s1, d1904=False):
    wb=f'<workbook xmlns="{M}" xmlns:r="{R}"><workbookPr{D if d1904 else ""}/><bookViews><workbookView activeTab="1"/></bookViews><sheets><sheet name="隐藏" sheetId="1" state="hidden" r:id="rId1"/><sheet name="填报" sheetId="2" r:id="rId2"/></sheets></workbook>'
    wr=f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{R}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{R}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="{R}/styles" Target="styles.xml"/></Relationships>'
    st=f'<styleSheet xmlns="{M}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/><xf numFmtId="31" applyNumberFormat="1"/></cellXfs></styleSheet>'
    with zipfile.ZipFile(name,'w',zipfile.ZIP_DEFLATED) as z:
        z.writestr('[Content_Types].xml',CT); z.writestr('_rels/.rels',RELS); z.writestr('xl/workbook.xml',wb); z.writestr('xl/_rels/workbook.xml.rels',wr); z.writestr('xl/styles.xml',st)
        z.writestr('xl/worksheets/sheet1.xml',f'<worksheet xmlns="{M}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>不该读</t></is></c></row></sheetData></worksheet>')
        z.writestr('xl/worksheets/sheet2.xml',s1)
def t(ref,s,st=3): return f'<c r="{ref}" s="{st}" t="inlineStr"><is><t>{s}</t></is></c>'
def n(ref,v,st=0): return f'<c r="{ref}" s="{st}"><v>{v}</v></c>'
hdr=''.join(t(c+'1',h) for c,h in zip('ABCDEF',['借据编号','借款人名称','借据日期','贷款金额','年利率','备注']))
rows=[f'<row r="1">{hdr}</row>',
 f'<row r="2">{t("A2","00123")}{t("B2","深圳市甲有限公司")}{n("C2",46112,1)}{n("D2","4500000.25")}{n("E2","0.0365",4)}</row>',
 f'<row r="3">{t("A3","N-3")}{t("B3","乙 &amp; 丙")}{n("C3",46112.5,2)}{n("D3","0.30000000000000004")}{n("E3","0.05")}{t("F3","尾")}</row>',
 f'<row r="5">{t("A5","N-5")}{t("B5","丁")}{n("C5",45000,5)}<c r="D5"><f>1+2</f><v>3</v></c>{n("E5","0.05")}</row>',
 f'<row r="6" hidden="1">{t("A6","N-6")}{t("B6","戊")}{n("C6",45000,1)}{n("D6","1000")}{n("E6","0.05")}</row>',
 f'<row r="7">{t("A7","N-7")}{t("B7","己")}{n("C7",45000,1)}<c r="D7" t="e"><v>#N/A</v></c>{n("E7","0.05")}</row>',
 f'<row r="8">{t("A8","N-8")}{t("B8","庚")}{n("C8",45000,1)}{n("D8","440305199001011234")}{n("E8","0.05")}</row>',
 f'<row r="9">{t("A9","N-9")}{t("B9","辛")}{n("C9",45000,1)}{n("D9","5")}{n("E9","0.05")}</row>',
 f'<row r="10">{t("A10","N-10")}{n("C10",45000,1)}{n("D10","5")}{n("E10","0.05")}<c r="H10" t="inlineStr"><is><t>列外</t></is></c></row>']
make('crafted_src.xlsx',f'<worksheet xmlns="{M}"><sheetData>{"".join(rows)}</sheetData><mergeCells count="1"><mergeCell ref="B9:B10"/></mergeCells></worksheet>')
make('date1904_src.xlsx',f'<worksheet xmlns="{M}"><sheetData><row r="1">{hdr}</row><row r="2">{t("A2","x")}{n("C2",44650,1)}</row></sheetData></worksheet>',True)
