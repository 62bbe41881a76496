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
