// Package policy reads policies: files of YAML that say what becomes of what is
// found.
//
//	p, err := policy.Parse("clb.yaml", data)
//	p, err := policy.Preset("training")
//
// An error names file, line and field; unknown fields are refused. [Schema] is
// the JSON Schema of the files, [Explain] tells a data protection officer in
// plain words what a policy does.
package policy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
)

// Version is the version of policy files that this package reads.
const Version = 1

// largest is far more than any policy holds, in bytes.
const largest = 1 << 20

// Error says where a policy is wrong, and how.
type Error struct {
	File  string
	Line  int    // from 1; 0 when unknown
	Field string // such as entities.PHONE.operator; "" when unknown
	Fault string
}

// Error implements error.
func (e *Error) Error() string {
	s := e.File
	if e.Line > 0 {
		s += ":" + strconv.Itoa(e.Line)
	}
	if e.Field != "" {
		s += ": " + e.Field
	}
	return s + ": " + e.Fault
}

// Parse reads a policy. file is the name that errors bear.
func Parse(file string, data []byte) (anonymize.Policy, error) {
	if len(data) > largest {
		return anonymize.Policy{}, &Error{File: file, Fault: "too long for a policy"}
	}
	var doc, more yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&doc); err != nil {
		return anonymize.Policy{}, syntaxError(file, err)
	}
	if err := d.Decode(&more); !errors.Is(err, io.EOF) {
		return anonymize.Policy{}, &Error{File: file, Line: more.Line, Fault: "a policy is one document"}
	}
	p := parser{file: file, lines: map[string]int{}}
	p.policy(doc.Content[0])
	if p.err != nil {
		return anonymize.Policy{}, p.err
	}
	var bad *anonymize.PolicyError
	if err := p.out.Check(); errors.As(err, &bad) {
		return anonymize.Policy{}, &Error{File: file, Line: p.line(bad.Field), Field: bad.Field, Fault: bad.Fault}
	}
	return p.out, nil
}

// syntaxError returns the error of the YAML library with its line.
func syntaxError(file string, err error) error {
	if errors.Is(err, io.EOF) {
		return &Error{File: file, Fault: "the policy is empty"}
	}
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		number, fault, _ := strings.Cut(rest, ": ")
		line, _ = strconv.Atoi(number)
		text = fault
	}
	return &Error{File: file, Line: line, Fault: "not YAML: " + text}
}

// parser fills a policy from the nodes of a file. The first fault stays.
type parser struct {
	file  string
	lines map[string]int // of fields
	out   anonymize.Policy
	err   *Error
}

func (p *parser) fail(n *yaml.Node, field, format string, args ...any) {
	if p.err == nil {
		p.err = &Error{File: p.file, Line: n.Line, Field: field, Fault: fmt.Sprintf(format, args...)}
	}
}

// line returns the line of a field, or of what it is in.
func (p *parser) line(field string) int {
	for field != "" {
		if n, ok := p.lines[field]; ok {
			return n
		}
		field = field[:max(0, strings.LastIndexAny(field, ".["))]
	}
	return 1
}

// mapping calls member for each member of a mapping, in order.
func (p *parser) mapping(n *yaml.Node, field string, member func(key string, value *yaml.Node, field string) (known bool)) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, field, "a mapping is expected")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content) && p.err == nil; i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		inner := strings.TrimPrefix(field+"."+key.Value, ".")
		p.lines[inner] = key.Line
		switch {
		case key.Kind != yaml.ScalarNode || value.Kind == yaml.AliasNode || value.Anchor != "":
			p.fail(value, inner, "anchors and aliases are not read here")
		case seen[key.Value]:
			p.fail(key, inner, "the field is there twice")
		case !member(key.Value, value, inner):
			p.fail(key, inner, "there is no such field")
		}
		seen[key.Value] = true
	}
}

func (p *parser) text(n *yaml.Node, field string) string {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!str" {
		p.fail(n, field, "a text is expected")
		return ""
	}
	return n.Value
}

func (p *parser) number(n *yaml.Node, field string) int {
	v, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || err != nil {
		p.fail(n, field, "a whole number is expected")
	}
	return v
}

func (p *parser) share(n *yaml.Node, field string) float64 {
	v, err := strconv.ParseFloat(n.Value, 64)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!int" && n.Tag != "!!float" || err != nil {
		p.fail(n, field, "a number between 0 and 1 is expected")
	}
	return v
}

// texts returns a list of texts.
func (p *parser) texts(n *yaml.Node, field string) []string {
	if n.Kind != yaml.SequenceNode {
		p.fail(n, field, "a list is expected")
		return nil
	}
	var out []string
	for i, item := range n.Content {
		inner := fmt.Sprintf("%s[%d]", field, i)
		p.lines[inner] = item.Line
		out = append(out, p.text(item, inner))
	}
	return out
}

// policy reads the whole file.
func (p *parser) policy(n *yaml.Node) {
	p.extend(n)
	versioned := false
	p.mapping(n, "", func(key string, v *yaml.Node, field string) bool {
		o := &p.out
		switch key {
		case "version":
			versioned = true
			if got := p.number(v, field); p.err == nil && got != Version {
				p.fail(v, field, "policies of version %d cannot be read, this is version %d", got, Version)
			}
		case "extends":
		case "name":
			o.Name = p.text(v, field)
		case "description":
			p.text(v, field)
		case "organisation":
			o.Organisation = p.text(v, field)
		case "require":
			o.Require = nil
			for _, r := range p.texts(v, field) {
				o.Require = append(o.Require, anonymize.Requirement(r))
			}
		default:
			return p.section(key, v, field)
		}
		return true
	})
	if p.err == nil && !versioned {
		p.fail(n, "version", "the field is missing; this is version %d", Version)
	}
}

// section reads what says how to find and what to write.
func (p *parser) section(key string, v *yaml.Node, field string) (known bool) {
	switch key {
	case "strictness":
		p.out.Strictness = p.strictness(v, field)
	case "language":
		p.out.Language = p.text(v, field)
	case "period":
		p.out.Period = keys.Length(p.text(v, field))
	case "default":
		p.out.Default = p.rule(v, field)
	case "entities":
		p.entities(v, field)
	case "keep":
		p.keep(v, field)
	case "deny":
		p.deny(v, field)
	case "metadata":
		p.metadata(v, field)
	case "retention":
		p.retention(v, field)
	default:
		return false
	}
	return true
}

// extend begins with the preset that the policy extends.
func (p *parser) extend(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if v := n.Content[i+1]; n.Content[i].Value == "extends" {
			base, err := Preset(p.text(v, "extends"))
			if err != nil {
				p.fail(v, "extends", "%v", err)
			}
			p.out = base
		}
	}
}

func (p *parser) strictness(n *yaml.Node, field string) detectors.Strictness {
	i := slices.Index(strictnesses, p.text(n, field))
	if i < 0 {
		p.fail(n, field, "there are %s", strings.Join(strictnesses, ", "))
		return 0
	}
	return detectors.Strictness(i)
}

// strictnesses are the names of the scale of strictness.
var strictnesses = []string{
	detectors.StrictnessHigh: "high", detectors.StrictnessMedium: "medium", detectors.StrictnessLow: "low",
}
