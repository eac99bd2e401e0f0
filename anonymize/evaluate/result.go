package evaluate

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/clbchat/naamloos/detectors"
)

// Rate is a share with its 95% interval (percentile bootstrap over
// conversations). Of is the denominator; when it is 0 the rest means nothing.
type Rate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Of    int     `json:"of"`
}

// Figures are what was measured of one entity type.
type Figures struct {
	Type          detectors.EntityType `json:"type"` // "ALL" for all together
	Gold          int                  `json:"gold"`
	Found         int                  `json:"found"`
	Covered       Rate                 `json:"covered"`
	Precision     Rate                 `json:"precision"`
	StrictP       Rate                 `json:"strict_precision"`
	StrictR       Rate                 `json:"strict_recall"`
	StrictF1      Rate                 `json:"strict_f1"`
	Leaked        Rate                 `json:"leaked_characters"`
	OverRedaction Rate                 `json:"over_redaction"`
	Clean         Rate                 `json:"clean_conversations"`
}

// Result is what was measured of a set of conversations.
type Result struct {
	Conversations int       `json:"conversations"`
	Texts         int       `json:"texts"`
	Figures       []Figures `json:"figures"` // all together first, then by number of annotations
}

// measures are the shares taken of a row of counts, in the order of Figures.
var measures = [...]func(t *tally, c *counts) (part, of float64){
	func(_ *tally, c *counts) (float64, float64) { return float64(c.covered), float64(c.gold) },
	func(_ *tally, c *counts) (float64, float64) { return float64(c.hit), float64(c.pred) },
	func(_ *tally, c *counts) (float64, float64) { return float64(c.exact), float64(c.pred) },
	func(_ *tally, c *counts) (float64, float64) { return float64(c.exact), float64(c.gold) },
	func(_ *tally, c *counts) (float64, float64) { return float64(2 * c.exact), float64(c.pred + c.gold) },
	func(_ *tally, c *counts) (float64, float64) { return float64(c.leaks), float64(c.chars) },
	func(t *tally, c *counts) (float64, float64) { return float64(c.extra), float64(t.outside) },
	func(_ *tally, c *counts) (float64, float64) { return float64(c.clean), float64(c.chats) },
}

func (f *Figures) rates() [len(measures)]*Rate {
	return [...]*Rate{&f.Covered, &f.Precision, &f.StrictP, &f.StrictR, &f.StrictF1, &f.Leaked, &f.OverRedaction, &f.Clean}
}

// Result returns the figures of the conversations that keep chooses; nil
// chooses all.
func (s *Scores) Result(keep func(*Chat) bool) *Result {
	r := &Result{}
	var chosen []*tally
	total := newTally()
	for i := range s.chats {
		if keep == nil || keep(&s.chats[i]) {
			chosen = append(chosen, &s.tallies[i])
			total.add(&s.tallies[i])
			r.Texts += len(s.chats[i].Messages)
		}
	}
	r.Conversations = len(chosen)
	names := append([]detectors.EntityType{"ALL"}, detectors.EntityTypes()...)
	intervals := bootstrap(chosen, len(total.rows))
	for row := range total.rows {
		c := &total.rows[row]
		if row != everything && c.gold == 0 && c.pred == 0 {
			continue
		}
		f := Figures{Type: names[row], Gold: c.gold, Found: c.pred}
		for k, rate := range f.rates() {
			part, of := measures[k](&total, c)
			if of > 0 {
				*rate = Rate{Value: part / of, Low: intervals[row][k].low, High: intervals[row][k].high, Of: int(of)}
			}
		}
		r.Figures = append(r.Figures, f)
	}
	slices.SortStableFunc(r.Figures[1:], func(a, b Figures) int { return cmp.Compare(b.Gold, a.Gold) })
	return r
}

// Of returns the figures of a type, zero when there are none.
func (r *Result) Of(t detectors.EntityType) Figures {
	for _, f := range r.Figures {
		if f.Type == t {
			return f
		}
	}
	return Figures{Type: t}
}

// Values returns the values of chats that name gives, sorted, each once.
func (s *Scores) Values(name func(*Chat) string) []string {
	var out []string
	for i := range s.chats {
		out = append(out, name(&s.chats[i]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Table writes r for reading: per cent, 95% intervals in brackets.
func (r *Result) Table(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "type\tgold\tfound\tcovered\t\tprecision\tstrict P\tstrict R\tstrict F1\t\tover-redaction\t\tclean conversations\t\t")
	for _, f := range r.Figures {
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", f.Type, f.Gold, f.Found,
			f.Covered, f.Covered.interval(), f.Precision, f.StrictP, f.StrictR, f.StrictF1, f.StrictF1.interval(),
			f.OverRedaction, f.OverRedaction.interval(), f.Clean, f.Clean.interval())
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%d conversations, %d texts\n", r.Conversations, r.Texts)
	return err
}

// String returns the rate in per cent.
func (r Rate) String() string {
	if r.Of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", 100*r.Value)
}

func (r Rate) interval() string {
	if r.Of == 0 {
		return ""
	}
	return fmt.Sprintf("[%.1f %.1f]", 100*r.Low, 100*r.High)
}
