package e2e

import (
	"encoding/json"
	"net/http"
	"net/url"
	"path"
)

// listedFile is a file as an index lists it.
type listedFile struct {
	fileName, path, sha256 string
}

// listed are all files in alice's indexes: noarch and the simple index.
func (s *server) listed() []listedFile {
	s.t.Helper()
	var all []listedFile
	index := readRepodata(s.t, s, "/conda/alice/noarch")
	for _, records := range []map[string]record{index.Packages, index.PackagesConda} {
		for name, r := range records {
			all = append(all, listedFile{name, "/conda/alice/noarch/" + name, r.SHA256})
		}
	}
	var list struct{ Projects []struct{ Name string } }
	a := s.ask(http.MethodGet, "/pypi/alice/simple/", "Accept", simpleJSON).is(s.t, http.StatusOK)
	sure(s.t, json.Unmarshal(a.body, &list))
	for _, p := range list.Projects {
		page := "/pypi/alice/simple/" + p.Name + "/"
		for _, f := range s.project(page).Files {
			to, err := url.Parse(f.URL)
			sure(s.t, err)
			all = append(all, listedFile{f.Filename, path.Join(page, to.Path), f.Hashes["sha256"]})
		}
	}
	return all
}
