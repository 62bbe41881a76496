package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

// withCollections is labs with a public and a private package and the collection kit.
func withCollections(t *testing.T) (site, *browser) {
	t.Helper()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	b := s.as(t, "brook")
	b.get("/labs/collections").want(t, http.StatusOK).shows(t, "No collections yet", "Create collection")
	b.post("/labs/collections", fields("name", "Kit", "description", "For <field> work.", "access", "public")).leadsTo(t, "/labs/collections/kit")
	return s, b
}

// TestCollectionPages goes through the forms, plain.
func TestCollectionPages(t *testing.T) {
	t.Parallel()
	s, b := withCollections(t)
	page := "/labs/collections/kit"
	b.get(page).want(t, http.StatusOK).shows(t, "Created collection kit.", "No packages here", "For &lt;field&gt; work.")
	b.post(page, fields("do", "add", "package", "labs/hushhush")).leadsTo(t, page)
	b.post(page, fields("do", "add", "package", "reefscan")).leadsTo(t, page)
	b.get(page).shows(t, "Added labs/reefscan.", "labs/hushhush", "Remove labs/reefscan from kit", "Delete collection…")
	s.visitor(t).get(page).want(t, http.StatusOK).shows(t, `href="/labs/reefscan"`).hides(t, "hushhush", "Remove", "Save collection", "Delete")
	s.visitor(t).get("/labs/collections").want(t, http.StatusOK).shows(t, `href="/labs/collections/kit"`).hides(t, "Create collection")

	b.post(page, fields("do", "remove", "package", "labs/reefscan")).leadsTo(t, page)
	b.get(page).shows(t, "Removed labs/reefscan.").hides(t, `href="/labs/reefscan"`)
	b.post(page, fields("do", "save", "description", "Ours.", "access", "private")).leadsTo(t, page)
	b.get(page).shows(t, "Saved collection kit.", "Ours.", "Private")
	s.visitor(t).get(page).want(t, http.StatusNotFound)
	s.visitor(t).get("/labs/collections").hides(t, "kit")

	b.get(page+"?delete=1").shows(t, "Delete kit?", "1 package stays where it is.", "Keep it")
	b.post(page, fields("do", "delete")).leadsTo(t, "/labs/collections")
	b.get("/labs/collections").shows(t, "Deleted collection kit.", "No collections yet")
	b.get("/labs/hushhush").want(t, http.StatusOK)
}

// TestCollectionIsDividedIntoPages of fifty; a form of one leads back to it, or to
// the last one when it has become empty.
func TestCollectionIsDividedIntoPages(t *testing.T) {
	t.Parallel()
	s, b := withCollections(t)
	page := "/labs/collections/kit"
	const last = 50 // of 51, counted from 0
	for i := range last + 1 {
		name := fmt.Sprintf("kelp%02d", i)
		s.publish(t, "labs", condatest.Spec{Name: name}, model.Public)
		b.post(page, fields("do", "add", "package", name)).leadsTo(t, page)
	}
	b.get(page) // tells what was added last
	b.get(page).shows(t, "51 packages", "1–50 of 51", `href="/labs/collections/kit?page=2"`, "labs/kelp49").hides(t, "labs/kelp50")
	b.get(page+"?page=2").shows(t, "51–51 of 51", `href="/labs/collections/kit"`, "labs/kelp50", `action="/labs/collections/kit?page=2"`).hides(t, "labs/kelp49")
	b.get(page+"?page=2&delete=1").shows(t, "51 packages stay where they are.")
	s.visitor(t).get(page+"?page=9").want(t, http.StatusOK).shows(t, "labs/kelp50").hides(t, "labs/kelp49", "No packages here")

	b.HTMX = true
	b.post(page+"?page=2", fields("do", "remove", "package", "labs/kelp49")).want(t, http.StatusOK).shows(t, "Removed labs/kelp49.", "50 packages", "labs/kelp48", "labs/kelp50")
	b.HTMX = false
	b.post(page+"?page=2", fields("do", "remove", "package", "labs/kelp50")).leadsTo(t, page+"?page=2")
	b.get(page+"?page=2").shows(t, "Removed labs/kelp50.", "49 packages", "labs/kelp00").hides(t, "Pages")
}

// TestCollectionFormsComeBack with what was typed and what is wrong.
func TestCollectionFormsComeBack(t *testing.T) {
	t.Parallel()
	s, b := withCollections(t)
	for path, forms := range map[string]map[string]string{
		"/labs/collections": {
			"name=kit&access=public":         "Collection labs/kit already exists.",
			"name=no+name&access=public":     `id="name-e"`,
			"name=other&access=open":         `id="access-e"`,
			"name=other&description=typed+x": `value="typed x"`,
		},
		"/labs/collections/kit": {
			"do=add&package=labs/nothing":     `id="package-e"`,
			"do=add&package=nobody/x":         `value="nobody/x"`,
			"do=add&package=":                 `id="package-e"`,
			"do=remove&package=labs/reefscan": "is not in the collection",
			"do=save&access=open":             `id="access-e"`,
		},
	} {
		for body, says := range forms {
			var pairs []string
			for pair := range strings.SplitSeq(strings.ReplaceAll(body, "+", " "), "&") {
				name, value, _ := strings.Cut(pair, "=")
				pairs = append(pairs, name, value)
			}
			b.post(path, fields(pairs...)).want(t, http.StatusUnprocessableEntity).shows(t, says, "<title>Error: ")
		}
	}
	b.post("/labs/collections/kit", fields("do", "nothing")).want(t, http.StatusUnprocessableEntity)
	b.HTMX = true
	b.post("/labs/collections/kit", fields("do", "add", "package", "labs/reefscan")).want(t, http.StatusOK).
		shows(t, `id="listing"`, "Added labs/reefscan.", `id="announce"`).hides(t, "<html")
	casey := s.as(t, "casey")
	casey.post("/labs/collections/kit", fields("do", "add", "package", "labs/reefscan")).want(t, http.StatusForbidden)
	casey.post("/labs/collections", fields("name", "x", "access", "public")).want(t, http.StatusForbidden)
	casey.get("/labs/collections/nothing").want(t, http.StatusNotFound)
}
