package e2e

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vivarium/app/format/cran/crantest"
)

// write puts a file into the client's folder and returns its name.
func (c *client) write(name string, data []byte) string {
	c.t.Helper()
	path := filepath.Join(c.Home, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// TestAnacondaR uploads R packages (row 27), reads the repository that they make with
// a parser of its own, and with R where it is installed.
func TestAnacondaR(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.login("alice")
	name, data := crantest.Build(t, crantest.Spec{Fields: []string{"Depends: R (>= 3.5)", "Description: Does little."}})
	newer, newerData := crantest.Build(t, crantest.Spec{Version: "0.1.10"})
	c.anaconda("upload", c.write(name, data), c.write(newer, newerData)).ok(t).says(t, "standard r located at:", s.URL+"/alice/tinyr")
	c.anaconda("show", "alice/tinyr").ok(t).says(t, "0.1.2", "0.1.10", "A tiny package")

	have := s.repositoryOfR("/cran/alice/src/contrib/PACKAGES")
	if len(have) != 2 || have[0]["Version"] != "0.1.2" || have[0]["Depends"] != "R (>= 3.5)" || have[1]["Version"] != "0.1.10" {
		t.Fatalf("the repository has %v", have)
	}
	if got := s.get("", "/cran/alice/src/contrib/"+name).is(t, http.StatusOK); !bytes.Equal(got.body, data) || have[0]["MD5sum"] != md5Of(data) {
		t.Errorf("the package is not what was uploaded, or its sum %s is not", have[0]["MD5sum"])
	}
}

// repositoryOfR reads an index as R's read.dcf does: records with a blank line
// between them, lines that begin with a blank go on with the one before.
func (s *server) repositoryOfR(path string) []map[string]string {
	s.t.Helper()
	var list []map[string]string
	last := ""
	for line := range strings.SplitSeq(strings.TrimSuffix(string(s.get("", path).is(s.t, http.StatusOK).body), "\n"), "\n") {
		name, value, ok := strings.Cut(line, ": ")
		switch {
		case line == "":
			last = ""
			continue
		case strings.HasPrefix(line, " ") && last != "":
			list[len(list)-1][last] += line
			continue
		case !ok || strings.ContainsAny(name, " \t"):
			s.t.Fatalf("%s has the line %q", path, line)
		case last == "":
			list = append(list, map[string]string{})
		}
		last = name
		list[len(list)-1][name] = value
	}
	return list
}

func md5Of(data []byte) string {
	sum := md5.Sum(data)
	return hex.EncodeToString(sum[:])
}

// TestInstallR installs with R itself.
func TestInstallR(t *testing.T) {
	t.Parallel()
	rscript, err := exec.LookPath("Rscript")
	if err != nil {
		t.Skip("skipped: R is not installed; TestAnacondaR reads its repository with a parser of its own")
	}
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.login("alice")
	name, data := crantest.Build(t, crantest.Spec{})
	c.anaconda("upload", c.write(name, data)).ok(t)
	script := `r <- "` + s.URL + `/cran/alice"; a <- available.packages(repos = r); stopifnot(identical(a["tinyr", "Version"], "0.1.2"));
		dir.create("lib"); install.packages("tinyr", repos = r, lib = "lib"); library(tinyr, lib.loc = "lib"); cat(hello())`
	execute(t, c.Home, plainEnv(c.Home), "", rscript, "-e", script).ok(t).says(t, "1")
}

// TestAnacondaAnyFile uploads a file of no known type (row 28), one without its
// package (row 29), and one beside a package of another type.
func TestAnacondaAnyFile(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.login("alice")
	file := c.write("some file.bin", []byte("\x00anything"))
	c.anaconda("upload", "-t", "file", "-p", "somefile", "-v", "1", "-s", "summ", file).ok(t).says(t, "Upload complete", s.URL+"/alice/somefile")
	if got := s.get("", "/api/download/alice/somefile/1/some%20file.bin").is(t, http.StatusOK); string(got.body) != "\x00anything" {
		t.Errorf("got %q", got.body)
	}
	c.anaconda("download", "alice/somefile", "-o", "D").ok(t).says(t, "has been downloaded")
	c.sameFile("D/some file.bin", file)
	c.anaconda("upload", "--no-register", archive(t, tiny10)).exits(t, 1).says(t, "does not exist. Please run")
	c.anaconda("upload", archive(t, tiny10)).ok(t)
	c.anaconda("upload", "-t", "file", "-p", "tiny", "-v", "1", "-s", "summ", file).exits(t, 1).says(t, "You already have a conda")
	c.anaconda("remove", "-f", "alice/somefile/1/some file.bin").ok(t)
	if got := s.status("", "/api/dist/alice/somefile/1/some%20file.bin"); got != http.StatusNotFound {
		t.Errorf("a removed file answers %d", got)
	}
}
