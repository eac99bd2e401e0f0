package policy

import (
	"fmt"
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
)

// rule reads a rule: an operator alone, or a mapping.
func (p *parser) rule(n *yaml.Node, field string) anonymize.Rule {
	if n.Kind == yaml.ScalarNode {
		p.lines[field+".operator"] = n.Line
		return anonymize.Rule{Operator: anonymize.Operator(p.text(n, field))}
	}
	var r anonymize.Rule
	p.mapping(n, field, func(key string, v *yaml.Node, field string) bool {
		switch key {
		case "operator":
			r.Operator = anonymize.Operator(p.text(v, field))
		case "scope":
			r.Scope = anonymize.Scope(p.text(v, field))
		case "label":
			r.Label = anonymize.Labelling(p.text(v, field))
		case "band":
			if r.Band = p.number(v, field); r.Band < 1 {
				p.fail(v, field, "a band has 1 to 50 years")
			}
		case "min_score":
			r.MinScore = p.share(v, field)
		default:
			return false
		}
		return true
	})
	if p.err == nil && r.Operator == "" {
		p.fail(n, field, "the rule names no operator")
	}
	return r
}

// entities reads the rules, over those of the policy it extends.
func (p *parser) entities(n *yaml.Node, field string) {
	rules := maps.Clone(p.out.Rules)
	if rules == nil {
		rules = map[detectors.EntityType]anonymize.Rule{}
	}
	p.mapping(n, field, func(key string, v *yaml.Node, field string) bool {
		rules[detectors.EntityType(key)] = p.rule(v, field)
		return true
	})
	p.out.Rules = rules
}

// keep reads what stays, in addition to what the extended policy keeps.
func (p *parser) keep(n *yaml.Node, field string) {
	p.mapping(n, field, func(key string, v *yaml.Node, field string) bool {
		switch key {
		case "words":
			p.out.KeepWords = slices.Concat(p.out.KeepWords, p.texts(v, field))
		case "patterns":
			p.out.KeepPatterns = slices.Concat(p.out.KeepPatterns, p.texts(v, field))
		default:
			return false
		}
		return true
	})
}

// deny reads what always goes, in addition to what the extended policy denies.
func (p *parser) deny(n *yaml.Node, field string) {
	if n.Kind != yaml.SequenceNode {
		p.fail(n, field, "a list is expected")
		return
	}
	p.out.Deny = slices.Clone(p.out.Deny)
	for i, item := range n.Content {
		var d anonymize.Deny
		inner := fmt.Sprintf("%s[%d]", field, i)
		p.lines[inner] = item.Line
		p.mapping(item, inner, func(key string, v *yaml.Node, field string) bool {
			switch key {
			case "type":
				d.Type = detectors.EntityType(p.text(v, field))
			case "words":
				d.Words = p.texts(v, field)
			case "patterns":
				d.Patterns = p.texts(v, field)
			default:
				return false
			}
			return true
		})
		p.out.Deny = append(p.out.Deny, d)
	}
}

func (p *parser) metadata(n *yaml.Node, field string) {
	m := &p.out.Metadata
	treatments := map[string]*anonymize.Treatment{
		"ids": &m.IDs, "times": &m.Times, "ip": &m.IP, "geo": &m.Geo, "fields": &m.Fields, "texts": &m.Texts, "key_id": &m.KeyID,
	}
	p.mapping(n, field, func(key string, v *yaml.Node, field string) bool {
		switch t := treatments[key]; {
		case t != nil:
			*t = anonymize.Treatment(p.text(v, field))
		case key == "keep_fields":
			m.KeepFields = p.texts(v, field)
		case key == "drop_fields":
			m.DropFields = p.texts(v, field)
		default:
			return false
		}
		return true
	})
}

func (p *parser) retention(n *yaml.Node, field string) {
	r := &p.out.Retention
	p.mapping(n, field, func(key string, v *yaml.Node, field string) bool {
		switch key {
		case "days":
			r.Days = p.number(v, field)
		case "overdue":
			r.Overdue = anonymize.Overdue(p.text(v, field))
		case "expired":
			r.Expired = anonymize.Treatment(p.text(v, field))
		default:
			return false
		}
		return true
	})
}
