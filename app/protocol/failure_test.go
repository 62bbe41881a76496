package protocol

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
)

func fail(ctx context.Context, err error) (int, http.Header, string) {
	var log bytes.Buffer
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/t/secret/x", nil).WithContext(ctx)
	status := Fail(w, r, &registry.Registry{Parts: registry.Parts{Log: slog.New(slog.NewTextHandler(&log, nil))}}, err)
	return status, w.Header(), log.String()
}

func TestFail(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err           error
		status        int
		header, value string
	}{
		{model.Errorf(model.Invalid, "x"), 400, "", ""},
		{model.Errorf(model.Unauthenticated, "x"), 401, "WWW-Authenticate", `Basic realm="Vivarium"`},
		{fmt.Errorf("open: %w", model.Errorf(model.Unauthenticated, "x")), 401, "WWW-Authenticate", `Basic realm="Vivarium"`},
		{model.Errorf(model.Forbidden, "x"), 403, "WWW-Authenticate", ""},
		{model.Errorf(model.NotFound, "x"), 404, "WWW-Authenticate", ""},
		{model.Errorf(model.Conflict, "x"), 409, "", ""},
		{model.Errorf(model.Gone, "x"), 410, "", ""},
		{model.Errorf(model.TooLarge, "x"), 413, "", ""},
		{model.Errorf(model.TooMany, "x"), 429, "Retry-After", "1"},
		{&model.Error{Code: model.TooMany, RetryAfter: 1500 * time.Millisecond}, 429, "Retry-After", "2"},
		{model.Errorf(model.ReadOnly, "x"), 503, "X-Anaconda-Read-Only", "true"},
		{model.Errorf(model.Full, "x"), 507, "", ""},
		{model.Errorf(model.Missing, "x"), 500, "", ""},
		{errors.New("disk on fire"), 500, "WWW-Authenticate", ""},
	}
	for _, tt := range tests {
		status, h, log := fail(t.Context(), tt.err)
		if status != tt.status || tt.header != "" && h.Get(tt.header) != tt.value {
			t.Errorf("Fail(%v) = %d with %s %q, want %d with %q", tt.err, status, tt.header, h.Get(tt.header), tt.status, tt.value)
		}
		if h.Get("Cache-Control") != "private, no-store" || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("Fail(%v): an error may be kept or sniffed: %v", tt.err, h)
		}
		if (log != "") != (tt.status == 500) {
			t.Errorf("Fail(%v) logged %q", tt.err, log)
		}
	}
}

func TestFailLogsTheCauseButNoPath(t *testing.T) {
	t.Parallel()
	ctx := model.WithRoute(t.Context(), model.Route{Pattern: "GET /{channel}/{subdir}/{file}"})
	_, _, log := fail(ctx, errors.New("disk on fire"))
	if !strings.Contains(log, "disk on fire") || !strings.Contains(log, "GET /{channel}/{subdir}/{file}") || strings.Contains(log, "secret") {
		t.Errorf("log: %s", log)
	}
	if _, _, log := fail(ctx, &model.Error{Code: model.Internal, Message: "open x", Err: errors.New("disk on fire")}); !strings.Contains(log, "open x: disk on fire") {
		t.Errorf("log of a cause that is not shown: %s", log)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, log := fail(gone, context.Canceled); log != "" {
		t.Errorf("a client that went away was logged: %s", log)
	}
}
