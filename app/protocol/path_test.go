package protocol

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitPath(t *testing.T) {
	t.Parallel()
	for path, want := range map[string][]string{
		"/a/b%20c/":                   {"a", "b c", ""},
		"/g-1!2.0":                    {"g-1!2.0"},
		"/g-1%212.0":                  {"g-1!2.0"},
		"/":                           {""},
		"/a%2Fb":                      nil,
		"/a%5Cb":                      nil,
		"/a%00b":                      nil,
		"/a%zz":                       nil,
		"/%ff":                        nil,
		"a/b":                         nil,
		"/" + strings.Repeat("x", 21): nil,
		strings.Repeat("/a", 200):     nil,
	} {
		got, ok := SplitPath(path, 20)
		if ok != (want != nil) || !slices.Equal(got, want) {
			t.Errorf("SplitPath(%q) is %q, %v, want %q", path, got, ok, want)
		}
	}
}

func TestQuality(t *testing.T) {
	t.Parallel()
	for params, want := range map[string]float64{"": 1, "q=0.5": 0.5, " Q = 0 ": 0, "q=x": 1, "q=NaN": 1, "level=1;q=0.3": 0.3} {
		if got := Quality(params); got != want {
			t.Errorf("Quality(%q) is %v, want %v", params, got, want)
		}
	}
}
