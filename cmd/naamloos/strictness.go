package main

import "github.com/clbchat/naamloos/detectors"

const strictnessUsage = "how much doubt is enough to hide a word: high (hides most), medium or low"

// parseStrictness reads the value of --strictness.
func parseStrictness(value string) (detectors.Strictness, error) {
	switch value {
	case "high":
		return detectors.StrictnessHigh, nil
	case "medium":
		return detectors.StrictnessMedium, nil
	case "low":
		return detectors.StrictnessLow, nil
	}
	return 0, misusef("--strictness is high, medium or low")
}
