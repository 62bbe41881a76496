package web_test

import (
	"net/http"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
)

func TestWhyCanSomebodySee(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	const page = "/labs/hushhush/access"
	b.get(page).want(t, http.StatusOK).shows(t, "Why can somebody see hushhush?", `aria-label="Question"`, "Explain").hides(t, "Rules", "Yes:", "No:")
	b.get(page+"?user=Casey&wants=read").want(t, http.StatusOK).shows(t, "No: casey may not see and install hushhush", "Only owners, collaborators and groups see it.", "app admin explain casey labs/hushhush")
	b.post("/labs/groups/readers", form("do", "add-package", "package", "hushhush")).want(t, http.StatusSeeOther)
	b.get(page+"?user=casey").shows(t, "Yes: casey may see and install hushhush", "group readers", "Level Read", "which decides")
	b.get(page+"?user=casey&wants=write").shows(t, "No: casey may not upload to hushhush", `value="write" selected`)
	b.get(page+"?user=brook&wants=admin").shows(t, "Yes: brook may change the settings of hushhush")
	b.get(page+"?user=").shows(t, "No: anyone, without signing in, may not see and install hushhush").hides(t, "app admin explain")
	b.HTMX = true
	b.get(page+"?user=nobody").want(t, http.StatusUnprocessableEntity).shows(t, `id="why"`, "is not a user here", `value="nobody"`).hides(t, "<html")
	b.get(page+"?user=casey").want(t, http.StatusOK).shows(t, `id="announce"`, "Yes: casey").hides(t, "<html")

	casey := s.as(t, "casey")
	casey.get(page).want(t, http.StatusForbidden)
	casey.get("/labs/reefscan/access?user=brook").want(t, http.StatusForbidden).hides(t, "Owns labs")
	s.as(t, "mallory").get(page).want(t, http.StatusNotFound)
}

// TestWhyMayAToken asks about tokens of the channel, which only its owners may.
func TestWhyMayAToken(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	brook := s.Actor(t, "brook")
	if _, _, err := s.CreateToken(t.Context(), brook, "labs", registry.NewToken{Name: "ci it's", Scopes: []string{"conda:download"}}); err != nil {
		t.Fatal(err)
	}
	b := s.as(t, "brook")
	const page = "/labs/hushhush/access"
	b.get(page).shows(t, `<option value="token ci it&#39;s"`, `<option value="casey"`, `<option value="brook"`)
	b.get(page+"?user=token+ci+it's&wants=read").want(t, http.StatusOK).shows(t, "Yes: token ci it&#39;s may see and install hushhush", "let it install with conda.",
		"app admin explain labs labs/hushhush --token &#39;ci it&#39;\\&#39;&#39;s&#39;")
	b.get(page+"?user=token+ci+it's&wants=write").shows(t, "No: token ci it&#39;s may not upload to hushhush", "by the rule: token ci it&#39;s")
	b.get(page+"?user=token+other").want(t, http.StatusUnprocessableEntity).shows(t, "labs has no token")
	if err := s.SetLevel(t.Context(), brook, "labs", "readers", "hushhush", model.Admin); err != nil {
		t.Fatal(err)
	}
	casey := s.as(t, "casey")
	casey.get(page).want(t, http.StatusOK).hides(t, "ci it", `<option value="brook"`)
	casey.get(page+"?user=token+ci+it's").want(t, http.StatusUnprocessableEntity).shows(t, "labs has no token").hides(t, "conda:download")
}

// TestWhatWouldChangeIt names changes that would let somebody in, with the pages
// where they are made.
func TestWhatWouldChangeIt(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	const page = "/labs/hushhush/access"
	b.get(page+"?user=casey&wants=read").shows(t, "What would change it", "Add casey as a collaborator with read.", `href="/labs/hushhush/settings#people"`,
		"Give the group readers, in which casey is, read on hushhush.", `href="/labs/groups/readers"`, "Make hushhush authenticated", `href="/labs/hushhush/settings#access"`)
	b.get(page+"?user=&wants=read").shows(t, "Make hushhush public.")
	b.get(page+"?user=mallory&wants=write").shows(t, "Make a group with write on hushhush, and add mallory to it.", `href="/labs/groups"`)
	b.get(page+"?user=brook&wants=admin").hides(t, "What would change it")
	b.get("/labs/reefscan/access?user=casey&wants=read").hides(t, "What would change it")
}

// TestAskAboutAnyPackage finds the package by its name, on the channel's page and on
// that of another package.
func TestAskAboutAnyPackage(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	const page = "/labs/settings/why"
	b.get(page).want(t, http.StatusOK).shows(t, "Why can somebody see a package?", `for="package"`, `<option value="casey"`, `action="/labs/settings/why"`).hides(t, "Rules", "Yes:")
	b.get(page+"?user=casey&package=HushHush&wants=write").leadsTo(t, "/labs/hushhush/access?user=casey&wants=write")
	b.get(page+"?user=casey&package=hush&wants=read").want(t, http.StatusUnprocessableEntity).
		shows(t, "does not exist", `href="/labs/hushhush/access?user=casey&amp;wants=read"`, `value="hush"`).hides(t, ">reefscan<")
	b.get("/labs/hushhush/access").shows(t, `for="package"`, `value="hushhush"`)
	b.get("/labs/hushhush/access?user=casey&package=hushhush&wants=read").want(t, http.StatusOK).shows(t, "No: casey may not see and install hushhush")
	b.get("/labs/hushhush/access?user=casey&package=reefscan&wants=read").leadsTo(t, "/labs/reefscan/access?user=casey&wants=read")
	b.HTMX = true
	b.get(page+"?find=1&user=casey&package=reef&wants=read").want(t, http.StatusOK).shows(t, `id="found"`, ">reefscan<", "1 package is called like that.").hides(t, "<html", "does not exist")
	b.get(page+"?find=1&package=zzz").want(t, http.StatusOK).shows(t, "No package is called like that.")

	for _, path := range []string{page, page + "?user=brook&package=hushhush", page + "?find=1&package=hush"} {
		s.as(t, "casey").get(path).want(t, http.StatusForbidden).hides(t, "hushhush<")
	}
	s.visitor(t).get(page).leadsTo(t, "/signin?next=%2Flabs%2Fsettings%2Fwhy")
	s.as(t, "casey").get("/casey/settings/why").want(t, http.StatusOK).shows(t, `for="package"`)
	if _, err := s.CreateGroup(t.Context(), s.Actor(t, "brook"), "labs", registry.NewGroup{Name: "managers", Permission: model.Admin}); err != nil {
		t.Fatal(err)
	}
	if err := s.SetLevel(t.Context(), s.Actor(t, "brook"), "labs", "readers", "reefscan", model.Admin); err != nil {
		t.Fatal(err)
	}
	s.as(t, "casey").get("/labs/reefscan/access?package=hush").want(t, http.StatusOK).hides(t, `for="package"`, "hushhush")
}
