package web_test

import (
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan", Summary: "Counts corals"}, model.Public)
	s.publish(t, "brook", condatest.Spec{Name: "reefnotes"}, model.Authenticated)
	s.publish(t, "brook", condatest.Spec{Name: "hushreef"}, model.Private)
	b := s.visitor(t)

	b.get("/search?q=reef").want(t, http.StatusOK).shows(t, "<title>Search: reef · Vivarium</title>", `value="reef"`, "<strong>1</strong> result", "labs · noarch").hides(t, "reefnotes", "hushreef")
	b.get("/search?q=corals+counts").shows(t, "reefscan")
	b.get("/search?q=%3Cscript%3E").want(t, http.StatusOK).shows(t, "Nothing matches “&lt;script&gt;”", "never counted here").hides(t, "<script>")
	b.get("/search").want(t, http.StatusOK).shows(t, "<title>All packages · Vivarium</title>", "reefscan")
	b.get("/search?q=reef&type=ipynb").shows(t, "There are no results with type notebook.", `href="/search?q=reef"`)
	s.as(t, "casey").get("/search?q=reef").shows(t, "reefscan", "reefnotes", "<strong>2</strong> results").hides(t, "hushreef")
}
