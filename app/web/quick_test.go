package web_test

import (
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

func TestQuickSearch(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "reefhush"}, model.Private)
	s.visitor(t).get("/search/quick?q=reef").leadsTo(t, "/search?q=reef")
	s.visitor(t).get("/").shows(t, `aria-label="Quick search"`, `hx-get="/search/quick"`)

	visitor, brook := s.visitor(t), s.as(t, "brook")
	visitor.HTMX, brook.HTMX = true, true
	visitor.get("/search/quick?q=REEF").want(t, http.StatusOK).
		shows(t, `href="/labs/reefscan"`, "Search everything for “REEF”", "1 result").hides(t, "reefhush", "<html")
	visitor.get("/search/quick").want(t, http.StatusOK).hides(t, "href=")
	brook.get("/search/quick?q=reef").shows(t, `href="/labs/reefhush"`, "2 results")
	brook.get("/search/quick?q=lab").shows(t, `href="/labs"`, "organization", `href="/brook/labels"`)
	brook.get("/search/quick").shows(t, `href="/favorites"`, `href="/brook"`, `href="/labs"`, "Switch to labs").hides(t, "Switch to brook")
}
