package web_test

import (
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

func TestChannelPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan", Version: "2.4.1", Subdir: "linux-64", Summary: "Counts corals"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "members-only"}, model.Authenticated)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)

	s.visitor(t).get("/labs").want(t, http.StatusOK).
		shows(t, "conda config --add channels http://vivarium.test/conda/labs", "reefscan", "2.4.1", "Counts corals", "linux-64", "<strong>1</strong> item").
		hides(t, "members-only", "hushhush", "Access tokens")
	s.as(t, "casey").get("/labs").want(t, http.StatusOK).shows(t, "reefscan", "members-only", "<strong>2</strong> items").hides(t, "hushhush")
	s.as(t, "brook").get("/LABS").want(t, http.StatusOK).shows(t, "hushhush", "Private", "Access tokens", "<strong>3</strong> items")
	s.visitor(t).get("/nobody").want(t, http.StatusNotFound)
}
