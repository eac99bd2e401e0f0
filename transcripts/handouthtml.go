package transcripts

import (
	"bufio"
	"fmt"
	"html"
	"strings"
)

// htmlOutFormat is a page to print or read: it loads nothing from anywhere.
func htmlOutFormat() Format {
	return Format{
		Name:  "html",
		Doc:   "page to print: line numbers, relative times, roles (written only)",
		Write: handout{htmlHeader, "</body></html>\n", writeHTMLSheet}.write,
	}
}

const htmlHeader = `<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
<title>Gesprekken, ` + handoutNotice + `</title>
<style>
body{font:11pt/1.45 system-ui,"Segoe UI",Roboto,sans-serif;max-width:58em;margin:2em auto;padding:0 1em;color:#1a1a1a;background:#fff}
h2{font-size:1.2em;margin:2em 0 .3em}
.notice{font-size:.85em;font-weight:600;letter-spacing:.03em;color:#8a1c1c;text-align:left;padding:.3em 0}
.people{margin:.2em 0 1em;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.3em 1.2em;font-size:.9em}
table{border-collapse:collapse;width:100%}
th,td{vertical-align:top;text-align:left;padding:.3em .6em;border-bottom:1px solid #ddd}
td.n,td.t{color:#595959;font-variant-numeric:tabular-nums;white-space:nowrap;width:1%}
td.w{width:22%;overflow-wrap:anywhere}
td.x{white-space:pre-wrap;overflow-wrap:anywhere}
small{color:#595959;display:block}
.visitor .w,li.visitor{color:#0b4f8a}
.operator .w,li.operator{color:#145c2e}
.bot .w,li.bot{color:#6b3fa0}
tr.system td,tr.note td{font-style:italic;background:#f6f6f6}
@media print{@page{margin:18mm 15mm}body{margin:0;max-width:none;padding:0;font-size:10pt}section{break-before:page}section:first-of-type{break-before:auto}tr{break-inside:avoid}thead{display:table-header-group}}
</style></head><body>
`

func writeHTMLSheet(w *bufio.Writer, s *handoutSheet) {
	text := func(t string) string { return html.EscapeString(printable(t)) }
	fmt.Fprintf(w, "<section><h2>%s</h2>\n<ul class=\"people\">", text(s.title()))
	for _, p := range s.people {
		fmt.Fprintf(w, "<li class=\"%s\"><bdi>%s</bdi>%s</li>", p.class, text(p.name), inBrackets(text(p.role)))
	}
	w.WriteString("</ul>\n<table><thead><tr><th class=\"notice\" colspan=\"4\">" + handoutNotice + "</th></tr>\n" +
		"<tr><th scope=\"col\">Nr</th><th scope=\"col\">Tijd</th><th scope=\"col\">Wie</th><th scope=\"col\">Tekst</th></tr></thead><tbody>\n")
	for _, r := range s.rows {
		label := ""
		if r.label != "" && r.label != r.who {
			label = "<small>" + text(r.label) + "</small>"
		}
		fmt.Fprintf(w, "<tr class=\"%s\"><td class=\"n\">%d</td><td class=\"t\">%s</td><td class=\"w\"><bdi>%s</bdi>%s</td><td class=\"x\"><bdi>%s</bdi></td></tr>\n",
			r.class, r.number, r.time, text(r.who), label, text(r.text))
	}
	w.WriteString("</tbody></table></section>\n")
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// markdownFormat is a list to paste into notes.
func markdownFormat() Format {
	return Format{
		Name:  "markdown",
		Doc:   "Markdown: numbered, relative times, roles (written only)",
		Write: handout{"*" + handoutNotice + "*\n", "", writeMarkdownSheet}.write,
	}
}

func writeMarkdownSheet(w *bufio.Writer, s *handoutSheet) {
	fmt.Fprintf(w, "\n## %s\n\n", markdownText(s.title()))
	for _, p := range s.people {
		fmt.Fprintf(w, "- %s%s\n", markdownText(p.name), inBrackets(markdownText(p.role)))
	}
	w.WriteString("\n")
	for _, r := range s.rows {
		who := markdownText(r.who)
		if r.label != "" && r.label != r.who {
			who = strings.TrimSpace(who + inBrackets(markdownText(r.label)))
		}
		fmt.Fprintf(w, "%d. ", r.number)
		if r.time != "" {
			fmt.Fprintf(w, "`%s` ", r.time)
		}
		if who != "" {
			fmt.Fprintf(w, "**%s:** ", who)
		}
		indent := strings.Repeat(" ", len(fmt.Sprint(r.number))+2)
		w.WriteString(strings.ReplaceAll(markdownText(r.text), "\n", "  \n"+indent) + "\n")
	}
}

// markdownText escapes what Markdown, or HTML in it, would take for markup.
func markdownText(s string) string { return markdownEscapes.Replace(printable(s)) }

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "#", `\#`, "|", `\|`, "~", `\~`, "&", "&amp;")
