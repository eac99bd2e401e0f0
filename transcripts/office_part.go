package transcripts

import (
	"bytes"
	"strings"
)

// blockNames are the elements whose text is read as one: a paragraph, a string
// of a workbook, the text of a remark.
var blockNames = map[string]bool{"p": true, "si": true, "text": true}

// attributeKinds are the attributes in which people write, or stand.
var attributeKinds = map[string]FieldKind{
	"author": FieldName, "initials": FieldName, "lastEdited": FieldOther, "displayName": FieldName, "userId": FieldHandle, "userName": FieldName,
	"descr": FieldText, "title": FieldText, "tooltip": FieldText, "alt": FieldText, "caption": FieldText, "prompt": FieldText, "promptTitle": FieldText,
	"error": FieldText, "errorTitle": FieldText, "href": FieldURL, "refersTo": FieldText, "instr": FieldText,
	"refreshedBy": FieldName, "sourceFile": FieldFileName, "odcFile": FieldFileName,
}

// namedKinds are attributes that hold text only in some elements, by element.
var namedKinds = map[string]map[string]FieldKind{
	"docPr": {"name": FieldText}, "cNvPr": {"name": FieldText}, "bookmarkStart": {"name": FieldText}, "tag": {"val": FieldText}, "alias": {"val": FieldText},
	"docVar": {"name": FieldText, "val": FieldText}, "cacheField": {"name": FieldText}, "sharedItems": {}, "s": {"v": FieldText}, "tableColumn": {"name": FieldText},
	"table": {"name": FieldText, "displayName": FieldText}, "sheetName": {"val": FieldText}, "property": {"name": FieldText}, "mailMerge": {}, "query": {"val": FieldText},
	"connectString": {"val": FieldText}, "webPr": {"url": FieldURL}, "dbPr": {"connection": FieldText}, "rPr": {}, "person": {"providerId": FieldOther},
	"definedName": {"name": FieldText, "comment": FieldText}, "sheet": {"name": FieldText}, "hyperlink": {"location": FieldText, "display": FieldText},
	"group": {"name": FieldText}, "shape": {"id": FieldOther, "alt": FieldText}, "textpath": {"string": FieldText}, "listItem": {"displayText": FieldText, "value": FieldText},
	"absPath": {"url": FieldFileName}, "tblCaption": {"val": FieldText}, "tblDescription": {"val": FieldText}, "default": {"val": FieldText}, "listEntry": {"val": FieldText},
	"helpText": {"val": FieldText}, "statusText": {"val": FieldText}, "name": {"val": FieldText}, "attr": {"val": FieldText}, "connection": {"name": FieldText, "description": FieldText},
	"attachedTemplate": {"id": FieldOther}, "filter": {"val": FieldText}, "customFilter": {"val": FieldText}, "protectedRange": {"name": FieldText}, "fileSharing": {"userName": FieldName},
}

// propertyKinds are the elements of document properties.
var propertyKinds = map[string]FieldKind{
	"creator": FieldName, "lastModifiedBy": FieldName, "Manager": FieldName, "Company": FieldOrganisation, "author": FieldName,
	"Application": FieldOther, "AppVersion": FieldOther, "created": FieldOther, "modified": FieldOther, "revision": FieldOther, "TotalTime": FieldOther,
	"Anchor": FieldOther, "AutoFill": FieldOther, "Row": FieldOther, "Column": FieldOther, "posOffset": FieldOther, "i4": FieldOther, "formatCode": FieldOther,
	"Template": FieldText, "HyperlinkBase": FieldURL,
}

// partReader reads a part of which nothing particular is to be known: its
// blocks, the text between other tags, and attributes that may hold text.
type partReader struct {
	d     *officeDoc
	part  officePart
	lex   xmlLexer
	name  string // of the element whose text comes
	block int    // depth of the open block, 0 for none
	from  int    // where its content begins
	// onBlock takes the place of a block that is not empty.
	onBlock func(element string, p int32)
	cells   bool // of a worksheet, whose cells are read elsewhere
}

// readPart reads a part.
func (d *officeDoc) readPart(p officePart, onBlock func(element string, p int32)) error {
	r := partReader{d: d, part: p, onBlock: onBlock, lex: xmlLexer{buf: []byte(d.r.raw[p.start:p.end])}}
	r.cells = strings.HasPrefix(p.name, "xl/worksheets/")
	for {
		t, err := r.lex.next()
		if err != nil {
			return err
		}
		switch t.kind {
		case xmlEOF:
			return nil
		case xmlStart:
			r.open(&t)
		case xmlEnd:
			r.close(&t)
		case xmlText:
			r.text(&t)
		case xmlOther:
			r.comment(&t)
		}
	}
}

func (r *partReader) open(t *xmlToken) {
	r.name = t.name
	if r.block == 0 && blockNames[t.name] && !t.empty {
		r.block, r.from = len(r.lex.open), t.end
	}
	r.attributes(t)
}

func (r *partReader) close(t *xmlToken) {
	if r.block > 0 && len(r.lex.open) < r.block {
		p, _ := r.d.r.add(0, r.part.start+r.from, r.part.start+t.start, xmlRuns{})
		if strings.TrimSpace(r.d.r.text(p)) != "" {
			r.onBlock(t.name, p)
		}
		r.block = 0
	}
	r.name = ""
}

// text reads what stands between tags outside of blocks.
func (r *partReader) text(t *xmlToken) {
	raw := r.d.r.raw[r.part.start+t.start : r.part.start+t.end]
	if r.block > 0 || strings.TrimSpace(raw) == "" || r.cells && (r.name == "v" || r.name == "t") {
		return
	}
	kind, ok := propertyKinds[r.name]
	if !ok {
		kind = FieldText
	}
	if kind != FieldOther {
		r.field(t.start, t.end, r.name, kind, xmlValue{})
	}
}

// comment reads a comment; instructions to programs are none.
func (r *partReader) comment(t *xmlToken) {
	text := r.lex.buf[t.start:t.end]
	if bytes.HasPrefix(r.lex.buf[t.start-2:], []byte("--")) && len(bytes.TrimSpace(text)) > 0 {
		r.field(t.start, t.end, "comment", FieldText, xmlValue{})
	}
}

// attributes reads those that may hold text.
func (r *partReader) attributes(t *xmlToken) {
	if t.name == "Relationship" {
		r.relationship(t)
		return
	}
	for _, a := range t.attrs {
		kind, ok := namedKinds[t.name][a.name]
		if !ok {
			if kind, ok = attributeKinds[a.name]; !ok {
				continue
			}
		}
		if kind == FieldOther || a.start == a.end {
			continue
		}
		var fit = sheetNames
		switch {
		case t.name == "definedName" || t.name == "bookmarkStart" || t.name == "table":
			fit = rangeNames
		case t.name != "sheet" && t.name != "sheetName" && a.name != "location":
			fit = nil
		}
		r.field(a.start, a.end, a.name, kind, xmlValue{fit})
	}
}

// relationship reads the address of a link that leaves the document.
func (r *partReader) relationship(t *xmlToken) {
	target, ok := t.attr("Target")
	mode, external := t.attr("TargetMode")
	if !ok || !external || string(r.lex.buf[mode.start:mode.end]) != "External" {
		return
	}
	kind := FieldURL
	value := string(r.lex.buf[target.start:target.end])
	if strings.HasPrefix(value, "file:") || strings.Contains(value, `\\`) {
		kind = FieldFileName // somebody's folder
	}
	for scheme, k := range map[string]FieldKind{"mailto:": FieldEmail, "tel:": FieldPhone} {
		if len(value) > len(scheme) && strings.EqualFold(value[:len(scheme)], scheme) {
			kind = k
			target.start += len(scheme)
		}
	}
	r.field(target.start, target.end, "link", kind, xmlValue{})
}

// field adds a field for a range of the part.
func (r *partReader) field(start, end int, label string, kind FieldKind, l xmlValue) {
	switch label {
	case "f", "formula", "formula1", "formula2", "definedName", "lpstr":
		l.fit = sheetNames // where names of sheets stand once more
	}
	p, _ := r.d.r.add(0, r.part.start+start, r.part.start+end, l)
	if strings.HasSuffix(label, "Header") || strings.HasSuffix(label, "Footer") {
		p, _ = r.d.r.add(p, 0, len(r.d.r.text(p)), headerCodes{})
	}
	r.d.a.field(&scanAction, r.d.r.field(p, label, kind, ""))
}

// note adds a block as a field.
func (d *officeDoc) note(element string, p int32) {
	d.a.field(&scanAction, d.r.field(p, element, FieldText, ""))
}
