package pypiindex_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"vivarium/app/format/pypi/pypitest"
)

func TestLegacyJSON(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	golden(t, "legacy", s.get(t, 200, "/pypi/brook/Rec.Pkg_Main/json"))
	golden(t, "legacy_version", s.get(t, 200, "/pypi/brook/rec-pkg-main/1.0.0/json"))
	s.get(t, 404, "/pypi/brook/rec-pkg-main/9.9/json")
	s.get(t, 404, "/pypi/brook/rec-pkg-main/2.0rc1/json") // under another label
	s.get(t, 404, "/pypi/brook/nosuch/json")
	s.get(t, 404, "/pypi/brook/"+strings.Repeat("x", 200)+"/json")
	s.get(t, 404, "/pypi/brook/rec-pkg-main/%3Cscript%3E/json")

	token := s.Token(t, "brook")
	for _, path := range []string{"/pypi/t/" + token + "/brook/hush/json", "/t/" + token + "/pypi/brook/hush/json"} {
		checkNoTrace(t, s.get(t, 200, path), token)
	}
	var answer struct{ URLs []struct{ URL string } }
	if err := json.Unmarshal(s.get(t, 200, "/pypi/brook/Rec.Pkg_Main/json").Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	for _, u := range answer.URLs {
		address, err := url.Parse(u.URL)
		if err != nil || address.Host != "vivarium.test:8080" {
			t.Fatalf("%s: %v", u.URL, err)
		}
		s.get(t, 200, address.EscapedPath())
	}
}

// TestLegacyLatest: the newest that is no prerelease, and a prerelease only when
// there is nothing else.
func TestLegacyLatest(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	for _, step := range []struct{ upload, latest string }{{"1.0a1", "1.0a1"}, {"1.0rc1", "1.0rc1"}, {"0.9", "0.9"}, {"1.0.dev1", "0.9"}, {"1!0.1", "1!0.1"}, {"1!0.1.post1", "1!0.1.post1"}} {
		s.publish(t, "labs", sdist(t, pypitest.Spec{Name: "leaf", Version: step.upload}))
		var answer struct {
			Info     struct{ Version string }
			Releases map[string]any
		}
		if err := json.Unmarshal(s.get(t, 200, "/pypi/labs/leaf/json").Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		if answer.Info.Version != step.latest || answer.Releases[step.upload] == nil {
			t.Errorf("after %s: %+v, want %s", step.upload, answer, step.latest)
		}
	}
}
