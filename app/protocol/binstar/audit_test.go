package binstar_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"vivarium/app/registry/registrytest"
)

// actions reads the actions of an answer, the newest first.
func actions(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var lines []struct{ Action string }
	if err := json.Unmarshal(w.Body.Bytes(), &lines); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	all := make([]string, len(lines))
	for i, l := range lines {
		all[i] = l.Action
	}
	return strings.Join(all, " ")
}

func TestAudit(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.newToken(t, "brook", map[string]any{"note": "ci"})
	s.must(t, 204, token, http.MethodPost, devs, `{"perms": "write"}`)
	s.must(t, 204, token, http.MethodPut, devs+"/members/casey", nil)
	golden(t, "audit", s.do(t, token, http.MethodGet, "/api/audit?account=labs&action=group", nil))
	today := s.Clock.Now().UTC().Format(time.DateOnly)
	for query, want := range map[string]string{
		"account=labs&action=group":                                                 "group.add-member group.create",
		"account=Labs&action=group.create":                                          "group.create",
		"action=group":                                                              "group.add-member group.create",
		"account=brook&action=group":                                                "",
		"account=labs&action=gro":                                                   "",
		"account=labs&action=group&since=2026-01-01":                                "group.add-member group.create",
		"action=group&since=2199-01-01T00:00:00Z":                                   "",
		"action=group&since=2199-01-01T00:00:00+01:00":                              "", // the plus is a blank here
		"action=group&since=" + url.QueryEscape("2199-01-01 10:00:00.000000+00:00"): "",
		"action=group&since=" + url.QueryEscape("1999-01-01 10:00:00.000000+00:00"): "group.add-member group.create",
		"account=labs&action=group&until=1999-01-01":                                "",
		"action=group&until=2199-01-01T00:00:00Z":                                   "group.add-member group.create",
		"action=group&actor=brook":                                                  "group.add-member group.create",
		"action=group&actor=casey":                                                  "",
		"action=group&offset=1":                                                     "group.create",
		"action=group&offset=1&limit=1":                                             "group.create",
		"action=group&offset=2":                                                     "",
		"action=group&since=" + today + "&until=" + today:                           "group.add-member group.create",
	} {
		if got := actions(t, s.do(t, token, http.MethodGet, "/api/audit?"+query, nil)); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	for _, query := range []string{"since=soon", "since=2026-13-01", "limit=0", "limit=1001", "limit=x", "before=0", "before=x", "until=soon", "offset=-1", "offset=x"} {
		refusal(t, s.do(t, token, http.MethodGet, "/api/audit?"+query, nil), http.StatusBadRequest)
	}
}

// TestAuditPages follows the links from page to page.
func TestAuditPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	for range 3 {
		s.must(t, 204, token, http.MethodPost, devs, nil)
		s.must(t, 204, token, http.MethodDelete, devs, nil)
	}
	var got []string
	next := "/api/audit?account=labs&action=group&limit=4"
	for pages := 0; next != ""; pages++ {
		if pages > 3 {
			t.Fatalf("there is no end to the pages: %s", next)
		}
		w := s.do(t, token, http.MethodGet, next, nil)
		got = append(got, actions(t, w))
		link := w.Header().Get("Link")
		next = strings.TrimPrefix(strings.TrimSuffix(link, `>; rel="next"`), "<http://vivarium.test:8080")
		if link != "" && next == link {
			t.Fatalf("Link %q", link)
		}
	}
	want := "group.delete group.create group.delete group.create | group.delete group.create"
	if all := strings.Join(got, " | "); all != want {
		t.Errorf("pages %s, want %s", all, want)
	}
}

// TestAuditIsOnesOwn: everyone sees what concerns their own account and
// organizations, administrators all, when it is them and not a token of theirs.
func TestAuditIsOnesOwn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.must(t, 204, s.Token(t, "brook"), http.MethodPost, devs, nil)
	for who, want := range map[string]int{"brook": 200, "labs": 200, "casey": 403, "ada": 403} {
		s.must(t, want, s.Token(t, who, "api:read"), http.MethodGet, "/api/audit?account=labs", nil)
		list := actions(t, s.do(t, s.Token(t, who), http.MethodGet, "/api/audit", nil))
		if sees := strings.Contains(list, "group.create"); sees != (want == 200) {
			t.Errorf("%s sees %s", who, list)
		}
	}
	for path, want := range map[string]bool{"/api/audit": true, "/api/audit?account=labs": true, "/api/audit?account=casey": false} {
		w := s.do(t, "", http.MethodGet, path, nil, "Authorization", basic("ada", registrytest.Password))
		if strings.Contains(actions(t, w), "group.create") != want {
			t.Errorf("%s as the administrator: %s", path, w.Body)
		}
	}
	refusal(t, s.do(t, "", http.MethodGet, "/api/audit?account=labs", nil), http.StatusUnauthorized)
	refusal(t, s.do(t, s.Token(t, "brook"), http.MethodGet, "/api/audit?account=nowhere", nil), http.StatusNotFound)
	if sentence := refusal(t, s.do(t, s.Token(t, "brook", "api:modify-group"), http.MethodGet, "/api/audit", nil), http.StatusForbidden); !strings.Contains(sentence, "api:read") {
		t.Errorf("%q does not name the scope", sentence)
	}
}

// TestAuditHoldsNoSecret looks for the secrets that passed in everything the
// operator would see.
func TestAuditHoldsNoSecret(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	secret := s.newToken(t, "brook", nil)
	s.must(t, http.StatusCreated, secret, http.MethodDelete, "/api/authentications", nil)
	all := s.do(t, "", http.MethodGet, "/api/audit?since="+time.Now().AddDate(0, 0, -1).Format(time.DateOnly), nil, "Authorization", basic("ada", registrytest.Password))
	for _, word := range []string{secret, registrytest.Password} {
		if strings.Contains(all.Body.String(), word) {
			t.Errorf("the audit log holds %q", word)
		}
	}
	if !strings.Contains(actions(t, all), "token.revoke") {
		t.Errorf("the audit log lacks what was done: %s", all.Body)
	}
}
