package transcripts

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// zipped packs entries: name, content, name, content.
func zipped(t testing.TB, change func(*zip.FileHeader), entries ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(entries); i += 2 {
		h := &zip.FileHeader{Name: entries[i], Method: zip.Deflate}
		if change != nil {
			change(h)
		}
		e, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(e, entries[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileArchivesAreRefused(t *testing.T) {
	nested := zipped(t, nil, "a.txt", "hoi")
	for range maxContainers {
		nested = zipped(t, nil, "a.zip", string(nested))
	}
	encrypted := zipped(t, nil, "a.txt", "hoi")
	encrypted[bytes.Index(encrypted, []byte("PK\x01\x02"))+8] |= 1
	for name, in := range map[string][]byte{
		"entry that leaves its folder":   zipped(t, nil, "../../etc/passwd", "x"),
		"entry that leaves its folder ":  zipped(t, nil, `C:\evil.txt`, "x"),
		"entry that leaves its folder  ": zipped(t, nil, `a\..\..\evil.txt`, "x"),
		"two entries of the same name":   zipped(t, nil, "a.txt", "x", "a.txt", "y"),
		"entry that unpacks to too much": zipped(t, nil, "a.txt", strings.Repeat("a", ratioMatters+1)),
		"encrypted entry":                encrypted,
		"too many archives inside":       nested,
		"not a whole zip archive":        []byte("PK\x03\x04 and no more"),
		"archive without entries":        zipped(t, nil),
		"not UTF-8":                      zipped(t, nil, "a.json", "{\"a\":\"b\xff\"}"),
	} {
		_, err := collect(zipFormat(), in, ReadOptions{})
		if err == nil || !strings.Contains(err.Error(), strings.TrimSpace(name)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOpaqueEntriesGoAndKeepTheirPlace(t *testing.T) {
	in := zipped(t, nil, "_chat.txt", "10:00 Fenna: hoi\n10:01 Pelle: dag\n", "foto Fenna.jpg", "\xFF\xD8\xFF\xE0 Fenna", "rapport.pdf", "%PDF-1.4 Fenna")
	cs, err := collect(zipFormat(), in, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cs {
		for i := range c.Fields {
			if f := &c.Fields[i]; f.Kind == FieldDrop {
				f.Edit(whole(f.Value, ""))
			}
		}
	}
	out, err := emit(zipFormat(), cs)
	if err != nil {
		t.Fatal(err)
	}
	zr, err := zip.NewReader(strings.NewReader(out), int64(len(out)))
	if err != nil || len(zr.File) != 3 {
		t.Fatalf("%v", err)
	}
	if zr.File[0].UncompressedSize64 == 0 || zr.File[1].UncompressedSize64 != 0 || zr.File[2].UncompressedSize64 != 0 {
		t.Error("not just the opaque ones are empty")
	}
}

// TestHiddenBytesOfAnArchiveGo packs what unpacking does not show: bytes before
// and between entries, a name in an extra field, remarks.
func TestHiddenBytesOfAnArchiveGo(t *testing.T) {
	plain := zipped(t, nil, "a.jsonl", `{"messages":[{"text":"hoi"}]}`+"\n")
	extra := zipped(t, func(h *zip.FileHeader) { h.Extra = append([]byte{0x75, 0x70, 10, 0}, "Fenna naam"...) }, "a.jsonl", `{"messages":[{"text":"hoi"}]}`+"\n")
	before := append([]byte("Fenna"), plain...)
	for name, in := range map[string][]byte{"extra": extra, "before": before} {
		cs, err := collect(zipFormat(), in, ReadOptions{})
		if err != nil {
			t.Fatal(name, err)
		}
		out, err := emit(zipFormat(), cs)
		if err != nil || strings.Contains(out, "Fenna") {
			t.Errorf("%s: %v, hidden bytes are still there", name, err)
		}
	}
	remarks := zipped(t, func(h *zip.FileHeader) { h.Comment = "van Fenna" }, "a.jsonl", `{"messages":[{"text":"hoi"}]}`+"\n")
	remarks = append(remarks[:len(remarks)-2], append([]byte{14, 0}, "chat met Fenna"...)...)
	cs, err := collect(zipFormat(), remarks, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if out, err := emit(zipFormat(), cs); err != nil || out != string(remarks) {
		t.Error("remarks do not come back")
	}
	for _, c := range cs {
		pseudonymise(c)
	}
	if out, err := emit(zipFormat(), cs); err != nil || strings.Contains(out, "Fenna") {
		t.Error("a remark still holds the name")
	}
}

func TestAnArchiveInAFileIsReadInPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.zip")
	in := zipped(t, nil, "a/b.jsonl", `{"messages":[{"text":"hoi Fenna"}]}`+"\n", "c.csv", "Naam;Bericht\nFenna;hoi\n")
	if err := os.WriteFile(path, in, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out bytes.Buffer
	if err := writeZip(&out, readZip(f, ReadOptions{})); err != nil || !bytes.Equal(out.Bytes(), in) {
		t.Errorf("not identical: %v", err)
	}
}

func TestOldAndEncryptedOfficeFilesAndMacrosAreRefused(t *testing.T) {
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	if f, _ := Sniff("lijst.xlsx", []byte(ole)); f.Name != "xlsx" {
		t.Errorf("sniffed as %q", f.Name)
	}
	for _, in := range []string{ole, string(zipped(t, nil, "xl/workbook.xml", "<workbook/>", "xl/vbaProject.bin", "x")), string(zipped(t, nil, "xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>"))} {
		if _, err := collect(xlsxFormat(), []byte(in), ReadOptions{}); err == nil {
			t.Error("taken")
		}
	}
}

func TestDamagedMailIsRefused(t *testing.T) {
	head := "From: a@example.com\nTo: b@example.com\nSubject: x\n"
	for _, body := range []string{
		"Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n",
		"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n",
		"Content-Type: multipart/mixed\n\nx\n",
		"Content-Type: text/plain; charset=klingon\n\nx\n",
		"Content-Transfer-Encoding: uuencode\n\nx\n",
		"Content-Transfer-Encoding: base64\n\n!!!!\n",
		"geen kop\n\nx\n",
	} {
		if _, err := collect(emlFormat(), []byte(head+body), ReadOptions{}); err == nil {
			t.Errorf("taken: %q", body)
		}
	}
}

func TestLongStreamsOfMyOwn(t *testing.T) {
	message := `{"id":1,"type":"message","date_unixtime":"1763457123","from":"Fenna","from_id":"user1","text":"` + strings.Repeat("hoi ", 20) + `","text_entities":[]}`
	inputs := map[string]*repeated{
		"telegram":     {head: `{"name":"Fenna","messages":[` + message, body: "," + message, tail: "]}"},
		"zendesk-chat": {head: `{"chats":[{"id":"0"}`, body: `,{"id":"1","visitor":{"name":"Fenna"},"history":[{"type":"chat.msg","msg":"hoi"}]}`, tail: `]}`},
		"rocketchat":   {body: `{"msg":"hoi","username":"fenna","ts":"2025-11-18T09:12:03.100Z"}` + "\n"},
		"csv":          {head: "id,naam,bericht\n", body: "1,Fenna,\"hoi, daar\"\n2,Pelle,dag\n"},
		"json":         {body: `{"user":"fenna","text":"hoi","room":"a"}` + "\n"},
		"mbox":         {body: "From a@example.com Tue Nov 18 12:10:00 2025\nFrom: a@example.com\nTo: b@example.com\nSubject: x\n\nhoi\n\n"},
	}
	for name, in := range inputs {
		size := 64 << 20
		if testing.Short() {
			size = 4 << 20
		}
		in.n = size / len(in.body)
		want := uint64(len(in.head) + len(in.tail) + in.n*len(in.body))
		f, _ := Lookup(name)
		var w watchedWriter
		if err := f.Write(&w, f.Read(in, ReadOptions{})); err != nil {
			t.Fatal(err)
		}
		if w.n != want {
			t.Errorf("%s: %d bytes became %d", name, want, w.n)
		}
		if w.most > 200<<20 {
			t.Errorf("%s: %d MB of heap for %d MB", name, w.most>>20, want>>20)
		}
		t.Logf("%s: %d MB, at most %d MB of heap", name, want>>20, w.most>>20)
	}
}

func benchmarkStream(b *testing.B, format, head, body, tail string) {
	f, _ := Lookup(format)
	n := (8 << 20) / len(body)
	b.SetBytes(int64(len(head) + len(tail) + n*len(body)))
	for b.Loop() {
		if err := f.Write(io.Discard, f.Read(&repeated{head: head, body: body, tail: tail, n: n}, ReadOptions{})); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTelegram(b *testing.B) {
	message := `{"id":1,"type":"message","date_unixtime":"1763457123","from":"Fenna","from_id":"user1","text":"` + strings.Repeat("hoi ", 20) + `","text_entities":[]}`
	benchmarkStream(b, "telegram", `{"name":"Fenna","messages":[`+message, ","+message, "]}")
}

func BenchmarkZendeskLines(b *testing.B) {
	benchmarkStream(b, "zendesk-chat", "", `{"id":"2511","type":"chat","timestamp":"2025-11-18T09:12:03Z","visitor":{"id":"1.R","name":"Fenna","email":"f@example.com"},"history":[`+
		strings.Repeat(`{"type":"chat.msg","name":"Fenna","nick":"visitor:1.R","timestamp":"2025-11-18T09:12:30Z","msg":"hoi, ik heet Fenna en zit in 3MTB"},`, 20)+
		`{"type":"chat.memberleave","name":"Fenna","nick":"visitor:1.R","timestamp":"2025-11-18T09:20:11Z"}]}`+"\n", "")
}

func BenchmarkCSV(b *testing.B) {
	benchmarkStream(b, "csv", "Gesprek-ID;Tijdstip;Afzender;Bericht\n", "2025-1181;2025-11-18 10:12:00;Fenna Wolkenaer;\"Hoi, ik ben Fenna; kan je mij bellen?\"\n", "")
}
