package binstar_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestNoticeRequestsOfTheClient sends what anaconda channel notice sends, below
// the owner's name, and sees 201, 200 and 204.
func TestNoticeRequestsOfTheClient(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "api")
	expires := time.Now().Add(72 * time.Hour).UTC().Format("2006-01-02T15:04:05+00:00")
	made := s.must(t, http.StatusCreated, token, http.MethodPost, "/api/labs/notices", map[string]any{"message": "hi", "level": "warning", "expires_at": expires})
	golden(t, "notice", made)
	id, _ := object(t, made)["id"].(string)
	one := "/api/labs/notices/" + id
	golden(t, "notice_list", s.must(t, http.StatusOK, token, http.MethodGet, "/api/labs/notices?offset=0&limit=20", nil))
	for _, step := range []struct{ method, path, body, key, want string }{
		{"POST", one + "/publish", "", "status", "published"}, {"POST", one + "/publish", "", "status", "published"},
		{"PATCH", one, `{"message": "hello", "level": "info"}`, "message", "hello"}, {"GET", one, "", "level", "info"},
		{"POST", one + "/archive", "", "status", "archived"},
	} {
		if got := object(t, s.must(t, http.StatusOK, token, step.method, step.path, step.body)); got[step.key] != step.want {
			t.Errorf("%s %s: %v, want %s %s", step.method, step.path, got, step.key, step.want)
		}
	}
	for query, want := range map[string]float64{"": 1, "?status=archived": 1, "?status=draft": 0} {
		if got := object(t, s.must(t, http.StatusOK, token, http.MethodGet, "/api/labs/notices"+query, nil)); got["total_count"] != want {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	refusal(t, s.do(t, token, http.MethodGet, "/api/labs/notices?status=lost", nil), http.StatusBadRequest)
	if items := object(t, s.must(t, http.StatusOK, token, http.MethodGet, "/api/labs/notices?offset=7", nil))["items"]; len(items.([]any)) != 0 {
		t.Errorf("beyond the last: %v", items)
	}
	s.must(t, http.StatusNoContent, token, http.MethodDelete, one, nil)
	refusal(t, s.do(t, token, http.MethodGet, one, nil), http.StatusNotFound)
}

// TestNoticesOfOurOwn are below the channel, and published at once.
func TestNoticesOfOurOwn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "api")
	got := object(t, s.must(t, http.StatusCreated, token, http.MethodPost, "/api/channel/labs/notices", `{"message": "hi"}`))
	if got["status"] != "published" || got["level"] != "info" || got["author"] != "brook" {
		t.Errorf("got %v", got)
	}
	if got := object(t, s.must(t, http.StatusCreated, token, http.MethodPost, "/api/channel/labs/notices", `{"message": "later", "status": "draft"}`)); got["status"] != "draft" {
		t.Errorf("got %v", got)
	}
	if list := object(t, s.must(t, http.StatusOK, token, http.MethodGet, "/api/channel/labs/notices", nil)); list["total_count"] != 2.0 {
		t.Errorf("got %v", list)
	}
	s.must(t, http.StatusNoContent, token, http.MethodDelete, "/api/channel/labs/notices/"+got["id"].(string), nil)
	for body, field := range map[string]string{
		`{}`: "message", `{"message": "x", "level": "shout"}`: "level", `{"message": "x", "status": "deleted"}`: "notice is draft",
		`{"message": "x", "expires_at": "soon"}`: "expires_at", `{"message": "x", "expires_at": "2001-01-01T00:00:00Z"}`: "expired",
	} {
		if sentence := refusal(t, s.do(t, token, http.MethodPost, "/api/channel/labs/notices", body), http.StatusBadRequest); !strings.Contains(sentence, field) {
			t.Errorf("%s: %q does not speak of %s", body, sentence, field)
		}
	}
	refusal(t, s.do(t, token, http.MethodGet, "/api/labs/notices?limit=-1", nil), http.StatusBadRequest)
	refusal(t, s.do(t, s.Token(t, "casey"), http.MethodGet, "/api/labs/notices", nil), http.StatusForbidden)
	refusal(t, s.do(t, "", http.MethodGet, "/api/labs/notices", nil), http.StatusUnauthorized)
}
