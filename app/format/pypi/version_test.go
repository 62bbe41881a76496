package pypi_test

import (
	"os"
	"strings"
	"testing"

	"vivarium/app/format/pypi"
	"vivarium/app/model"
)

// ascending are versions in their order, equal ones joined by " = ".
var ascending = strings.Split(`0.0.0.dev0
0.0 = 0
1.0.dev
1.0.dev1
1.0.a
1.0a1.dev1
1.0a1
1.0a1.post1.dev1
1.0a1.post1
1.0a2
1.0ALPHA3
1.0a10
1.0b1.dev2
1.0b1
1.0b1.post1
1.0rc
1.0rc1.dev1
1.0rc1
1.0c2 = 1.0rc2
1.0.Preview4
1.0
1.0+a
1.0+a.1
1.0+abc
1.0+abc.5
1.0+abc.10
1.0+UBUNTU-1 = 1.0+ubuntu_1
1.0+1
1.0+2
1.0+5.abc
1.0+10
1.0.post.dev
1.0.post0.dev1
1.0.post0 = 1.0.post
1.0.post1.dev1
1.0.post1 = 1.0-1
1.0.post1+local
1.0.post2.dev3
1.0-2
1.0-rev5
1.0.1
1.1.dev0
1.1
1.2 = 01.02
1.10
1.10.0.1
v2.0 = 2.0.0.0 = 2.0.0
2024.1
1!0
1!0.1
1!1.0`, "\n")

func TestCompareVersions(t *testing.T) {
	t.Parallel()
	for i, left := range ascending {
		for j, right := range ascending {
			for a := range strings.SplitSeq(left, " = ") {
				for b := range strings.SplitSeq(right, " = ") {
					if got, want := pypi.CompareVersions(a, b), sign(i-j); got != want {
						t.Errorf("%s to %s: got %d, want %d", a, b, got, want)
					}
				}
			}
		}
	}
}

func TestCompareVersionsOfOthers(t *testing.T) {
	t.Parallel()
	order := []string{"", " ", "1..0", "2.x", "french toast", strings.Repeat("1", 129), "0.dev0", "9", "10", "18446744073709551616", "99999999999999999999999"}
	order[5] = "z" + order[5]
	for i, a := range order {
		for j, b := range order {
			if got, want := pypi.CompareVersions(a, b), sign(i-j); got != want {
				t.Errorf("%q to %q: got %d, want %d", a, b, got, want)
			}
		}
	}
}

func sign(n int) int { return max(-1, min(1, n)) }

func TestVersionString(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"1.0.dev": "1.0.dev0", "1.0.a": "1.0a0", "1.0ALPHA3": "1.0a3", "1.0rc": "1.0rc0", "1.0c2": "1.0rc2", "1.0.Preview4": "1.0rc4",
		"1.0+UBUNTU-1": "1.0+ubuntu.1", "1.0+ubuntu_1": "1.0+ubuntu.1", "1.0.post.dev": "1.0.post0.dev0", "1.0-2": "1.0.post2", "1.0-rev5": "1.0.post5",
		"01.02": "1.2", "v2.0": "2.0", "2.0.0.0": "2.0.0.0", "2.0.0": "2.0.0", " 1.0 ": "1.0", "1.0\n": "1.0", "1!1.0": "1!1.0", "0!1": "1", "00!01.0": "1.0",
		"1.0+01.00": "1.0+1.0", "V1": "1", "1-1": "1.post1", "0": "0", "00.00": "0.0",
	} {
		v, err := pypi.ParseVersion(in)
		if err != nil || v.String() != want {
			t.Errorf("%q: got %q, %v, want %q", in, v, err, want)
		}
	}
}

func TestVersionCanonical(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"1.0": "1", "1.0a1": "1a1", "1.0+abc.5": "1+abc.5", "1!1.0": "1!1", "1.10": "1.10", "v2.0": "2", "2.0.0.0": "2", "2.0.0": "2", "0.0": "0",
	} {
		if v, err := pypi.ParseVersion(in); err != nil || v.Canonical() != want {
			t.Errorf("%q: got %q, %v, want %q", in, v.Canonical(), err, want)
		}
	}
}

func TestIsPrerelease(t *testing.T) {
	t.Parallel()
	for _, line := range ascending {
		for text := range strings.SplitSeq(line, " = ") {
			lower := strings.ToLower(text)
			public, _, _ := strings.Cut(lower, "+")
			want := strings.ContainsAny(public, "abc") || strings.Contains(public, "dev") || strings.Contains(public, "preview")
			if v, err := pypi.ParseVersion(text); err != nil || v.IsPrerelease() != want {
				t.Errorf("%q: got %v, %v, want %v", text, v.IsPrerelease(), err, want)
			}
		}
	}
}

func TestParseVersionRefuses(t *testing.T) {
	t.Parallel()
	invalid := []string{
		"1_000", "1.0-", "1..0", "1.0+", "1.0+a+b", "a", "", "1.0.x", "1.0 beta", "french toast", "1.0+_foobar", "1.0+foo&asd", "2.0b1.rc1",
		"1.0-dev-1.post", "==1.0", "1.0*", "１.０", "1.0.post1.post2", "1.0.dev1a1", "!1.0", "1!", "-1.0", "1.0+é", "1.0+a!b", "1.0!1", "1!1!1", "vv1", "v", "1.0+a..b",
		"1.0po\u017ft1", "1.0\x00", "\u00a01.0", strings.Repeat("1", 129),
	}
	for _, text := range invalid {
		v, err := pypi.ParseVersion(text)
		if model.CodeOf(err) != model.Invalid || v != (pypi.Version{}) {
			t.Errorf("%q: got %v, %v", text, v, err)
		}
		checkSentence(t, err)
	}
}

// TestVersionsAgainstPackaging compares with testdata/versions.txt: the versions in
// their order, one line for each that differs, as canonical form, kind, and pairs
// of a text and its normalized form; behind them, after a dash, what is none.
func TestVersionsAgainstPackaging(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/versions.txt")
	if err != nil {
		t.Fatal(err)
	}
	previous := ""
	for line := range strings.Lines(string(raw)) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if parts[0] == "-" {
			if v, err := pypi.ParseVersion(parts[1]); err == nil {
				t.Errorf("%q: got %v", parts[1], v)
			}
			continue
		}
		for _, pair := range parts[2:] {
			text, want, _ := strings.Cut(pair, "=")
			v, err := pypi.ParseVersion(text)
			if err != nil || v.String() != want || v.Canonical() != parts[0] || v.IsPrerelease() != (parts[1] == "pre") {
				t.Errorf("%q: got %v, %q, %v, %v, want %s", text, v, v.Canonical(), v.IsPrerelease(), err, line)
			}
			if pypi.CompareVersions(text, parts[0]) != 0 || pypi.CompareVersions(text, previous) != 1 {
				t.Errorf("%q: got %d to %q, %d to %q", text, pypi.CompareVersions(text, parts[0]), parts[0], pypi.CompareVersions(text, previous), previous)
			}
		}
		previous = parts[0]
	}
}

func BenchmarkCompareVersions(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		pypi.CompareVersions("2024.10.1rc1", "2024.10.1.post2")
	}
}

func BenchmarkParseVersion(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pypi.ParseVersion("1!2.10.3rc1.post2.dev3+ubuntu.1"); err != nil {
			b.Fatal(err)
		}
	}
}
