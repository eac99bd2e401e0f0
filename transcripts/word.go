package transcripts

import "strings"

// docxFormat is a document of Word and its like.
func docxFormat() Format {
	return officeFormat{
		name: "docx",
		doc:  "Word document: paragraphs, tables, remarks, revisions, links, authors, properties; pictures are emptied, macros refused",
		main: "word/document.xml",
		read: readDOCX,
	}.format()
}

// readDOCX reads each paragraph of the text as a message, and of headers, notes
// and remarks as a field.
func readDOCX(d *officeDoc) error {
	for _, p := range d.parts {
		onBlock := d.note
		if strings.HasPrefix(p.name, "word/document") {
			onBlock = func(_ string, p int32) {
				d.a.begin(&action{scope: scopeMessage})
				d.a.value(&action{slot: slotText}, p, "")
				d.a.end()
			}
		}
		if err := d.readPart(p, onBlock); err != nil {
			return err
		}
	}
	return nil
}
