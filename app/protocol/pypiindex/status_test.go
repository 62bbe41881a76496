package pypiindex_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
)

const reason = `Broken "build", use <2`

// yank yanks all files of a version of brook's Rec.Pkg_Main.
func (s *site) yank(t testing.TB, version, why string) {
	t.Helper()
	sel := registry.Selection{FileName: registry.FileName{Package: "Rec.Pkg_Main", Version: version}}
	if _, err := s.YankFiles(t.Context(), s.Actor(t, "brook"), "brook", sel, why); err != nil {
		t.Fatal(err)
	}
}

func (s *site) setStatus(t testing.TB, status model.ProjectStatus, why string) {
	t.Helper()
	if _, err := s.SetStatus(t.Context(), s.Actor(t, "brook"), "brook", "Rec.Pkg_Main", status, why); err != nil {
		t.Fatal(err)
	}
}

func TestYankedPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	before := s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/").Header().Get("ETag")
	s.yank(t, "1.1+l.1", reason)
	s.setStatus(t, model.Archived, "Moved\nto \"rec2\".")
	golden(t, "yanked_html", s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/"))
	golden(t, "yanked_json", s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/", "Accept", jsonV1))
	golden(t, "yanked_legacy", s.get(t, 200, "/pypi/brook/rec-pkg-main/json"))
	if after := s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/").Header().Get("ETag"); after == before {
		t.Error("the page changed and its ETag did not")
	}

	var answer struct {
		Info struct {
			Version string
			Yanked  bool
			Reason  *string `json:"yanked_reason"`
		}
	}
	latest := func() {
		t.Helper()
		if err := json.Unmarshal(s.get(t, 200, "/pypi/brook/rec-pkg-main/json").Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
	}
	if latest(); answer.Info.Version != "1.0.0" && answer.Info.Version != "1.0" || answer.Info.Yanked {
		t.Errorf("with the newest yanked: %+v", answer.Info)
	}
	s.yank(t, "1.0", "")
	if latest(); answer.Info.Version != "1.1+l.1" || !answer.Info.Yanked || answer.Info.Reason == nil || *answer.Info.Reason != reason {
		t.Errorf("with all yanked: %+v", answer.Info)
	}
	if page := s.project(t, "/pypi/brook/simple/rec-pkg-main/"); page.Files[0].Yanked != true {
		t.Errorf("without a reason: %v, want true", page.Files[0].Yanked)
	}
	// A yanked file is there for who names it.
	s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/"+s.project(t, "/pypi/brook/simple/rec-pkg-main/").Files[0].URL)
}

// TestStatusClosesUploads: archived and quarantined projects take no files, in
// words that twine shows; deprecated and active ones do.
func TestStatusClosesUploads(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, tt := range []struct {
		status  model.ProjectStatus
		version string
		code    int
	}{{model.Archived, "3.0", 403}, {model.Quarantined, "3.1", 403}, {model.Deprecated, "3.2", 200}, {model.Active, "3.3", 200}} {
		s.setStatus(t, tt.status, "")
		a := wheel(t, recPkg(tt.version))
		w := s.upload(t, "/pypi/brook/", fields(a, "Rec.Pkg_Main", tt.version), a.data, "X-API-Key", s.Token(t, "brook"))
		if w.Code != tt.code || tt.code == 403 && !strings.Contains(w.Body.String(), "is "+string(tt.status)+"; uploads are closed") {
			t.Errorf("%s: got %d %s", tt.status, w.Code, w.Body)
		}
	}
	s.setStatus(t, model.Archived, "")
	sum := strings.Repeat("0", 64)
	_, err := s.StageFile(t.Context(), s.Actor(t, "brook"), registry.StageRequest{
		Owner: "brook", Package: "Rec.Pkg_Main", Version: "9.0", Basename: "rec_pkg_main-9.0-py3-none-any.whl", Type: model.PyPI, SHA256: sum,
	})
	if model.CodeOf(err) != model.Forbidden {
		t.Errorf("staged to an archived project: %v", err)
	}
}

// TestQuarantine: the page is there, and gives nothing out but to who may write.
func TestQuarantine(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	file := "/pypi/brook/simple/rec-pkg-main/" + s.project(t, "/pypi/brook/simple/rec-pkg-main/").Files[0].URL
	s.setStatus(t, model.Quarantined, "Malware.")
	page := s.project(t, "/pypi/brook/simple/rec-pkg-main/")
	if len(page.Files) != 0 || page.Versions == nil || len(page.Versions) != 0 {
		t.Errorf("got %+v", page)
	}
	golden(t, "quarantined_json", s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/", "Accept", jsonV1))
	golden(t, "quarantined_html", s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/"))
	s.get(t, http.StatusForbidden, file)
	s.get(t, http.StatusForbidden, file+".metadata")
	s.get(t, 404, "/pypi/brook/rec-pkg-main/json")
	s.get(t, 200, file, "X-API-Key", s.Token(t, "brook"))
	s.setStatus(t, model.Active, "ignored")
	s.get(t, 200, file)
	if p, err := s.Package(t.Context(), model.Actor{}, "brook", "Rec.Pkg_Main"); err != nil || p.StatusReason != "" {
		t.Errorf("active with the reason %q, %v", p.StatusReason, err)
	}
	_, err := s.SetStatus(t.Context(), s.Actor(t, "casey"), "brook", "Rec.Pkg_Main", model.Archived, "")
	if model.CodeOf(err) != model.Forbidden {
		t.Errorf("a stranger set the status: %v", err)
	}
}
