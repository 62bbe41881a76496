package e2e

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestN13LogInjection asks with line ends and terminal commands in everything that
// is logged: one request is one line, in both forms of the log.
func TestN13LogInjection(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"json", "text"} {
		v := newVictim(t, "VIVARIUM_LOG_FORMAT="+format)
		began := len(v.log.String())
		const evil = "%0a%0dlevel=ERROR%20msg=forged%1b[2J%00%e2%80%ae"
		paths := []string{"/" + evil, "/conda/alice/noarch/" + evil, "/pypi/alice/simple/" + evil, "/alice/" + evil, "/api/package/alice/" + evil, "/t/" + evil + "/alice/noarch/repodata.json", "/search?q=" + evil}
		for _, path := range paths {
			v.raw("GET "+path+" HTTP/1.1", "", "User-Agent: x level=ERROR msg=forged", "Referer: http://x/ msg=forged", "X-Request-Id: x msg=forged", "X-Forwarded-For: 1.2.3.4 msg=forged",
				"Authorization: Basic YWxpY2UKbGV2ZWw9RVJST1IgbXNnPWZvcmdlZBtbMko6eA==") // alice, a line end, level=ERROR…
		}
		if got := v.raw("GET /api HTTP/1.1", "", "User-Agent: x\x1b[2J"); got.status != http.StatusBadRequest {
			t.Errorf("a terminal command in a header: %d, want 400", got.status)
		}
		wheel := wheelSpec{}.build(t)
		wheel.version = "1\nlevel=ERROR msg=forged\x1b[2J"
		if got, err := v.alice.publish(t.Context(), wheel); err != nil || got.made() {
			t.Errorf("an odd version: %v, %v", got, err)
		}
		v.stop() // a line is written after its answer
		lines := strings.Split(strings.TrimSpace(v.log.String()[began:]), "\n")
		if len(lines) != len(paths)+1 {
			t.Errorf("%d lines for %d requests:\n%s", len(lines), len(paths)+1, strings.Join(lines, "\n"))
		}
		for _, line := range lines {
			if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\u202e' }) || format == "json" && !json.Valid([]byte(line)) {
				t.Errorf("a line of the %s log: %q", format, line)
			}
			if strings.HasPrefix(line, "level=ERROR") || strings.Contains(line, " msg=forged") && !strings.Contains(line, `"`) {
				t.Errorf("a forged line: %q", line)
			}
		}
	}
}

// inner is what no answer may tell of the inside.
var inner = regexp.MustCompile(`(?i)\.go:\d|goroutine|panic|sqlite|no such table|SELECT |INSERT |/data/|/blobs|/tmp/|vivarium/app`)

// TestN14ErrorsTellNothing takes the database's tables and the folder of bytes
// away: the answers are errors without a word about the inside.
func TestN14ErrorsTellNothing(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	conda, wheel := condaSpec{}.build(t), wheelSpec{}.build(t)
	v.takes(conda)
	v.takes(wheel)
	sure(t, os.RemoveAll(filepath.Join(v.dir, "data", "blobs")))
	reads := []string{"/conda/alice/noarch/demo-1.0-0.conda", v.indexed(wheel.fileName), v.indexed(wheel.fileName) + ".metadata", "/api/download/alice/demo/1.0/noarch/demo-1.0-0.conda"}
	for _, path := range reads {
		v.failsQuietly(v.get(v.token, path))
	}
	for _, a := range []artifact{condaSpec{name: "next"}.build(t), wheelSpec{name: "next-py"}.build(t)} {
		got, err := v.alice.publish(t.Context(), a)
		sure(t, err)
		v.failsQuietly(answer{request: a.fileName, status: got.status, body: got.body})
	}
	const drop = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA legacy_alter_table=ON'); [c.execute(f'ALTER TABLE {t} RENAME TO {t}_gone') for t in ('accounts', 'packages', 'files')]; c.commit()"
	execute(t, v.dir, plainEnv(v.dir), "", venvProgram(t, "python"), "-c", drop, filepath.Join(v.dir, "data", "vivarium.db")).ok(t)
	for _, path := range []string{"/conda/alice/noarch/repodata.json", "/pypi/alice/simple/", "/pypi/alice/simple/demo/", "/alice", "/alice/demo", "/search?q=demo", "/api/package/alice/demo", "/api/user", "/api/packages/alice", "/t/" + v.token + "/alice/noarch/repodata.json"} {
		v.failsQuietly(v.get(v.token, path))
	}
	v.failsQuietly(v.post("", v.URL+"/signin", "application/x-www-form-urlencoded", []byte("username=alice&password=x")))
	if got := v.get("", "/health/ready"); inner.Match(got.body) {
		t.Errorf("/health/ready tells of the inside: %s", got.body)
	}
}

// failsQuietly fails the test unless an answer is an error that tells nothing.
func (v *victim) failsQuietly(a answer) {
	v.t.Helper()
	if a.status < 400 || inner.Match(a.body) {
		v.t.Errorf("%s: %d %.300s, want an error that tells nothing of the inside", a.request, a.status, a.body)
	}
	for name, values := range a.header {
		if inner.MatchString(strings.Join(values, " ")) {
			v.t.Errorf("%s: %s: %q tells of the inside", a.request, name, values)
		}
	}
}

// TestN15NothingForOperatorsIsOpen looks for what runtimes and tools leave open.
func TestN15NothingForOperatorsIsOpen(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	for _, path := range []string{"/debug/pprof", "/debug/pprof/heap", "/debug/pprof/cmdline", "/debug/vars", "/debug/requests", "/metrics", "/admin", "/admin/users", "/_debug", "/server-status", "/.git/config", "/.env", "/config.yaml", "/vivarium.db", "/api/debug", "/api/metrics", "/static/", "/health", "/actuator"} {
		for _, token := range []string{"", v.token} {
			got := v.get(token, path)
			if got.status != http.StatusNotFound && (got.status != http.StatusSeeOther || !strings.HasPrefix(path, "/admin")) {
				t.Errorf("%s: %d, want 404\n%.200s", path, got.status, got.body)
			}
		}
	}
}

// TestN18HeaderInjection puts line ends where an answer repeats what was asked: in
// redirects, file names, reason phrases and challenges.
func TestN18HeaderInjection(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	const evil = "%0d%0aX-Injected:%20yes%0d%0a%0d%0a<script>"
	for _, line := range []string{
		"GET /signin?next=/" + evil, "GET /landscape?" + evil, "GET /account/profile?x=" + evil, "GET /" + evil, "GET /alice/" + evil, "GET /alice/demo?tab=" + evil, "GET /pypi/alice/simple/De_mo" + evil, "GET /pypi/alice/simple?x=" + evil,
		"GET /conda/alice/noarch/" + evil + ".conda", "GET /conda/alice/" + evil + "/repodata.json", "GET /account/forgot_password?" + evil, "GET /api/package/alice/" + evil, "GET /avatar/alice" + evil, "POST /signout?next=" + evil, "POST /account/theme?next=" + evil,
	} {
		v.injectsNothing(v.raw(line+" HTTP/1.1", ""))
	}
	wheel := wheelSpec{}.build(t)
	for _, field := range []string{"name", "version", "sha256_digest", "protocol_version", ":action"} {
		fields := [][2]string{{field, "x\r\nX-Injected: yes\r\n\r\n<script>"}}
		form := formOf(fields, "content", wheel.fileName, int64(len(wheel.data)), strings.NewReader(string(wheel.data)))
		got := v.post(v.token, v.URL+"/pypi/alice/", form.kind, readAll(t, form.body))
		v.injectsNothing(got)
		if got.status == http.StatusOK {
			t.Errorf("a form with an odd %s is taken", field)
		}
	}
	odd := v.sendPython("x%0d%0aX-Injected: yes", wheel)
	v.injectsNothing(odd)
}

func (v *victim) injectsNothing(a answer) {
	v.t.Helper()
	if a.header.Get("X-Injected") != "" || a.status >= 500 {
		v.t.Errorf("%s: %d with header %v", a.request, a.status, a.header)
	}
	for name, values := range a.header {
		if strings.ContainsAny(name+strings.Join(values, ""), "\r\n") {
			v.t.Errorf("%s: %s: %q", a.request, name, values)
		}
	}
}

// TestN19Methods asks every surface with every method: what an address does not
// take is 405 with Allow, and HEAD is GET without the body.
func TestN19Methods(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	wheel := wheelSpec{}.build(t)
	v.takes(condaSpec{}.build(t))
	v.takes(wheel)
	reads := []string{
		"/", "/signup", "/signin", "/terms", "/search", "/alice", "/alice/demo", "/alice/demo/files", "/health/live", "/health/ready", "/api", "/api/scopes", "/api/user", "/api/package/alice/demo", "/api/dist/alice/demo/1.0/noarch/demo-1.0-0.conda",
		"/conda/alice/noarch/repodata.json", "/conda/alice/noarch/repodata.json.zst", "/conda/alice/noarch/demo-1.0-0.conda", "/alice/noarch/repodata.json", "/conda/alice/notices.json", "/pypi/alice/simple/", "/pypi/alice/simple/demo/", v.indexed(wheel.fileName), v.indexed(wheel.fileName) + ".metadata", "/pypi/alice/demo/json",
	}
	for _, path := range reads {
		get, head := v.get(v.token, path), v.ask(http.MethodHead, path, "Authorization", "token "+v.token)
		sameHeaders(t, get, head)
		for _, method := range []string{"TRACE", "CONNECT", "OPTIONS", "PROPFIND", "FOO", "get", "PUT", "PATCH", "DELETE", "POST"} {
			got := v.raw(method+" "+path+" HTTP/1.1", "", "Content-Length: 0")
			allow := got.header.Get("Allow")
			refused := got.status == http.StatusMethodNotAllowed && strings.Contains(allow, "GET") && !strings.Contains(allow, method)
			takes := slices.Contains([]string{"PUT", "PATCH", "DELETE", "POST"}, method) && got.status < 500 && got.status != http.StatusOK
			if !refused && !takes && (method != "CONNECT" || got.status != http.StatusBadRequest && got.status != http.StatusNotFound) {
				t.Errorf("%s %s: %d, Allow %q, want 405 and what is allowed", method, path, got.status, allow)
			}
			if strings.Contains(string(got.body), "TRACE "+path) {
				t.Errorf("TRACE %s echoes the request", path)
			}
		}
	}
}

// sameHeaders compares GET and HEAD of one address.
func sameHeaders(t *testing.T, get, head answer) {
	t.Helper()
	if get.status != head.status || len(head.body) > 0 {
		t.Errorf("%s: %d, HEAD %d with %d bytes", get.request, get.status, head.status, len(head.body))
	}
	for _, name := range []string{"Content-Type", "Content-Length", "ETag", "Cache-Control", "Last-Modified", "Vary", "Content-Disposition", "X-Content-Type-Options"} {
		if get.header.Get(name) != head.header.Get(name) {
			t.Errorf("%s: %s is %q, on HEAD %q", get.request, name, get.header.Get(name), head.header.Get(name))
		}
	}
}
