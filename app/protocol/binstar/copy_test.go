package binstar_test

import (
	"encoding/json"
	"net/http"
	"testing"
)

// TestCopyRequestsOfTheClient sends what anaconda copy sends: a path with a slash
// at its end for a release, POST, PUT and PATCH for what to do with what is there.
func TestCopyRequestsOfTheClient(t *testing.T) {
	t.Parallel()
	s, _ := labelled(t)
	token := s.Token(t, "casey", "api")
	body := map[string]any{"to_owner": nil, "from_channel": "main", "to_channel": "qa"}
	const release, file = "/api/copy/package/labs/tiny/1.0/", "/api/copy/package/labs/tiny/1.0/" + tinyLinux
	for _, step := range []struct {
		name, method, path string
		status, copied     int
	}{
		{"one file", "POST", file, 200, 1},
		{"its release", "POST", release, 409, 0},
		{"what is missing", "PATCH", release, 200, 1},
		{"nothing is missing", "PATCH", release, 200, 0},
		{"replace", "PUT", release, 200, 2},
	} {
		w := s.do(t, token, step.method, step.path, body)
		var files []struct {
			Basename string
			FullName string `json:"full_name"`
		}
		if step.status == 200 && (json.Unmarshal(w.Body.Bytes(), &files) != nil || len(files) != step.copied) || w.Code != step.status {
			t.Errorf("%s: %d %s, want %d and %d files", step.name, w.Code, w.Body, step.status, step.copied)
		}
	}
	if got := s.labels(t, token, "casey"); got["qa"] != 2 {
		t.Errorf("labels of the copies: %v", got)
	}
	refusal(t, s.do(t, "", http.MethodPost, file, body), http.StatusUnauthorized)
	refusal(t, s.do(t, s.Token(t, "casey", "repos"), http.MethodPost, file, body), http.StatusForbidden)
	refusal(t, s.do(t, token, http.MethodPost, file, map[string]any{"to_owner": "labs"}), http.StatusForbidden)
	refusal(t, s.do(t, token, http.MethodPost, file, map[string]any{"from_channel": "dev"}), http.StatusNotFound)
}
