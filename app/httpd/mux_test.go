package httpd_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"vivarium/app/httpd"
	"vivarium/app/model"
)

// rows makes routes of the API, or of pages when the path is not below /api.
func rows(patterns ...string) []model.Route {
	var all []model.Route
	for _, p := range patterns {
		s := model.PageSurface
		if strings.Contains(p, "/api") {
			s = model.APISurface
		}
		all = append(all, model.Route{Surface: s, Pattern: p})
	}
	return all
}

// echo answers with the row and the path values it was called with.
func echo(patterns ...string) map[string]http.Handler {
	all := map[string]http.Handler{}
	for _, p := range patterns {
		all[p] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, model.RouteOf(r.Context()).Pattern)
			for _, name := range []string{"channel", "login", "package", "basename"} {
				if v := r.PathValue(name); v != "" {
					fmt.Fprint(w, " "+v)
				}
			}
		})
	}
	return all
}

func TestMux(t *testing.T) {
	t.Parallel()
	patterns := []string{
		"GET /{$}", "GET /api", "GET /api/{$}", "GET /api/user", "DELETE /api/user", "GET /api/user/{login}", "GET /api/dist/{package}/{basename...}", "POST /api/stage/{package}/{basename...}",
		"GET /avatar/{login}", "GET /{channel}", "GET /{channel}/packages", "GET /{channel}/packages/{package}", "POST /signout",
	}
	o := options()
	mux, err := httpd.BuildMux(rows(patterns...), echo(patterns...), o.RefusePage)
	if err != nil {
		t.Fatal(err)
	}
	o.API, o.Pages = mux, mux
	h := build(t, o)
	tests := []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/", 200, "GET /{$}"},
		{"HEAD", "/api", 200, "GET /api"},
		{"GET", "/api/", 200, "GET /api/{$}"},
		{"GET", "/api/user", 200, "GET /api/user"},
		{"DELETE", "/api/user", 200, "DELETE /api/user"},
		{"GET", "/api/user/ada", 200, "GET /api/user/{login} ada"},
		{"GET", "/api/dist/x/linux-64/x%2B1.conda", 200, "GET /api/dist/{package}/{basename...} x linux-64/x+1.conda"},
		{"GET", "/api/dist/x/linux-64%2Fx.conda", 200, "GET /api/dist/{package}/{basename...} x linux-64/x.conda"},
		{"GET", "/api/dist/x", 404, `{"error":"There is nothing at this address."}`},
		{"POST", "/api/stage/x", 404, `{"error":"There is nothing at this address."}`},
		{"GET", "/api/user/", 404, `{"error":"There is nothing at this address."}`},
		{"GET", "/api/nothing", 404, `{"error":"There is nothing at this address."}`},
		{"POST", "/api/user", 405, `{"error":"This address takes GET, HEAD, DELETE only."}`},
		{"PUT", "/api/stage/x/y", 405, `{"error":"This address takes POST only."}`},
		{"TRACE", "/api/user", 405, `{"error":"This address takes GET, HEAD, DELETE only."}`},
		{"BREW", "/api/user", 405, `{"error":"This address takes GET, HEAD, DELETE only."}`},
		{"GET", "/avatar/ada", 200, "GET /avatar/{login} ada"},
		{"GET", "/avatar/packages", 200, "GET /avatar/{login} packages"},
		{"GET", "/ada", 200, "GET /{channel} ada"},
		{"GET", "/ada/packages/x", 200, "GET /{channel}/packages/{package} ada x"},
		{"GET", "/ada/else", 404, "<h1>There is nothing at this address.</h1>"},
		{"GET", "/signout", 405, "<h1>This address takes POST only.</h1>"},
	}
	for _, test := range tests {
		w := ask(h, test.method, test.path)
		if w.Code != test.status || w.Body.String() != test.body {
			t.Errorf("%s %s = %d %q, want %d %q", test.method, test.path, w.Code, w.Body, test.status, test.body)
		}
		if allow := w.Header().Get("Allow"); (w.Code == 405) != (allow != "") {
			t.Errorf("%s %s = %d with Allow %q", test.method, test.path, w.Code, allow)
		}
	}
}

func TestMuxRefusesToBeBuilt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		routes   []string
		handlers []string
		want     string
	}{
		{"row without handler", []string{"GET /api"}, nil, `route "GET /api" has no handler`},
		{"handler without row", nil, []string{"GET /api"}, `handler "GET /api" has no route`},
		{"same row twice", []string{"GET /api", "GET /api"}, []string{"GET /api"}, `route "GET /api": `},
		{"ambiguous rows", []string{"GET /{channel}/x", "GET /{a}/{b}/y", "GET /{channel}/{x...}", "GET /{y}/z/{w...}", "GET /{y}/{z}/y"}, []string{"GET /{channel}/x", "GET /{a}/{b}/y", "GET /{channel}/{x...}", "GET /{y}/z/{w...}", "GET /{y}/{z}/y"}, "route "},
		{"not a pattern", []string{"GET"}, []string{"GET"}, `route "GET": `},
	}
	for _, test := range tests {
		_, err := httpd.BuildMux(rows(test.routes...), echo(test.handlers...), nil)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: error = %v, want %q", test.name, err, test.want)
		}
	}
}
