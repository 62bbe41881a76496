package protocol

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vivarium/app/model"
)

func TestFrom(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = "192.0.2.7"
	r.Header.Set("User-Agent", "  conda/26.7\x1b[2J \xff"+strings.Repeat("ü", 300))
	r = r.WithContext(model.WithRoute(r.Context(), model.Route{Scopes: []model.Scope{model.ScopeConda}}))
	got := From(r)
	if !got.Anonymous() || got.RemoteAddr != "192.0.2.7" || len(got.Door) != 1 || got.Door[0] != model.ScopeConda {
		t.Errorf("From = %+v", got)
	}
	if !strings.HasPrefix(got.Client, "conda/26.7[2J") || len([]rune(got.Client)) > maxClient {
		t.Errorf("From's client is %q", got.Client)
	}
}

func TestRequireSelf(t *testing.T) {
	t.Parallel()
	door := []model.Scope{model.ScopeAPIRead}
	tests := []struct {
		name  string
		actor model.Actor
		want  model.Code
		names string
	}{
		{"anonymous", model.Actor{Door: door}, model.Unauthenticated, "Sign in"},
		{"token without the scope", model.Actor{AccountID: 1, TokenID: 1, Scopes: model.ScopeSet{model.ScopeConda}, Door: door}, model.Forbidden, "api:read"},
	}
	for _, tt := range tests {
		err := requireSelf(tt.actor)
		if model.CodeOf(err) != tt.want || !strings.Contains(err.Error(), tt.names) {
			t.Errorf("%s: requireSelf = %v, want %v naming %q", tt.name, err, tt.want, tt.names)
		}
	}
	for _, a := range []model.Actor{{AccountID: 1, Door: door}, {AccountID: 1, TokenID: 1, Scopes: model.AllScopes, Door: door}, {AccountID: 1, TokenID: 1}} {
		if err := requireSelf(a); err != nil {
			t.Errorf("requireSelf(%+v) = %v", a, err)
		}
	}
}
