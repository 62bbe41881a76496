package protocol

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry/registrytest"
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

// ask makes a request that came in by row, with headers.
func ask(row model.Route, headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = "192.0.2.9"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r.WithContext(model.WithRoute(r.Context(), row))
}

func TestActor(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	token, other := s.Token(t, "brook"), s.Token(t, "casey")
	usual := model.Route{On: model.OnAccount, Scopes: []model.Scope{model.ScopeCondaDownload}}
	door := model.Route{Open: true}
	self := model.Route{On: model.OnSelf, Scopes: []model.Scope{model.ScopeAPIRead}}
	tests := []struct {
		name      string
		r         *http.Request
		pathToken string
		login     string
		code      model.Code // Internal: none
	}{
		{"nobody", ask(usual), "", "", model.Internal},
		{"header", ask(usual, "Authorization", "token "+token), "", "brook", model.Internal},
		{"password", ask(usual, "Authorization", basic("casey:"+registrytest.Password)), "", "casey", model.Internal},
		{"path", ask(usual), token, "brook", model.Internal},
		{"the path comes before the headers", ask(usual, "Authorization", "token "+other), token, "brook", model.Internal},
		{"Authorization comes before X-API-Key", ask(usual, "Authorization", "token "+token, "X-API-Key", other), "", "brook", model.Internal},
		{"a wrong path is not healed by a header", ask(usual, "Authorization", "token "+token), "viv-wrong", "", model.Unauthenticated},
		{"wrong", ask(usual, "X-API-Key", "viv-wrong"), "", "", model.Unauthenticated},
		{"wrong password", ask(usual, "Authorization", basic("casey:wonderland")), "", "", model.Unauthenticated},
		{"wrong at an open door", ask(door, "X-API-Key", "viv-wrong"), "", "", model.Internal},
		{"unreadable at an open door", ask(door, "Authorization", "x"), "", "", model.Internal},
		{"right at an open door", ask(door, "X-API-Key", token), "", "brook", model.Internal},
		{"nobody for oneself", ask(self), "", "", model.Unauthenticated},
		{"oneself", ask(self, "X-API-Key", token), "", "brook", model.Internal},
		{"a path opens downloads alone", ask(self), token, "brook", model.Forbidden},
	}
	for _, tt := range tests {
		got, err := Actor(tt.r, s.Registry, tt.pathToken)
		if model.CodeOf(err) != tt.code || err == nil && got.Login != tt.login {
			t.Errorf("%s: %q, %v, want %q, %s", tt.name, got.Login, err, tt.login, tt.code)
		}
		if err == nil && got.RemoteAddr != "192.0.2.9" {
			t.Errorf("%s: from %q", tt.name, got.RemoteAddr)
		}
	}
}

// TestActorIsTold: the server hears who it is, and may say that it is too much.
func TestActorIsTold(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	note := &model.RequestNote{Admit: func(login string) error { return model.Errorf(model.TooMany, "Too many requests of %s.", login) }}
	r := ask(model.Route{}, "X-API-Key", s.Token(t, "brook"))
	r = r.WithContext(model.WithRequestNote(r.Context(), note))
	if _, err := Actor(r, s.Registry, ""); model.CodeOf(err) != model.TooMany || note.Actor() != "brook" {
		t.Errorf("Actor = %v, noted %q", err, note.Actor())
	}
}
