package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
)

// settings are digests of all that an output depends on beside the input, by
// name. They are keyed, but for the names of the key and of the model.
type settings map[string]string

// What stands in settings.
const (
	settingKey    = "key"
	settingPolicy = "policy"
	settingModel  = "model"
)

// settingsOf returns the settings of a run with the key of an Anonymizer.
func settingsOf(f anonymizeFlags, p anonymize.Policy, a *anonymize.Anonymizer) (settings, error) {
	s := settings{
		settingKey:    a.KeyID(),
		settingPolicy: a.Digest(fmt.Sprintf("policy %+v", p)), // package fmt sorts maps
		settingModel:  detectors.ModelDigest(),
		"program":     a.Digest("program " + version()),
		"--strict":    a.Digest(fmt.Sprintf("strict %v", f.strict)),
		"--to":        a.Digest("to " + f.to),
		"strictness":  a.Digest(fmt.Sprintf("strictness %s %v", f.names.strictness, f.names.english)),
	}
	for name, files := range map[string][]string{
		"--from": nil, "--detectors": f.names.own, "--corrections": f.corrections.files, "--geo-db": nil,
	} {
		text := ""
		switch {
		case name == "--geo-db" && f.geoDB != "":
			files = []string{f.geoDB}
		case name == "--from" && slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(f.from)):
			files = []string{f.from}
		case name == "--from":
			text = f.from
		}
		for _, file := range files {
			sum, err := fileSum(file)
			if err != nil {
				return nil, err
			}
			text += " " + sum
		}
		s[name] = a.Digest(name + " " + text)
	}
	return s, nil
}

// fileSum returns the SHA-256 of a file that an output depends on.
func fileSum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// differ names what differs from other settings; only the key when that does,
// because then all digests do.
func (s settings) differ(o settings) string {
	if s[settingKey] != o[settingKey] {
		return settingKey
	}
	var names []string
	for name := range s {
		if s[name] != o[name] {
			names = append(names, name)
		}
	}
	for name := range o {
		if _, ok := s[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
