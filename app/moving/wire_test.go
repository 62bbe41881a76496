package moving

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"vivarium/app/model"
)

func TestParsePackage(t *testing.T) {
	t.Parallel()
	p, err := ParsePackage([]byte(`{
		"name": "tiny", "public": false, "published": true, "package_types": ["conda", "strange"], "summary": null, "status": "archived",
		"public_attrs": {"summary": "From below", "license": {"name": "MIT", "url": "https://mit.test", "family": "MIT"}}, "home": 7,
		"collaborators": ["bob", {"login": "eve", "permission": "read"}],
		"files": [
			{"basename": "linux-64/tiny-1.0-0.tar.bz2", "version": "1.0", "distribution_type": "conda", "labels": ["main", "dev"], "md5": "AB", "sha256": null,
			 "upload_time": "2015-09-21 14:21:56.870000+00:00", "ndownloads": 3, "description": null, "yanked": true, "yanked_reason": "Bad."},
			{"basename": "sub/notes.txt", "version": "1", "type": "file", "channels": []},
			{"version": "1"}],
		"releases": [{"version": "1.0", "public_attrs": {"description": "First."}, "distributions": [
			{"basename": "linux-64/tiny-1.0-0.tar.bz2", "version": "1.0"}, {"basename": "tiny-1.0.tar.gz"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if p.Access != model.Authenticated || *p.Texts.Summary != "From below" || *p.Texts.License != "MIT" || *p.Texts.LicenseURL != "https://mit.test" || *p.Texts.Home != "" || p.Status != model.Archived {
		t.Errorf("package %+v", p)
	}
	if !slices.Equal(p.Types, []model.PackageType{model.Conda}) || !slices.Equal(p.Collaborators, []Collaborator{{"bob", model.Write}, {"eve", model.Read}}) || len(p.PassedOver) != 1 {
		t.Errorf("types %v, collaborators %v, passed over %v", p.Types, p.Collaborators, p.PassedOver)
	}
	if len(p.Files) != 3 || len(p.Releases) != 1 || p.Releases[0].Description != "First." {
		t.Fatalf("files %+v, releases %+v", p.Files, p.Releases)
	}
	first, notes, sdist := p.Files[0], p.Files[1], p.Files[2]
	if first.MD5 != "ab" || first.SHA256 != "" || first.UploadedAt.Year() != 2015 || !slices.Equal(first.labels(), []string{"main", "dev"}) || !first.Yanked || first.subdir() != "linux-64" {
		t.Errorf("first %+v", first)
	}
	if notes.Basename != "notes.txt" || len(notes.labels()) != 0 || notes.subdir() != "" {
		t.Errorf("notes %+v", notes)
	}
	if sdist.Version != "1.0" || sdist.Type != model.PyPI || !slices.Equal(sdist.labels(), []string{"main"}) {
		t.Errorf("sdist %+v", sdist)
	}
}

func TestParsedAccess(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]model.Access{
		`{}`: "", `{"public": true}`: model.Public, `{"public": false}`: model.Private, `{"public": false, "published": true}`: model.Authenticated,
		`{"public": true, "access": "private"}`: model.Private, `{"access": "strange"}`: "",
	} {
		if p, err := ParsePackage([]byte(raw)); err != nil || p.Access != want {
			t.Errorf("%s: %q, %v, want %q", raw, p.Access, err, want)
		}
	}
	if _, err := ParsePackage([]byte(`[]`)); err == nil {
		t.Error("a list was taken for a package")
	}
}

func TestMoments(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`"2015-09-21 14:21:56.870000+00:00"`: "2015-09-21T14:21:56.87Z", `"2015-09-21T14:21:56+02:00"`: "2015-09-21T12:21:56Z", `"2015-09-21T14:21:56.5"`: "2015-09-21T14:21:56.5Z",
		`{"$date": 1442845316870}`: "2015-09-21T14:21:56.87Z", `{"$date": "2015-09-21T14:21:56Z"}`: "2015-09-21T14:21:56Z", `"Mon, 21 Sep 2015 14:21:56 GMT"`: "2015-09-21T14:21:56Z",
		`null`: "", `"soon"`: "", `{"$date": []}`: "", `{"a": 1}`: "", `7`: "",
	} {
		var m Moment
		if err := json.Unmarshal([]byte(raw), &m); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
		got := ""
		if at := time.Time(m); !at.IsZero() {
			got = at.Format(time.RFC3339Nano)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}

// FuzzParsePackage reads what no server of this kind would write.
func FuzzParsePackage(f *testing.F) {
	f.Add([]byte(`{"name": "x", "files": [{"basename": "noarch/x-1-0.conda", "labels": ["main"]}], "license": {"name": 1}, "collaborators": [null]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := ParsePackage(raw)
		for _, file := range p.Files {
			if err == nil && (file.Basename == "" || file.Type == "" || len(file.labels()) == 0 && !file.Unlabelled) {
				t.Errorf("%q: %+v", raw, file)
			}
		}
	})
}
