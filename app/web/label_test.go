package web_test

import (
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

func TestLabelsPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public, "main", "dev")
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private, "hushlabel", "dev")
	brook := s.as(t, "brook")

	s.visitor(t).get("/labs/labels").want(t, http.StatusOK).
		shows(t, "http://vivarium.test/conda/labs</span>", "http://vivarium.test/conda/labs/label/dev", "Copy channel address of dev of labs").
		hides(t, "hushlabel", "your other channels")
	brook.get("/labs/labels").want(t, http.StatusOK).shows(t, "hushlabel", `Labels of your other channels: <a href="/brook/labels">brook</a>`)

	s.visitor(t).get("/labs/labels?label=DEV").want(t, http.StatusOK).shows(t, "reefscan-1.0-0.conda", "conda config --add channels http://vivarium.test/conda/labs/label/dev").hides(t, "hushhush")
	s.visitor(t).get("/labs/labels?label=hushlabel").want(t, http.StatusNotFound)
	s.visitor(t).get("/labs/labels?label=none").want(t, http.StatusNotFound)
	brook.get("/labs/labels?label=hushlabel").want(t, http.StatusOK).shows(t, "hushhush-1.0-0.conda")
	s.visitor(t).get("/casey/labels").want(t, http.StatusOK).shows(t, "No labels yet")
}
