package httpd_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vivarium/app/httpd"
	"vivarium/app/model"
)

func TestOneLinePerRequest(t *testing.T) {
	t.Parallel()
	log := &lines{}
	o := options()
	o.Log = slog.New(httpd.LogHandler(slog.NewJSONHandler(log, nil)))
	o.API = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = model.NoteActor(r.Context(), "ada")
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write([]byte("short and stout"))
	})
	w := ask(build(t, o), "PATCH", "/api/package/ada/x?token=viv-0123456789abcdef0123", header("Authorization", "token viv-0123456789abcdef0123"), header("Cookie", "session=secret"))
	var line map[string]any
	if err := json.Unmarshal([]byte(log.String()), &line); err != nil {
		t.Fatalf("not one line: %v in %s", err, log)
	}
	for key, want := range map[string]any{
		"msg": "request", "level": "INFO", "method": "PATCH", "path": "/api/package/ada/x", "status": 418.0, "size_bytes": 15.0,
		"actor": "ada", "remote": "192.0.2.1", "request_id": w.Header().Get("X-Request-Id"),
	} {
		if line[key] != want {
			t.Errorf("%s = %v, want %v", key, line[key], want)
		}
	}
	if _, ok := line["dur_ms"]; !ok || len(line) != 11 {
		t.Errorf("attributes = %v", line)
	}
	if strings.Contains(log.String(), "viv-") || strings.Contains(log.String(), "secret") {
		t.Errorf("a secret was logged: %s", log)
	}
}

func TestClientsThatLeaveInTheLog(t *testing.T) {
	t.Parallel()
	for _, answer := range []func(http.ResponseWriter){
		func(http.ResponseWriter) {},
		func(w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) },
	} {
		log := &lines{}
		o := options()
		o.Log = slog.New(slog.NewJSONHandler(log, nil))
		ctx, leave := context.WithCancel(t.Context())
		o.API = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			leave()
			answer(w)
		})
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, "http://vivarium.test/api/package/ada/x", nil)
		build(t, o).ServeHTTP(httptest.NewRecorder(), r)
		if got := log.String(); !strings.Contains(got, `"status":499`) || !strings.Contains(got, `"level":"INFO"`) {
			t.Errorf("logged: %s", got)
		}
	}
}

func TestPathsInTheLog(t *testing.T) {
	t.Parallel()
	const token = "viv-0123456789abcdefABCDEF"
	tests := []struct{ path, want string }{
		{"/conda/ada/noarch/repodata.json", "/conda/ada/noarch/repodata.json"},
		{"/t/" + token + "/ada/noarch/x.conda", "/t/<redacted>/ada/noarch/x.conda"},
		{"/t/short/ada", "/t/<redacted>/ada"},
		{"/conda/t/anything/ada/noarch/x", "/conda/t/<redacted>/ada/noarch/x"},
		{"/pypi/t/anything/ada/simple/", "/pypi/t/<redacted>/ada/simple/"},
		{"/cran/t/anything/ada/src", "/cran/t/<redacted>/ada/src"},
		{"/t/" + token + "/conda/ada", "/t/<redacted>/conda/ada"},
		{"/%74/anything/ada", "/t/<redacted>/ada"},
		{"/t/%76iv-0123456789abcdefABCDEF/ada", "/t/<redacted>/ada"},
		{"/t%2fanything/ada", "/t/<redacted>/ada"},
		{"/%2574/%2576iv-x/ada", "/t/<redacted>/ada"},
		{"//t//anything/ada", "//t//<redacted>/ada"},
		{"/ada/" + token, "/ada/<redacted>"},
		{"/api/dist/" + token[:24] + "/x", "/api/dist/<redacted>/x"},
		{"/ada/viv-tools", "/ada/viv-tools"},
		{"/ada/t/1.0", "/ada/t/1.0"},
		{"/reset-password/anything", "/reset-password/<redacted>"},
		{"/ada/%0a%1b[2Jx", "/ada/%0a%1b[2Jx"},
		{"/t/x/a%0ab", "/t/<redacted>/a%0Ab"},
		{"/ada/%C3%A9", "/ada/%C3%A9"},
	}
	for _, test := range tests {
		log := &lines{}
		o := options()
		o.Log = slog.New(slog.NewJSONHandler(log, nil))
		ask(build(t, o), "GET", test.path)
		var line struct{ Path string }
		if err := json.Unmarshal([]byte(log.String()), &line); err != nil || line.Path != test.want {
			t.Errorf("GET %s is logged as %q, %v, want %q", test.path, line.Path, err, test.want)
		}
	}
}

func TestQuietRequests(t *testing.T) {
	t.Parallel()
	log := &lines{}
	o := options()
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	h := build(t, o)
	for _, path := range []string{"/health/live", "/static/x"} {
		ask(h, "GET", path)
	}
	if log.String() != "" {
		t.Errorf("log = %s, want nothing at the usual level", log)
	}
}

func TestLogHandlerKeepsItsWay(t *testing.T) {
	t.Parallel()
	log := &lines{}
	logger := slog.New(httpd.LogHandler(slog.NewTextHandler(log, nil))).With("a", 1).WithGroup("g")
	ctx := model.WithRequestNote(t.Context(), &model.RequestNote{ID: "r-1"})
	logger.InfoContext(ctx, "said", "b", 2)
	if got := log.String(); !strings.Contains(got, "a=1") || !strings.Contains(got, "g.b=2") || !strings.Contains(got, "request_id=r-1") {
		t.Errorf("log = %s", got)
	}
}
