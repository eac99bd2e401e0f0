package anonymize

import "github.com/clbchat/naamloos/detectors"

// narrow returns the type of a number whose field tells only roughly what it is:
// a column of national numbers holds rijksregisternummers, one of accounts IBANs.
// Spreadsheets drop a leading zero, so the number is tried with one too.
func (s *state) narrow(typ detectors.EntityType, value string) (detectors.EntityType, error) {
	if typ != detectors.NationalID && typ != detectors.BankAccount {
		return typ, nil
	}
	for _, v := range []string{value, "0" + value} {
		spans, err := s.a.set.Find(nil, detectors.Text{Body: v})
		if err != nil {
			return typ, err
		}
		for _, sp := range spans {
			if sp.Start == 0 && sp.End == len(v) && (sp.Type == detectors.NRN || sp.Type == detectors.IBAN) {
				return sp.Type, nil
			}
		}
	}
	return typ, nil
}
