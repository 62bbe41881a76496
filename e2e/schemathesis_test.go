package e2e

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"vivarium/app/scaletest"
)

// everyRequest is how many requests are made of the API's document in all with
// TEST_SCALE=1; otherwise some hundreds.
const everyRequest = 20_000

// TestAPIKeepsItsDocument sends requests that schemathesis makes from the API's own
// document, right ones and wrong ones: no answer is a failure of the server, has a
// status that the document does not name, or another shape.
func TestAPIKeepsItsDocument(t *testing.T) {
	t.Parallel()
	s := startServerOn(t, t.TempDir(), []string{"VIVARIUM_LIMITS_REQUESTS_PER_MINUTE=0", "VIVARIUM_LIMITS_SIGN_IN_ATTEMPTS=0"})
	token := seedAPI(t, s)
	full := scaletest.Share(t) == 1
	made := runSchemathesis(t, s, full)
	// A credential that is taken away gets 404 for what it alone may see, not 401.
	made += runSchemathesis(t, s, full, "--header", "Authorization: token "+token, "--exclude-checks", "ignored_auth", "--exclude-operation-id", "delete-authentications")
	made += runSchemathesis(t, s, full, "--header", "Authorization: token "+token, "--exclude-checks", "ignored_auth", "--include-operation-id", "delete-authentications")
	t.Logf("%d requests", made)
	if full && made < everyRequest {
		t.Errorf("%d requests were made, want at least %d", made, everyRequest)
	}
}

// seedAPI puts on the site what testdata/schemathesis.toml names, and returns a
// token for all of it.
func seedAPI(t *testing.T, s *server) string {
	t.Helper()
	for _, name := range []string{"mlind", "hmoreau"} {
		s.admin(password, "create-user", name, "--email", name+"@example.test", "--password-stdin")
	}
	s.admin("", "create-org", "reef-lab", "--owner", "mlind")
	token := s.admin("", "create-token", "mlind", "--name", "all", "--scopes", "all")
	s.post(token, s.API+"/group/reef-lab/developers", "application/json", []byte(`{"perms": "write"}`)).is(t, http.StatusNoContent)
	for _, at := range []string{"/upload/reef-lab/hello.txt?type=file&package=tidemodel&version=2.1.0", "/upload/mlind/hello.txt?type=file&package=own&version=1"} {
		s.send(http.MethodPut, s.API+at, strings.NewReader("hello"), "Authorization", "token "+token).is(t, http.StatusCreated)
	}
	return token
}

var generatedCases = regexp.MustCompile(`(\d+) generated`)

// runSchemathesis returns how many requests were made.
func runSchemathesis(t *testing.T, s *server, full bool, more ...string) int {
	t.Helper()
	program, err := filepath.Abs("../.tools/venv-schemathesis/bin/schemathesis")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		lacks(t, "schemathesis")
	}
	config, err := filepath.Abs("testdata/schemathesis.toml")
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"--config-file", config, "run", s.API + "/openapi.json", "--seed", "1", "--no-shrink", "--warnings", "off"}
	if full {
		args = append(args, "--max-examples", "70")
	} else {
		args = append(args, "--max-examples", "2", "--phases", "examples,fuzzing")
	}
	run := exec.CommandContext(t.Context(), program, append(args, more...)...)
	run.Dir = t.TempDir()
	run.Env = plainEnv(run.Dir)
	out, err := run.CombinedOutput()
	if err != nil {
		t.Errorf("schemathesis found, %v:\n%s", err, out)
	}
	count := generatedCases.FindSubmatch(out)
	if count == nil {
		t.Fatalf("schemathesis made no requests:\n%s", out)
	}
	n, err := strconv.Atoi(string(count[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
