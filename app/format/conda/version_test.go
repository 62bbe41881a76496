package conda_test

import (
	"os"
	"strings"
	"testing"

	"vivarium/app/format/conda"
)

// ordered is testdata/versions.txt: ascending, equal ones on one line.
func ordered(t testing.TB) (versions []string, line []int) {
	t.Helper()
	text, err := os.ReadFile("testdata/versions.txt")
	if err != nil {
		t.Fatal(err)
	}
	for i, equal := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		for _, version := range strings.Split(equal, " = ") {
			versions, line = append(versions, version), append(line, i)
		}
	}
	return versions, line
}

func sign(n int) int { return max(-1, min(1, n)) }

func TestCompareVersions(t *testing.T) {
	t.Parallel()
	versions, line := ordered(t)
	if len(versions) < 70 {
		t.Fatalf("got %d versions", len(versions))
	}
	for i, a := range versions {
		for j, b := range versions {
			if got, want := conda.CompareVersions(a, b), sign(line[i]-line[j]); got != want {
				t.Errorf("%s to %s: got %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestCompareVersionsPairs(t *testing.T) {
	t.Parallel()
	for _, ascending := range [][]string{
		{"1.1.1", "1.1post1"},
		{"1.1.post1", "1.1.1"},
		{"1.1rc", "1.1.rc"},
		{"1.0*", "1.0dev", "1.0_", "1.0a", "1.0"},
		{"9", "10", "18446744073709551615", "18446744073709551616", "99999999999999999999999"},
		{"", " ", "1 0", "1..0", "1.0 ", "1_0-0", "1__0", "v 1", "é", "*", "dev", "0", "1"},
	} {
		for i, a := range ascending {
			for j, b := range ascending {
				if got, want := conda.CompareVersions(a, b), sign(i-j); got != want {
					t.Errorf("%q to %q: got %d, want %d", a, b, got, want)
				}
			}
		}
	}
	for _, equal := range [][2]string{{"1.1.rc", "1.1.0rc"}, {"1.0_", "1.0-"}, {"0!1", "1"}, {"1.0+0", "1"}, {"1-2", "1_2"}, {"1POST", "1post"}, {"00!1", "0!01"}} {
		if got := conda.CompareVersions(equal[0], equal[1]); got != 0 {
			t.Errorf("%s to %s: got %d, want 0", equal[0], equal[1], got)
		}
	}
}

func TestStable(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]bool{
		"1.0": true, "2.0rc1": false, "1.0.dev3": false, "1.0a": false, "1.0B2": false, "2.0alpha": false, "2.0.beta.1": false, "1.0pre": false,
		"1.0.post1": true, "1.0+dev1": true, "1!1.0rc1": false, "1.0.1g": true, "abc": true, "2024.1": true,
		"": false, "1..0": false, "1__0": false, "v 1": false,
	} {
		if got := conda.Stable(version); got != want {
			t.Errorf("%q: got %v, want %v", version, got, want)
		}
	}
}

func BenchmarkCompareVersions(b *testing.B) {
	versions, _ := ordered(b)
	b.ReportAllocs()
	for b.Loop() {
		for i := 1; i < len(versions); i++ {
			conda.CompareVersions(versions[i-1], versions[i])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(versions)-1), "ns/pair")
}
