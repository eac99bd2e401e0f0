package transcripts

import (
	"bufio"
	"encoding/xml"
	"io"
	"strings"
)

// docxHeader is the part that every page begins with.
const docxHeader = "word/header1.xml"

// Handout is what is added to a conversation that is handed out.
type Handout struct {
	Reader  string         // whose copy it is, named on every page and as a watermark; empty: nobody's
	Remarks map[int]string // by number of the message, from 1
}

// docxHandout writes Word documents for readers.
type docxHandout struct{ Handout }

// WriteDocx writes one conversation as a Word document with a column for
// remarks.
func (h Handout) WriteDocx(w io.Writer, c *Conversation) error {
	return docxHandout{h}.write(w, func(yield func(*Conversation, error) bool) { yield(c, nil) })
}

// sheet writes a conversation with its remarks.
func (h docxHandout) sheet(w *bufio.Writer, s *handoutSheet) {
	for i := range s.rows {
		s.rows[i].remark = h.Remarks[s.rows[i].number]
	}
	writeDocxSheet(w, s)
}

// header returns the header with whose copy it is, and the watermark: a text
// along the diagonal, behind what is written (VML text path, as Word makes it).
func (h docxHandout) header(plain string) string {
	if h.Reader == "" {
		return plain
	}
	var name strings.Builder
	xml.EscapeText(&name, []byte(printable(h.Reader)))
	mark := `<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">` +
		`<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">` +
		`<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>` +
		`<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>` +
		`<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>` +
		`<v:shape type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:420pt;height:90pt;rotation:315;z-index:-251658752;` +
		`mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#d0d0d0" stroked="f">` +
		`<v:fill opacity=".45"/><v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string="` + name.String() + `"/></v:shape></w:pict></w:r>`
	return strings.Replace(plain, "</w:p>", `<w:r><w:t xml:space="preserve"> - exemplaar van `+name.String()+`</w:t></w:r>`+mark+"</w:p>", 1)
}
