package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

const (
	files     = "/labs/reefscan/files"
	noarchKey = "1.0/noarch/reefscan-1.0-0.conda"
	linuxKey  = "1.0/linux-64/reefscan-1.0-0.conda"
)

// stocked is labs with reefscan 1.0 for two subdirs on dev, and 2.0 on main.
func stocked(t *testing.T) (site, *browser) {
	t.Helper()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public, "dev")
	s.publish(t, "labs", condatest.Spec{Name: "reefscan", Subdir: "linux-64"}, model.Public, "dev")
	s.publish(t, "labs", condatest.Spec{Name: "reefscan", Version: "2.0"}, model.Public, "main")
	return s, s.as(t, "brook")
}

// file is one of reefscan's by its key in forms.
func (s site) file(t *testing.T, key string) model.File {
	t.Helper()
	p, err := s.Package(t.Context(), s.Actor(t, "brook"), "labs", "reefscan")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range p.Files() {
		if f.Version+"/"+f.Basename == key {
			return f
		}
	}
	return model.File{}
}

func (s site) wantLabels(t *testing.T, key string, want ...string) {
	t.Helper()
	if got := s.file(t, key).Labels; !slices.Equal(got, want) {
		t.Errorf("%s has labels %v, want %v", key, got, want)
	}
}

// TestLabelsOfTickedFiles puts labels on, takes them off, moves and copies.
func TestLabelsOfTickedFiles(t *testing.T) {
	t.Parallel()
	s, b := stocked(t)
	b.get(files).shows(t, `aria-label="Select reefscan-1.0-0.conda"`, `aria-label="Actions for selected files"`, "Move or copy…", "Select all 3 files on this page")
	s.visitor(t).get(files).hides(t, "Select ", "Move or copy")

	b.post(files, fields("do", "put-on", "file", noarchKey, "file", linuxKey, "label", "main", "new", "QA")).leadsTo(t, files)
	b.get(files).shows(t, "Put on: main, QA. Changed 2 files.")
	s.wantLabels(t, linuxKey, "dev", "main", "qa")
	b.post(files, fields("do", "take-off", "file", linuxKey, "label", "main", "label", "qa")).leadsTo(t, files)
	s.wantLabels(t, linuxKey, "dev")

	b.post(files, fields("do", "move", "file", linuxKey)).want(t, http.StatusOK).
		shows(t, "Move or copy reefscan-1.0-0.conda", "Nothing has changed yet.", `value="`+linuxKey+`"`, "From label")
	b.post(files, fields("do", "move", "confirmed", "1", "op", "move", "file", linuxKey, "to", "Staging", "from", "dev")).leadsTo(t, files)
	s.wantLabels(t, linuxKey, "staging")
	b.post(files, fields("do", "move", "confirmed", "1", "op", "copy", "file", linuxKey, "to", "main", "from", "staging")).leadsTo(t, files)
	s.wantLabels(t, linuxKey, "main", "staging")
	b.get(files).shows(t, "Copied 1 file to main.")

	b.post(files, fields("do", "move", "confirmed", "1", "op", "copy", "file", linuxKey, "to", "no label")).want(t, http.StatusUnprocessableEntity).
		shows(t, `id="to-e"`, `value="no label"`)
	b.post(files, fields("do", "put-on", "label", "main")).want(t, http.StatusUnprocessableEntity).shows(t, "Tick the files first.")
	b.post(files, fields("do", "put-on", "file", linuxKey)).want(t, http.StatusUnprocessableEntity).shows(t, "Tick the labels first, or name a new one.")
	b.post(files, fields("do", "nothing", "file", linuxKey)).want(t, http.StatusUnprocessableEntity)
}

// TestYankAndRemoveTickedFiles asks first, and says what was done.
func TestYankAndRemoveTickedFiles(t *testing.T) {
	t.Parallel()
	s, b := stocked(t)
	b.post(files, fields("do", "yank", "file", noarchKey, "file", linuxKey)).want(t, http.StatusOK).shows(t, "Yank 2 files?", "Reason")
	if s.file(t, noarchKey).Yanked() {
		t.Fatal("yanked before it was confirmed")
	}
	b.post(files, fields("do", "yank", "confirmed", "1", "file", noarchKey, "file", linuxKey, "reason", "Broken <1>.")).leadsTo(t, files)
	b.get(files).shows(t, "Yanked 2 files.", `title="Broken &lt;1&gt;."`)
	b.get("/labs/reefscan/versions").shows(t, "is-yanked", "Broken &lt;1&gt;.", "Undo yank of 1.0", "Yank… 2.0")
	b.post(files, fields("do", "unyank", "version", "1.0")).leadsTo(t, files)
	if s.file(t, noarchKey).Yanked() || s.file(t, linuxKey).Yanked() {
		t.Error("the yank of the version was not taken back")
	}
	b.post(files, fields("do", "yank", "version", "1.0")).want(t, http.StatusOK).shows(t, "Yank 2 files?", `name="version" value="1.0"`)

	b.post(files, fields("do", "remove", "file", noarchKey)).want(t, http.StatusOK).shows(t, "Remove reefscan-1.0-0.conda?", "cannot be undone")
	b.post(files, fields("do", "remove", "confirmed", "1", "back", "file", "file", noarchKey)).leadsTo(t, files)
	if s.file(t, noarchKey).ID != 0 {
		t.Error("the file is still there")
	}
	if _, err := s.LockLabel(t.Context(), s.Actor(t, "brook"), "labs", "dev", true); err != nil {
		t.Fatal(err)
	}
	b.post(files, fields("do", "remove", "confirmed", "1", "file", linuxKey)).want(t, http.StatusUnprocessableEntity).shows(t, "Label dev of labs is locked.", "Remove reefscan-1.0-0.conda?")
	b.post(files, fields("do", "remove", "confirmed", "1", "file", noarchKey)).want(t, http.StatusUnprocessableEntity).shows(t, "Tick the files first.")
}

// TestFileForms change the one file of a page and come back to it.
func TestFileForms(t *testing.T) {
	t.Parallel()
	s, b := stocked(t)
	page := "/labs/reefscan/files?file=linux-64%2Freefscan-1.0-0.conda&version=1.0"
	form := func(do string, more ...string) url.Values {
		return fields(append([]string{"do", do, "file", linuxKey, "back", "file", "confirmed", "1"}, more...)...)
	}
	b.get(page).shows(t, "Labels of this file", "Repodata patch", "Yank reefscan-1.0-0.conda", "Remove this file…")
	s.visitor(t).get(page).hides(t, "Labels of this file", "Repodata patch", "Remove this file")

	b.post(files, form("labels", "label", "main", "new", "qa")).leadsTo(t, page)
	s.wantLabels(t, linuxKey, "main", "qa")
	b.post(files, form("yank", "reason", "Broken.")).leadsTo(t, page)
	b.get(page).shows(t, "<strong>Yanked</strong>", "Broken.", "Undo yank").hides(t, "Yank reefscan-1.0-0.conda")
	b.post(files, form("unyank")).leadsTo(t, page)
	b.post(files, form("patch", "patch", `{"license": "MIT"}`, "reason", "Wrong.")).leadsTo(t, page)
	b.get(page).shows(t, "<strong>Patched</strong>", "Wrong.", "Clear patch", "{&#34;license&#34;:&#34;MIT&#34;}")
	b.post(files, form("patch", "patch", `{"size": 1}`)).want(t, http.StatusUnprocessableEntity).shows(t, "A patch cannot change &#34;size&#34;", "{&#34;size&#34;: 1}", `id="patch-text-e"`)
	b.post(files, form("patch", "clear", "1")).leadsTo(t, page)
	if f := s.file(t, linuxKey); f.Patch != nil {
		t.Errorf("the patch is still %s", f.Patch)
	}
	b.post(files, form("labels", "new", "nolabel")).want(t, http.StatusUnprocessableEntity).shows(t, "the name is reserved", `value="nolabel"`)
	s.wantLabels(t, linuxKey, "main", "qa")
}

// TestFilesAreNotForEveryoneToChange turns away who may not write, or not see.
func TestFilesAreNotForEveryoneToChange(t *testing.T) {
	t.Parallel()
	s, _ := stocked(t)
	form := fields("do", "remove", "confirmed", "1", "file", linuxKey)
	s.visitor(t).post(files, form).want(t, http.StatusSeeOther)
	s.as(t, "casey").post(files, form).want(t, http.StatusForbidden)
	private := model.Private
	if _, err := s.UpdatePackage(t.Context(), s.Actor(t, "brook"), "labs", "reefscan", registry.PackageChange{Access: &private}); err != nil {
		t.Fatal(err)
	}
	s.as(t, "casey").post(files, form).want(t, http.StatusNotFound)
	if s.file(t, linuxKey).ID == 0 {
		t.Error("the file is gone")
	}
}
