package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

func fields(pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return form
}

// TestChangeLabels goes through the forms of the page of labels, plain.
func TestChangeLabels(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public, "main", "dev")
	b, page := s.as(t, "brook"), "/labs/labels"
	b.get(page).shows(t, "Create label", "Actions for label dev", "Lock", "Remove…")
	b.get(page+"?remove=dev").shows(t, "Remove label dev?", "1 file loses it", "Keep it")
	b.get(page+"?copy=dev").shows(t, "Copy dev to label", "All 1 file of dev")

	for _, step := range []struct {
		form url.Values
		done string
	}{
		{fields("do", "create", "label", "Field/Test"), "Created label field/test."},
		{fields("do", "copy", "label", "dev", "to", "QA"), "Copied label dev to qa: 1 file."},
		{fields("do", "lock", "label", "qa"), "Locked label qa."},
		{fields("do", "unlock", "label", "qa"), "Unlocked label qa."},
		{fields("do", "remove", "label", "dev"), "Removed label dev."},
	} {
		b.post(page, step.form).leadsTo(t, page)
		b.get(page).shows(t, step.done)
	}
	b.get(page).shows(t, `href="/labs/labels?label=qa"`, `href="/labs/labels?label=field%2Ftest"`).hides(t, `href="/labs/labels?label=dev"`)

	for _, tt := range []struct {
		form url.Values
		says string
	}{
		{fields("do", "create", "label", "qa"), "Label qa of labs exists already."},
		{fields("do", "create", "label", "no label"), "cannot be a label"},
		{fields("do", "copy", "label", "qa", "to", "nolabel"), `id="to-e"`},
		{fields("do", "nothing"), "This form is not one of the page&#39;s."},
	} {
		b.post(page, tt.form).want(t, http.StatusUnprocessableEntity).shows(t, tt.says, "<title>Error: ")
	}
	b.post(page, fields("do", "lock", "label", "qa")).leadsTo(t, page)
	b.post(page, fields("do", "remove", "label", "qa")).want(t, http.StatusUnprocessableEntity).shows(t, "Label qa of labs is locked. Unlock it first.")
	b.get(page+"?label=qa").shows(t, "Unlock", "Copy to another label…")
}

// TestChangeLabelsInPlace has htmx answers: the panel alone, and what to read out.
func TestChangeLabelsInPlace(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public, "main", "dev")
	b := s.as(t, "brook")
	b.HTMX = true
	b.post("/labs/labels", fields("do", "lock", "label", "dev")).want(t, http.StatusOK).shows(t, `id="labels"`, "Locked label dev.", "Unlock", "data-focus").hides(t, "<html")
	b.get("/labs/labels?remove=main").shows(t, "Remove label main?").hides(t, "<html")
	b.post("/labs/labels", fields("do", "create", "label", "Bad label")).want(t, http.StatusUnprocessableEntity).shows(t, `value="Bad label"`, `id="announce"`).hides(t, "<html")
}

// TestLabelsAreNotForEveryoneToChange draws no form for who may not, and takes
// none.
func TestLabelsAreNotForEveryoneToChange(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public, "main")
	form := fields("do", "remove", "label", "main")
	s.visitor(t).get("/labs/labels?remove=main").hides(t, "Create label", "Remove")
	s.visitor(t).post("/labs/labels", form).want(t, http.StatusSeeOther)
	casey := s.as(t, "casey")
	casey.get("/labs/labels?remove=main").hides(t, "Create label", "Remove label")
	casey.get("/labs/labels?label=main").hides(t, "Remove…", "Lock")
	casey.post("/labs/labels", form).want(t, http.StatusForbidden)
	if _, files, err := s.LabelFiles(t.Context(), s.Actor(t, "casey"), "labs", "main"); err != nil || len(files) != 1 {
		t.Errorf("main has %d files, %v", len(files), err)
	}
}
