package web_test

import (
	"net/http"
	"regexp"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

func TestNotices(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b, page := s.as(t, "brook"), "/labs/settings/notices"
	b.get("/labs/settings").shows(t, `href="/labs/settings/notices"`)
	b.get(page).shows(t, "No notices", "Publish notice")
	b.post(page, fields("do", "publish", "message", "Python 3.11 <ends>", "level", "warning", "until", "2999-01-31")).leadsTo(t, page)
	b.get(page).shows(t, "Published the notice.", "Python 3.11 &lt;ends&gt;", "the end of 31 Jan 2999 (UTC)", "Take back", "[warning]")
	s.visitor(t).get("/labs").shows(t, "Python 3.11 &lt;ends&gt;", "alert--warn")
	id := regexp.MustCompile(`name="notice" value="([^"]+)"`).FindStringSubmatch(b.get(page).Body.String())[1]
	b.post(page, fields("do", "hide", "notice", id)).leadsTo(t, page)
	s.visitor(t).get("/labs").hides(t, "Python 3.11")
	b.post(page, fields("do", "show", "notice", id)).leadsTo(t, page)
	s.visitor(t).get("/labs").shows(t, "Python 3.11")
	b.get(page).shows(t, page+"?delete="+id).hides(t, `value="delete"`)
	b.get(page+"?delete="+id).shows(t, "Delete this notice?", "Installers stop printing it", `value="delete"`, "Keep it")
	b.post(page, fields("do", "delete", "notice", id)).leadsTo(t, page)
	b.post(page, fields("do", "draft", "message", "later", "level", "info")).leadsTo(t, page)
	b.get(page).shows(t, "Draft", "later")
	s.visitor(t).get("/labs").hides(t, "later")

	b.post(page, fields("do", "publish", "message", "", "level", "info")).want(t, http.StatusUnprocessableEntity).shows(t, `id="message-e"`)
	b.post(page, fields("do", "publish", "message", "x", "level", "info", "until", "2001-01-01")).want(t, http.StatusUnprocessableEntity).shows(t, "would have expired", `value="2001-01-01"`)
	b.post(page, fields("do", "publish", "message", "x", "level", "info", "until", "soon")).want(t, http.StatusUnprocessableEntity).shows(t, "Give a day such as")
	b.post(page, fields("do", "nothing")).want(t, http.StatusUnprocessableEntity)
	b.post(page, fields("do", "delete", "notice", id)).want(t, http.StatusNotFound)
	s.as(t, "casey").get(page).want(t, http.StatusForbidden)
	s.visitor(t).get(page).want(t, http.StatusSeeOther)
}

func TestSetProjectStatus(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	b, page := s.as(t, "brook"), "/labs/reefscan/settings"
	b.get(page).shows(t, "Project status", `value="active" checked`)
	b.post(page, fields("do", "status", "status", "archived", "reason", "Use <kelpscan>.")).leadsTo(t, page)
	s.visitor(t).get("/labs/reefscan").shows(t, "Archived", "Use &lt;kelpscan&gt;.")
	b.post(page, fields("do", "status", "status", "gone")).want(t, http.StatusUnprocessableEntity).shows(t, "A status is active, archived, deprecated or quarantined")
	b.HTMX = true
	b.post(page, fields("do", "status", "status", "active", "reason", "")).want(t, http.StatusOK).shows(t, "Saved", `id="status"`).hides(t, "<html")
	s.visitor(t).get("/labs/reefscan").hides(t, "Archived")
}
