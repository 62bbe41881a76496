package web_test

import (
	"net/http"
	"testing"
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
