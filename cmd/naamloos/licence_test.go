package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// licenceMarks tell licences by a phrase that only they have.
var licenceMarks = map[string]string{
	"permission is hereby granted, free of charge":       "MIT",
	"apache license version 2.0":                         "Apache-2.0",
	"redistribution and use in source and binary forms":  "BSD",
	"permission to use, copy, modify, and/or distribute": "ISC",
	"permission to use, copy, modify, and distribute":    "ISC",
	"this is free and unencumbered software":             "Unlicense",
	"gnu general public license":                         "GPL",
	"gnu lesser general public license":                  "LGPL",
	"gnu affero general public license":                  "AGPL",
	"mozilla public license":                             "MPL",
	"eclipse public license":                             "EPL",
	"server side public license":                         "SSPL",
	"business source license":                            "BUSL",
	"common development and distribution license":        "CDDL",
}

// freeTypeChoice stands where one may choose between the FreeType licence and the GPL.
const freeTypeChoice = "subject to your choice of exactly one of the following two licenses: * the freetype license"

// permissive are the licences that may be in the binary.
var permissive = []string{"MIT", "Apache-2.0", "BSD", "ISC", "Unlicense", "FTL"}

// moduleInfo is what go list says of a module.
type moduleInfo struct {
	Path, Dir      string
	Main, Indirect bool
}

// linked returns the modules in the binary.
func linked(t *testing.T) map[string]moduleInfo {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-json=Module", module+"cmd/naamloos").Output()
	require.NoError(t, err)
	modules := map[string]moduleInfo{}
	d := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct{ Module *moduleInfo }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return modules
		} else {
			require.NoError(t, err)
		}
		if p.Module != nil && !p.Module.Main {
			modules[p.Module.Path] = *p.Module
		}
	}
}

// licences returns the licences of the licence files of a module.
func licences(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	var found []string
	for _, file := range files {
		base := strings.ToUpper(filepath.Base(file))
		if !strings.HasPrefix(base, "LICEN") && !strings.HasPrefix(base, "COPYING") {
			continue
		}
		if strings.Contains(base, "3RD-PARTY") { // an overview of other modules, which are looked at themselves when they are linked
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			continue // a folder
		}
		plain := strings.Join(strings.Fields(strings.ToLower(string(text))), " ")
		if strings.Contains(plain, freeTypeChoice) {
			found = append(found, "FTL") // the one we chose; NOTICE has what it asks for
			continue
		}
		for mark, id := range licenceMarks {
			if strings.Contains(plain, mark) {
				found = append(found, id)
			}
		}
	}
	return found
}

func TestNoCopyleftInTheBinary(t *testing.T) {
	listed, err := os.ReadFile("../../docs/DEPENDENCIES.md")
	require.NoError(t, err)
	for path, m := range linked(t) {
		ids := licences(t, m.Dir)
		assert.NotEmpty(t, ids, "%s has no licence that is known", path)
		for _, id := range ids {
			assert.True(t, slices.Contains(permissive, id), "%s is under %s", path, id)
		}
		assert.True(t, m.Indirect || strings.Contains(string(listed), path+" "), "docs/DEPENDENCIES.md does not list %s", path)
	}
}
