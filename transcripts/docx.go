package transcripts

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"strings"
)

// docxName names Word documents.
const docxName = "docx"

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	relNS   = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordMIM = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// docxParts are the parts beside the document itself (ECMA-376).
var docxParts = [...]struct{ name, text string }{
	{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + wordMIM + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + wordMIM + `styles+xml"/><Override PartName="/word/header1.xml" ContentType="` + wordMIM + `header+xml"/><Override PartName="/word/footer1.xml" ContentType="` + wordMIM + `footer+xml"/></Types>`},
	{"_rels/.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relType + `officeDocument" Target="word/document.xml"/></Relationships>`},
	{"word/_rels/document.xml.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relType + `header" Target="header1.xml"/><Relationship Id="rId2" Type="` + relType + `footer" Target="footer1.xml"/><Relationship Id="rId3" Type="` + relType + `styles" Target="styles.xml"/></Relationships>`},
	{"word/styles.xml", xmlHead + `<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="20"/><w:lang w:val="nl-BE"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style></w:styles>`},
	{docxHeader, xmlHead + `<w:hdr ` + wordNS + `><w:p><w:r><w:rPr><w:b/><w:color w:val="8A1C1C"/></w:rPr><w:t>` + handoutNotice + `</w:t></w:r></w:p></w:hdr>`},
	{"word/footer1.xml", xmlHead + `<w:ftr ` + wordNS + `><w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`},
}

const (
	docxHead = xmlHead + `<w:document ` + wordNS + ` ` + relNS + `><w:body>`
	docxFoot = `<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="850" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`
)

// docxColumns are the columns and their widths in twentieths of a point.
var docxColumns = [...]struct {
	title string
	width int
}{{"Nr", 700}, {"Tijd", 1000}, {"Wie", 2600}, {"Tekst", 7000}, {"Opmerking", 3800}}

// writeDocx writes the parts one after the other; the document itself last, as
// conversations come.
func writeDocx(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
	return docxHandout{}.write(w, conversations)
}

// write writes the hand-out.
func (h docxHandout) write(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
	z := zip.NewWriter(w)
	for _, p := range docxParts {
		if p.name == docxHeader {
			p.text = h.header(p.text)
		}
		part, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(part, p.text); err != nil {
			return err
		}
	}
	doc, err := z.CreateHeader(&zip.FileHeader{Name: "word/document.xml", Method: zip.Deflate})
	if err != nil {
		return err
	}
	shown := &shownWriter{viewer: viewerOf(w), w: doc}
	if err := (handout{docxHead, docxFoot, h.sheet}).write(shown, conversations); err != nil {
		return err
	}
	return z.Close()
}

func writeDocxSheet(w *bufio.Writer, s *handoutSheet) {
	brk := ""
	if s.number > 1 {
		brk = "<w:pageBreakBefore/>"
	}
	fmt.Fprintf(w, `<w:p><w:pPr><w:pStyle w:val="Heading1"/>%s</w:pPr>%s</w:p>`, brk, docxRun(s.title(), ""))
	var people []string
	for _, p := range s.people {
		people = append(people, p.name+inBrackets(p.role))
	}
	fmt.Fprintf(w, `<w:p>%s</w:p>`, docxRun(strings.Join(people, ", "), ""))
	w.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>`)
	for _, side := range [...]string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(w, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>`, side)
	}
	w.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	var titles [len(docxColumns)]string
	for i, c := range docxColumns {
		fmt.Fprintf(w, `<w:gridCol w:w="%d"/>`, c.width)
		titles[i] = c.title
	}
	w.WriteString(`</w:tblGrid>`)
	docxRow(w, `<w:cantSplit/><w:tblHeader/>`, `<w:b/>`, titles)
	for _, r := range s.rows {
		style := ""
		if r.class == "system" || r.class == "note" {
			style = "<w:i/>"
		}
		who := r.who
		if r.label != "" && r.label != r.who {
			who = strings.TrimSpace(who + inBrackets(r.label))
		}
		docxRow(w, `<w:cantSplit/>`, style, [...]string{fmt.Sprint(r.number), r.time, who, r.text, r.remark})
	}
	w.WriteString(`</w:tbl><w:p/>`)
}

// docxRow writes one row of the table.
func docxRow(w *bufio.Writer, props, style string, cells [len(docxColumns)]string) {
	fmt.Fprintf(w, `<w:tr><w:trPr>%s</w:trPr>`, props)
	for i, text := range cells {
		fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr><w:p>%s</w:p></w:tc>`, docxColumns[i].width, docxRun(text, style))
	}
	w.WriteString(`</w:tr>`)
}

// docxRun returns a run of text; its line ends are breaks.
func docxRun(text, style string) string {
	var b strings.Builder
	b.WriteString(`<w:r><w:rPr>` + style + `</w:rPr>`)
	for i, line := range strings.Split(printable(text), "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		b.WriteString(`<w:t xml:space="preserve">`)
		xml.EscapeText(&b, []byte(line))
		b.WriteString(`</w:t>`)
	}
	b.WriteString(`</w:r>`)
	return b.String()
}
