package e2e

import (
	"fmt"
	"net/http"
	"testing"
)

// TestCollectionsInBrowser is how a collection is made, filled, hidden and deleted,
// with scripts and without. What anybody is shown of it follows each step.
func TestCollectionsInBrowser(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts=%t", scripts), func(t *testing.T) {
			t.Parallel()
			s := startServer(t)
			s.addUser("alice")
			s.uploadAs(s.addToken("alice", "ci", "all"), tiny10, tinyc).ok(t)
			b := newBrowser(t, s, scripts)
			b.signIn("alice")
			b.open("/alice")
			b.click("link", "Collections")
			b.find("heading", "No collections yet")
			b.fill("Name", "Field Kit")
			b.click("button", "Create collection")
			b.says("Use up to 128 letters")
			b.replace("Name", "field-kit")
			b.fill("Description", "What goes to the field.")
			b.click("button", "Create collection")
			b.find("heading", "field-kit")
			b.collects()
			b.hides()
			b.forgive("422")
		})
	}
}

// collects adds packages to the collection and takes one out.
func (b *browser) collects() {
	b.t.Helper()
	b.fill("Package to add", "alice/nothing")
	b.click("button", "Add package")
	b.says("does not exist")
	for _, name := range []string{"tiny", "tinyc"} {
		b.replace("Package to add", "alice/"+name)
		b.click("button", "Add package")
		b.find("button", "Remove alice/"+name+" from field-kit")
	}
	b.inspect("collection")
	b.click("button", "Remove alice/tiny from field-kit")
	b.gone("button", "Remove alice/tiny from field-kit")
	if a := b.s.get("", "/api/collections/alice/field-kit"); a.status != http.StatusOK {
		b.t.Errorf("anybody gets %d", a.status)
	}
}

// hides makes the collection private and deletes it.
func (b *browser) hides() {
	b.t.Helper()
	b.click("radio", "Private.*")
	b.click("button", "Save collection")
	b.says("Saved collection field-kit.")
	if got := b.s.status("", "/api/collections/alice/field-kit"); got != http.StatusNotFound {
		b.t.Errorf("a private collection answers anybody %d, want 404", got)
	}
	b.click("link", "Delete collection…")
	b.find("button", "Delete field-kit")
	b.inspect("collection-delete")
	b.click("button", "Delete field-kit")
	b.find("heading", "No collections yet")
	b.inspect("collections")
}
