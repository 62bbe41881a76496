package binstar_test

import (
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
)

const devs = "/api/group/labs/devs"

// TestGroups makes a group, fills it, looks into it and empties it, as
// anaconda-client does.
func TestGroups(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "tiny"})
	golden(t, "done", s.do(t, token, http.MethodPost, devs, `{"perms": "write"}`))
	for _, path := range []string{devs + "/members/casey", devs + "/members/Casey", devs + "/packages/tiny", devs + "/packages/Tiny"} {
		golden(t, "done", s.do(t, token, http.MethodPut, path, nil))
	}
	golden(t, "groups", s.do(t, token, http.MethodGet, "/api/groups/labs", nil))
	golden(t, "group", s.do(t, token, http.MethodGet, "/api/group/LABS/Devs", nil))
	golden(t, "members", s.do(t, token, http.MethodGet, devs+"/members", nil))
	golden(t, "group_packages", s.do(t, token, http.MethodGet, devs+"/packages", nil))
	golden(t, "groups_of_organization", s.do(t, s.Token(t, "labs"), http.MethodGet, "/api/groups", nil))
	golden(t, "groups_own", s.do(t, s.Token(t, "casey"), http.MethodGet, "/api/groups", nil))
	golden(t, "done", s.do(t, token, http.MethodGet, devs+"/members/casey", nil))
	refusal(t, s.do(t, token, http.MethodGet, devs+"/members/mallory", nil), http.StatusNotFound)
	for _, path := range []string{devs + "/members/casey", devs + "/packages/tiny", devs} {
		golden(t, "done", s.do(t, token, http.MethodDelete, path, nil))
		refusal(t, s.do(t, token, http.MethodDelete, path, nil), http.StatusNotFound)
	}
	golden(t, "groups_none", s.do(t, s.Token(t, "casey"), http.MethodGet, "/api/groups", nil))
}

// TestLevelOnPackage puts a package into a group with a permission of its own.
func TestLevelOnPackage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "tiny"})
	s.must(t, http.StatusNoContent, token, http.MethodPost, devs, `{"perms": "write"}`)
	for _, step := range []struct{ body, want string }{
		{``, "write"}, {`{"permission": "admin"}`, "admin"}, {``, "admin"}, {`{"permission": "read"}`, "read"}, {`{"permission": ""}`, "read"},
	} {
		s.must(t, http.StatusNoContent, token, http.MethodPut, devs+"/packages/tiny", step.body)
		if got := s.do(t, token, http.MethodGet, devs+"/packages", nil).Body.String(); !strings.Contains(got, `"permission":"`+step.want+`"`) {
			t.Errorf("PUT %s: %s", step.body, got)
		}
	}
	for _, body := range []string{`{"permission": "king"}`, `{"permission": 3}`} {
		refusal(t, s.do(t, token, http.MethodPut, devs+"/packages/tiny", body), http.StatusBadRequest)
	}
	s.must(t, http.StatusNoContent, token, http.MethodPut, devs+"/packages/tiny", `{"permission": "none"}`)
	if got := strings.TrimSpace(s.do(t, token, http.MethodGet, devs+"/packages", nil).Body.String()); got != "[]" {
		t.Errorf("after none: %s", got)
	}
	refusal(t, s.do(t, token, http.MethodPut, "/api/group/labs/owners/packages/tiny", `{"permission": "read"}`), http.StatusConflict)
}

// TestChangeGroup posts to a group that is there: what the body leaves out stays.
func TestChangeGroup(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "api:modify-group", "api:read")
	for _, step := range []struct {
		body       string
		permission string
		all        bool
	}{
		{``, "read", false}, {`{"perms": "write"}`, "write", false}, {`{"all_packages": true}`, "write", true}, {`{"perms": null}`, "write", true},
		{`{"perms": "admin", "all_packages": false}`, "admin", false}, {`{}`, "admin", false},
	} {
		s.must(t, http.StatusNoContent, token, http.MethodPost, devs, step.body)
		got := object(t, s.do(t, token, http.MethodGet, devs, nil))
		if got["permission"] != step.permission || got["all_packages"] != step.all {
			t.Errorf("POST %s: %v", step.body, got)
		}
	}
	for _, body := range []string{`{"perms": "none"}`, `{"perms": "owner"}`, `{"perms": 2}`, `{"all_packages": "yes"}`, `[]`, `{`} {
		refusal(t, s.do(t, token, http.MethodPost, devs, body), http.StatusBadRequest)
	}
	refusal(t, s.do(t, token, http.MethodPost, "/api/group/labs/a%20b", `{}`), http.StatusBadRequest)
	if got := object(t, s.do(t, token, http.MethodGet, devs, nil)); got["permission"] != "admin" {
		t.Errorf("a refused change was made: %v", got)
	}
}

// TestGroupGives lets a member upload what is attached, and nothing after that
// was taken back.
func TestGroupGives(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, casey := s.Token(t, "brook"), s.Token(t, "casey")
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "tiny"})
	s.must(t, http.StatusOK, token, http.MethodPatch, "/api/package/labs/tiny", `{"access": "private"}`)
	const tiny = "/api/package/labs/tiny"
	asks := func(see, change int) {
		t.Helper()
		s.must(t, see, casey, http.MethodGet, tiny, nil)
		s.must(t, change, casey, http.MethodPatch, tiny, `{"public_attrs": {"summary": "mine"}}`)
	}
	asks(404, 404)
	s.must(t, 204, token, http.MethodPost, devs, `{"perms": "read"}`)
	s.must(t, 204, token, http.MethodPut, devs+"/members/casey", nil)
	asks(404, 404)
	s.must(t, 204, token, http.MethodPut, devs+"/packages/tiny", nil)
	asks(200, 403)
	s.must(t, 204, token, http.MethodPost, devs, `{"perms": "write"}`)
	asks(200, 200)
	s.must(t, 403, casey, http.MethodPost, "/api/package/labs/new", `{}`)
	s.must(t, 204, token, http.MethodPost, devs, `{"all_packages": true}`)
	s.must(t, 200, casey, http.MethodPost, "/api/package/labs/new", `{}`)
	s.must(t, 204, token, http.MethodDelete, devs+"/packages/tiny", nil)
	asks(200, 200)
	s.must(t, 204, token, http.MethodDelete, devs+"/members/casey", nil)
	asks(404, 404)
}

// TestOwnersStay: an organization keeps an owner, and Owners all their rights.
func TestOwnersStay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	const owners = "/api/group/labs/owners"
	for _, ask := range [][3]string{
		{http.MethodDelete, owners + "/members/brook", ""}, {http.MethodDelete, owners, ""}, {http.MethodPost, owners, `{"perms": "read"}`},
	} {
		refusal(t, s.do(t, token, ask[0], ask[1], ask[2]), http.StatusConflict)
	}
	s.must(t, http.StatusNoContent, token, http.MethodPut, owners+"/members/casey", nil)
	s.must(t, http.StatusNoContent, token, http.MethodDelete, owners+"/members/brook", nil)
	s.must(t, http.StatusForbidden, token, http.MethodGet, owners, nil) // at once, with the same token
	s.must(t, http.StatusOK, s.Token(t, "casey"), http.MethodGet, owners, nil)
}

// groupAsks is a request for each row below /api/group and /api/groups/{org}.
var groupAsks = []struct{ method, path, scope string }{
	{"GET", "/api/groups/labs", "api:read"}, {"GET", devs, "api:read"}, {"POST", devs, "api:modify-group"}, {"GET", devs + "/members", "api:read"},
	{"GET", devs + "/members/casey", "api:read"}, {"PUT", devs + "/members/casey", "api:modify-group"}, {"GET", devs + "/packages", "api:read"},
	{"PUT", devs + "/packages/tiny", "api:modify-group"}, {"DELETE", devs + "/packages/tiny", "api:modify-group"},
	{"DELETE", devs + "/members/casey", "api:modify-group"}, {"DELETE", devs, "api:modify-group"},
}

// TestGroupsAreForOwners: the inside of an organization is nobody else's
// business, be there a group of that name or not, and takes the right scope.
func TestGroupsAreForOwners(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "tiny"})
	s.must(t, 204, token, http.MethodPost, devs, `{"perms": "admin"}`)
	s.must(t, 204, token, http.MethodPut, devs+"/members/mallory", nil)
	for _, ask := range groupAsks {
		absent := strings.ReplaceAll(ask.path, "devs", "nope")
		refusal(t, s.do(t, "", ask.method, ask.path, nil), http.StatusUnauthorized)
		refusal(t, s.do(t, "", ask.method, absent, nil), http.StatusUnauthorized)
		for _, who := range []string{"casey", "mallory", "ada"} {
			there := refusal(t, s.do(t, s.Token(t, who), ask.method, ask.path, nil), http.StatusForbidden)
			if other := refusal(t, s.do(t, s.Token(t, who), ask.method, absent, nil), http.StatusForbidden); other != there {
				t.Errorf("%s %s tells %s of a group: %q, and without one %q", ask.method, ask.path, who, there, other)
			}
		}
		lacking := s.Token(t, "brook", "repos", "api:"+map[string]string{"api:read": "modify-group", "api:modify-group": "write"}[ask.scope])
		if sentence := refusal(t, s.do(t, lacking, ask.method, ask.path, nil), http.StatusForbidden); !strings.Contains(sentence, ask.scope) {
			t.Errorf("%s %s: %q does not name %s", ask.method, ask.path, sentence, ask.scope)
		}
		if w := s.do(t, s.Token(t, "brook", ask.scope), ask.method, ask.path, nil); w.Code >= 300 && w.Code != http.StatusNotFound {
			t.Errorf("%s %s with %s: %d %s", ask.method, ask.path, ask.scope, w.Code, w.Body)
		}
		refusal(t, s.do(t, token, ask.method, strings.ReplaceAll(ask.path, "labs", "nowhere"), nil), http.StatusNotFound)
		refusal(t, s.do(t, token, ask.method, strings.ReplaceAll(ask.path, "labs", "brook"), nil), http.StatusNotFound) // a user has no groups
	}
	refusal(t, s.do(t, token, http.MethodPut, "/api/group/labs/owners/members/nobody", nil), http.StatusNotFound)
	refusal(t, s.do(t, token, http.MethodPut, "/api/group/labs/owners/members/labs", nil), http.StatusNotFound)
	refusal(t, s.do(t, token, http.MethodPut, "/api/group/labs/owners/packages/nothing", nil), http.StatusNotFound)
	refusal(t, s.do(t, "", http.MethodGet, "/api/groups", nil), http.StatusUnauthorized)
	refusal(t, s.do(t, s.Token(t, "brook", "repos"), http.MethodGet, "/api/groups", nil), http.StatusForbidden)
}
