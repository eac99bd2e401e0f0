package main

import (
	"os"
	"strings"
	"testing"
)

const list = `# a comment

sum.go . ./other
-	return a + b
+	return a - b

sum.go .
-	if a > b {
-		return a
+	if a < b {
+		return a
`

func TestFaultsAreReadAsTheyStand(t *testing.T) {
	faults, err := parseFaults(list)
	if err != nil || len(faults) != 2 {
		t.Fatalf("%d faults, %v", len(faults), err)
	}
	f, g := faults[0], faults[1]
	if f.file != "sum.go" || strings.Join(f.packages, " ") != ". ./other" || f.line != 3 || f.from != "\treturn a + b\n" || f.to != "\treturn a - b\n" {
		t.Errorf("%+v", f)
	}
	if g.line != 7 || g.from != "\tif a > b {\n\t\treturn a\n" || g.to != "\tif a < b {\n\t\treturn a\n" {
		t.Errorf("%+v", g)
	}
}

func TestAListThatIsNoneIsRefusedWithItsLine(t *testing.T) {
	for text, line := range map[string]string{
		"sum.go\n-a\n+b\n":               ":1:", // no packages
		"# x\n\nsum.go .\n-a\n b\n":      ":5:", // neither - nor +
		"sum.go .\n+b\n":                 ":1:", // nothing to find
		"sum.go .\n-a\n+a\n":             ":1:", // no change
		"sum.go .\n-a\n+b\n\nsum.go .\n": ":5:", // empty
	} {
		if _, err := parseFaults(text); err == nil || !strings.Contains(err.Error(), line) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// inModule makes a small module with a test, and its folder the working one.
func inModule(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"go.mod":      "module sum\n\ngo 1.25\n",
		"sum.go":      "package sum\n\nfunc add(a, b int) int {\n\treturn a + b\n}\n\nfunc first(a, b int) int {\n\treturn a\n}\n",
		"sum_test.go": "package sum\n\nimport \"testing\"\n\nfunc TestAdd(t *testing.T) {\n\tif add(2, 3) != 5 || first(1, 1) != 1 {\n\t\tt.Fatal()\n\t}\n}\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func faultOf(from, to string) fault {
	return fault{file: "sum.go", packages: []string{"."}, from: from, to: to, line: 3}
}

func TestAFaultThatNoLongerFitsIsReported(t *testing.T) {
	inModule(t)
	fits := faultOf("\treturn a + b\n", "\treturn a - b\n")
	if err := fitAll([]fault{fits}, 1); err != nil {
		t.Fatal(err)
	}
	for want, f := range map[string]fault{
		"stands 0 times":   faultOf("\treturn a * b\n", "\treturn a\n"),
		"stands 2 times":   faultOf("int {\n", "int {\n\n"),
		"does not compile": faultOf("\treturn a + b\n", "\treturn c\n"),
	} {
		err := fitAll([]fault{fits, f}, 2)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), faultsFile+":3") {
			t.Errorf("%s: %v", want, err)
		}
	}
	if err := fitAll([]fault{{file: "gone.go", from: "a", to: "b"}}, 1); err == nil {
		t.Error("a file that is gone is not reported")
	}
}

func TestAFaultIsNoticedOnlyWhenATestFails(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs a module")
	}
	inModule(t)
	noticed := faultOf("\treturn a + b\n", "\treturn a - b\n")
	survives := faultOf("\treturn a\n", "\treturn b\n")
	if n := killAll([]fault{noticed, survives}, 2); n != 1 {
		t.Errorf("%d noticed, want 1", n)
	}
	code, err := os.ReadFile("sum.go")
	if err != nil || !strings.Contains(string(code), "a + b") {
		t.Error("the fault was written into the code itself")
	}
}

func TestOneInTwentyMaySurvive(t *testing.T) {
	for _, c := range []struct {
		killed, faults int
		enough         bool
	}{{20, 20, true}, {19, 20, true}, {18, 20, false}, {18, 19, false}, {0, 0, true}} {
		if enough(c.killed, c.faults) != c.enough {
			t.Errorf("%d of %d", c.killed, c.faults)
		}
	}
}
