package anonymize

import (
	"slices"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// treat gives the values of a conversation the treatment that the policy has
// for them, where it is not the default. The first value is the id of the
// conversation, the second its topic.
func (r *rules) treat(slots []slot) {
	m := r.policy.Metadata
	for i := range slots {
		s := &slots[i]
		switch {
		case s.msg != nil || i == 1:
			if m.Texts == TreatDrop {
				s.treat = empty
			}
		case i == 0:
			if m.IDs == TreatRekey {
				s.treat = rekey
			}
		case s.field != nil:
			s.treat = r.treatField(s.field, s.treat)
		case s.typ == detectors.IP && m.IP == TreatPseudonym:
			s.treat = whole
		}
	}
}

// treatField returns the treatment of a field.
func (r *rules) treatField(f *transcripts.Field, now treatment) treatment {
	m := r.policy.Metadata
	switch {
	case slices.Contains(r.dropFields, f.Label):
		return empty
	case slices.Contains(r.keepFields, f.Label) && (now == scan || f.Kind >= transcripts.FieldOrganisation):
		return keep
	case isAnswer(f.Kind) && m.Fields == TreatDrop,
		f.Kind == transcripts.FieldRegion && m.Geo == TreatCountry,
		(f.Kind == transcripts.FieldRegion || f.Kind == transcripts.FieldCountry) && m.Geo == TreatDrop:
		return empty
	case f.Kind == transcripts.FieldID && m.IDs == TreatRekey:
		return rekey
	}
	return now
}

// isAnswer reports whether a field is what somebody has filled in, and no part of
// what the chat system notes itself.
func isAnswer(k transcripts.FieldKind) bool {
	return k == transcripts.FieldText || k >= transcripts.FieldNationalID
}

// coarsen leaves of the participants' geography what the policy leaves.
func (r *rules) coarsen(c *transcripts.Conversation) {
	for i := range c.Participants {
		p := &c.Participants[i]
		switch r.policy.Metadata.Geo {
		case TreatCountry:
			if p.Geo != nil {
				p.Geo.Region = ""
			}
		case TreatDrop:
			p.Geo = nil
		}
	}
}

// codeOf returns what codes the id that a slot holds.
func (r *rules) codeOf(s *slot) derived {
	if s.field != nil && s.field.Kind == transcripts.FieldIDHash {
		return r.hashes
	}
	return derived{scoped{r.ids, kindID}, ScopeCorpus}
}
