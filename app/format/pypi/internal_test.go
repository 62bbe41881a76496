package pypi

import (
	"os"
	"strings"
	"testing"
)

// verdicts calls each with the lines of a file in testdata and with what packaging
// made of them, which is a dash where it refused.
func verdicts(t *testing.T, file string, each func(verdict, text string)) {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for line := range strings.Lines(string(raw)) {
		verdict, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		each(verdict, text)
		count++
	}
	if count < 20 {
		t.Errorf("got %d lines in %s", count, file)
	}
}

func TestRequirementsAgainstPackaging(t *testing.T) {
	t.Parallel()
	verdicts(t, "requirements.txt", func(verdict, text string) {
		if got, want := soundRequirement(text), verdict == "ok"; got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	})
}

func TestSpecifiersAgainstPackaging(t *testing.T) {
	t.Parallel()
	verdicts(t, "specifiers.txt", func(verdict, text string) {
		if got, want := soundSpecifiers(text), verdict == "ok"; got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	})
}

func TestLicensesAgainstPackaging(t *testing.T) {
	t.Parallel()
	verdicts(t, "licenses.txt", func(verdict, text string) {
		got, err := normalizeLicense(text)
		if err != nil {
			got = "-"
		}
		if got != verdict {
			t.Errorf("%q: got %q, want %q", text, got, verdict)
		}
	})
}
