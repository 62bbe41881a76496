package e2e

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// acceptance names the tests of each row of the acceptance list for the Anaconda
// API: what its real clients must be able to do (docs/protocols.md).
var acceptance = map[int]string{
	1: "TestAnacondaLogin", 2: "TestAnacondaLogin", 3: "TestAnacondaLogin", 4: "TestAnacondaLogin", 5: "TestAnacondaLogin", 6: "TestAnacondaLogin",
	7: "TestAnacondaLogin", 8: "TestAnacondaLogin",
	9: "TestAnacondaTokens", 10: "TestAnacondaTokens", 11: "TestAnacondaTokens", 12: "TestAnacondaTokens", 13: "TestAnacondaTokens", 14: "TestAnacondaTokens",
	15: "TestAnacondaTokens", 16: "TestAnacondaTokens", 17: "TestAnacondaTokens",
	18: "TestAnacondaUpload", 19: "TestAnacondaUpload", 20: "TestAnacondaUpload", 21: "TestAnacondaUpload", 22: "TestAnacondaUpload", 23: "TestAnacondaUpload",
	24: "TestAnacondaUpload", 25: "TestAnacondaUpload", 26: "TestAnacondaUploadPython", 27: "TestAnacondaR", 28: "TestAnacondaAnyFile", 29: "TestAnacondaAnyFile",
	30: "TestRejectedDigest",
	31: "TestAnacondaShowDownloadRemove", 32: "TestAnacondaShowDownloadRemove", 33: "TestAnacondaShowDownloadRemove", 34: "TestAnacondaShowDownloadRemove",
	35: "TestAnacondaShowDownloadRemove", 36: "TestAnacondaSearch",
	37: "TestAnacondaLabels", 38: "TestAnacondaLabels", 39: "TestAnacondaLabels", 40: "TestAnacondaLabels", 41: "TestAnacondaLabels",
	42: "TestAnacondaMove", 43: "TestAnacondaMove", 44: "TestAnacondaCopy", 45: "TestAnacondaCopy",
	46: "TestAnacondaPackageCreate", 47: "TestAnacondaCollaborators",
	48: "TestAnacondaGroups", 49: "TestAnacondaGroups", 50: "TestAnacondaGroups", 51: "TestAnacondaGroups",
	52: "TestAnacondaUpdate", 53: "TestAnacondaShowDownloadRemove", 54: "TestAnacondaDownloadAgain", 55: "TestAnacondaShowDownloadRemove",
	56: "TestAnacondaNotices", 57: "TestAnacondaLoginToSite", 58: "TestNewFrontEnd", 59: "TestReadOnlyMode", 60: "TestAnacondaLogin",
	61: "TestOldClient", 62: "TestRattlerBuildUpload",
}

// TestAcceptanceListIsWhole holds every row to a test that is there.
func TestAcceptanceListIsWhole(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*_test.go")
	sure(t, err)
	tests := map[string]bool{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		sure(t, err)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Test") {
				tests[f.Name.Name] = true
			}
		}
	}
	const rows = 62
	for row := range rows {
		if name := acceptance[row+1]; !tests[name] {
			t.Errorf("row %d: there is no test %q", row+1, name)
		}
	}
	if len(acceptance) != rows {
		t.Errorf("%d rows have tests, want %d", len(acceptance), rows)
	}
}

// uploaded is a site where alice has tiny 1.0 and 1.1 and a wheel, and she is logged in.
func uploaded(t *testing.T) (*server, *client) {
	t.Helper()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.login("alice")
	c.anaconda("upload", archive(t, tiny10), archive(t, tiny11)).ok(t)
	return s, c
}

// TestAnacondaSearch finds packages by name, type and platform (row 36).
func TestAnacondaSearch(t *testing.T) {
	t.Parallel()
	_, c := uploaded(t)
	c.anaconda("upload", distribution(t, tinyWheel)).ok(t)
	c.anaconda("search", "tiny").ok(t).says(t, "Found 2 packages", "alice/tiny", "alice/Tiny-Wheel")
	c.anaconda("search", "tiny", "-t", "conda", "-p", "linux-64").ok(t).says(t, "Found 1 packages", "alice/tiny").lacks(t, "Tiny-Wheel")
	c.anaconda("search", "tiny", "-t", "conda", "-p", "win-64").ok(t).lacks(t, "alice/tiny")
}

// TestAnacondaPackageCreate makes an empty private package (row 46).
func TestAnacondaPackageCreate(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.login("alice")
	c.anaconda("package", "alice/newpkg", "--create", "--summary", "s", "--private").ok(t).says(t, "Package created!")
	s.get("", "/api/package/alice/newpkg").is(t, 404)
	if p := s.get(c.storedToken(), "/api/package/alice/newpkg").json(t); p["summary"] != "s" || p["access"] != "private" {
		t.Errorf("the package is %v", p)
	}
	c.anaconda("package", "alice/newpkg", "--create").exits(t, 1).says(t, "409")
}

// TestAnacondaUpdate writes what is said of a package and of a release (row 52).
func TestAnacondaUpdate(t *testing.T) {
	t.Parallel()
	s, c := uploaded(t)
	meta := c.write("meta.json", []byte(`{"public_attrs": {"summary": "updated summary", "description": "updated text"}}`))
	c.anaconda("update", "alice/tiny", meta).ok(t).says(t, "Package `alice/tiny` has been updated!")
	c.anaconda("show", "alice/tiny").ok(t).says(t, "updated summary")
	c.anaconda("update", "--release", "alice/tiny/1.1", meta).ok(t).says(t, "has been updated!")
	c.anaconda("show", "alice/tiny/1.1").ok(t).says(t, "updated text")
	c.anaconda("upload", "--force", archive(t, tiny11)).ok(t)
	if p := s.get("", "/api/package/alice/tiny").json(t); p["summary"] != "updated summary" {
		t.Errorf("another upload changed the summary: %v", p["summary"])
	}
}

// TestAnacondaDownloadAgain keeps what is there, unless told otherwise (row 54).
func TestAnacondaDownloadAgain(t *testing.T) {
	t.Parallel()
	_, c := uploaded(t)
	c.makeFolders("D/noarch", "D/linux-64")
	download := func(args ...string) outcome {
		return c.anaconda(append([]string{"download", "alice/tiny", "-o", "D"}, args...)...).ok(t)
	}
	download().says(t, "has been downloaded")
	spoiled := filepath.Join(c.Home, "D", tiny10)
	sure(t, os.WriteFile(spoiled, []byte("spoiled"), 0o600))
	download().says(t, "already exists").lacks(t, "has been downloaded")
	download("-f").says(t, "has been downloaded")
	c.sameFile("D/"+tiny10, archive(t, tiny10))
}

// TestNewFrontEnd goes by the newer front end, which passes most on to the classic
// one (row 58).
func TestNewFrontEnd(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.login("alice")
	run := func(args ...string) outcome {
		return execute(t, c.Home, plainEnv(c.Home, "OTEL_SDK_DISABLED=true", "ANACONDA_TELEMETRY_ENABLED=false", "COLUMNS=200"), "", c.program, args...)
	}
	run("org", "whoami").ok(t).says(t, "Username: alice")
	run("org", "auth", "--list").ok(t).says(t, "binstar_client:")
	run("upload", archive(t, tiny10)).ok(t).says(t, "Upload complete", s.URL+"/alice/tiny")
	wantFiles(t, s, "/conda/alice/noarch", "tiny-1.0-0.tar.bz2")
	run("show", "alice/tiny").ok(t).says(t, "The tiny package")
}

// TestReadOnlyMode warns at every command, lets reading through and nothing else
// (row 59).
func TestReadOnlyMode(t *testing.T) {
	t.Parallel()
	s, _ := uploaded(t)
	token := s.addToken("alice", "ci", "api")
	frozen := startServerOn(t, s.stop(), []string{"VIVARIUM_READ_ONLY=true"})
	for _, c := range []*client{newClient(t, frozen), newOldClient(t, frozen)} {
		c.anaconda("-t", token, "whoami").ok(t).says(t, "READ ONLY mode", "Username: alice")
		c.anaconda("-t", token, "show", "alice/tiny").ok(t).says(t, "READ ONLY mode", "The tiny package")
		c.anaconda("-t", token, "upload", archive(t, tinyn)).exits(t, 1).says(t, "READ ONLY mode", "takes no changes just now", "503")
		c.anaconda("-t", token, "remove", "-f", "alice/tiny").says(t, "takes no changes just now")
		c.anaconda("login", "--username", "alice", "--password", password).exits(t, 1).says(t, "takes no changes just now")
	}
	wantFiles(t, frozen, "/conda/alice/noarch", "tiny-1.0-0.tar.bz2")
	wantFiles(t, frozen, "/conda/alice/linux-64", "tiny-1.1-h1234567_1.tar.bz2")
}

// TestProjectUpload replays "anaconda upload" of a project folder by 1.12.3, which
// sends a tar by routes of its own.
func TestProjectUpload(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	tk := s.addToken("alice", "ci", "all")
	s.replay(tk,
		step{"GET", "/user", "", 200},
		step{"GET", "/apps/alice/projects/reef", "", 404},
		step{"POST", "/apps/alice/projects", `{"name": "reef", "access": "private", "profile": {"summary": "Corals", "description": "All of them."}}`, 201},
		step{"GET", "/apps/alice/projects/reef", "", 200},
	)
	data := []byte("a tar of a folder")
	staged := s.send("POST", s.API+"/apps/alice/projects/reef/stage", strings.NewReader(`{"basename": "reef.tar", "configuration": {"size": 17, "num_of_files": 1}}`),
		"Authorization", "token "+tk, "Content-Type", "application/json").json(t)
	form, kind := storeForm(t, map[string]string{"key": staged["form_data"].(map[string]any)["key"].(string)}, "", data)
	s.post("", staged["post_url"].(string), kind, form).is(t, 201)
	s.replay(tk, step{"POST", "/apps/alice/projects/reef/commit/" + staged["dist_id"].(string), `{}`, 201})
	s.get("", "/api/apps/alice/projects/reef").is(t, 404)
	c := newClient(t, s)
	c.anaconda("-t", tk, "download", "alice/reef", "-o", "D").ok(t).says(t, "has been downloaded")
	c.sameFile("D/reef.tar", c.write("reef.tar", data))
}
