package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"vivarium/app/config"
	"vivarium/app/httpd"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// mayImport is the table of docs/ARCHITECTURE.md: who may import whom, of ours.
// A star stands for an element of the path; what stands there whole counts first.
var mayImport = map[string][]string{
	"static":                    {},
	"docs":                      {},
	"e2e":                       {},
	"e2e/*":                     {},
	"views":                     {"static", "app/model"},
	"app":                       {"*"},
	"app/model":                 {},
	"app/config":                {},
	"app/httpd":                 {"app/model"},
	"app/store":                 {"app/model"},
	"app/blob":                  {"app/model"},
	"app/blob/blobtest":         {"app/model", "app/blob"},
	"app/format/*":              {"app/model", "app/format/archive"},
	"app/format/*/*":            {"app/model", "app/format/*"}, // help for tests
	"app/channelindex":          {"app/model", "app/format/*"},
	"app/mail":                  {"app/model"},
	"app/mail/mailtest":         {"app/mail"},
	"app/outbound":              {"app/model"},
	"app/render":                {"app/model", "app/format/*"},
	"app/registry":              {"app/model", "app/store", "app/blob", "app/channelindex", "app/format/*", "app/mail", "app/outbound", "app/render"},
	"app/registry/registrytest": {"app/model", "app/store", "app/blob", "app/channelindex", "app/format/*", "app/mail", "app/mail/mailtest", "app/outbound", "app/render", "app/registry", "app/format/*/*"},
	"app/protocol":              {"app/model", "app/registry"},
	"app/protocol/*":            {"app/model", "app/registry", "app/protocol", "app/format/*"},
	"app/web":                   {"app/format/openapi", "app/model", "app/registry", "views", "static", "docs"},
	"app/jobs":                  {"app/model", "app/registry"},
	"app/scaletest":             {},
	"app/moving":                {"app/model", "app/registry"},
	"app/moving/*":              {"app/model", "app/registry", "app/moving"},
}

// testsMayImport is what every test may use besides.
var testsMayImport = []string{"app/mail/mailtest", "app/outbound", "app/registry/registrytest", "app/blob", "app/blob/blobtest", "app/format/*/*", "app/registry", "app/model", "app/scaletest"}

// onlyHomes are the packages that alone may import a module or a part of the
// standard library. What is not here may be imported by nobody.
var onlyHomes = map[string][]string{
	"github.com/a-h/templ":               {"views", "app/web"},
	"github.com/alecthomas/chroma/v2":    {"app/render"},
	"github.com/alexedwards/argon2id":    {"app/registry"},
	"github.com/alexedwards/scs/v2":      {"app/web"},
	"github.com/klauspost/compress":      {"app/format/*", "app/format/*/*", "app/channelindex", "static"},
	"github.com/microcosm-cc/bluemonday": {"app/render"},
	"github.com/spf13/cobra":             {"app"},
	"github.com/spf13/pflag":             {"app", "app/config"},
	"github.com/spf13/viper":             {"app/config"},
	"github.com/uptrace/bun":             {"app/store"},
	"github.com/wneessen/go-mail":        {"app/mail"},
	"github.com/vmihailenco/msgpack/v5":  {"app/channelindex"},
	"github.com/yuin/goldmark":           {"app/render"},
	"go.yaml.in/yaml/v3":                 {"app/config", "app/format/*"},
	"golang.org/x/crypto":                {"app/registry"},
	"golang.org/x/image":                 {"app/format/*"},
	"golang.org/x/net":                   {"app/render"},
	"golang.org/x/sync":                  {"app/channelindex", "app/store"},
	"golang.org/x/term":                  {"app"},
	"golang.org/x/text":                  {"app/registry"},
	"golang.org/x/time":                  {"app/httpd"},
	"modernc.org/sqlite":                 {"app/store"},
	"html/template":                      {"app/mail"},
	"text/template":                      {"app/mail"},
	"log":                                {},
	"log/slog":                           {"*"},
	"archive/zip":                        {"app/format/*", "app/format/*/*"},
	"compress/bzip2":                     {"app/format/*", "app/format/*/*"},
	"database/sql":                       {"app/store"},
	"os/signal":                          {"app"},
}

// source is one parsed file of ours.
type source struct {
	path string // from the root of the repository, with slashes
	pkg  string // its folder
	file *ast.File
	set  *token.FileSet
}

// isTest includes the packages that only help tests, and what drives the built
// program from outside.
func (s source) isTest() bool {
	return strings.HasSuffix(s.path, "_test.go") || strings.HasSuffix(s.pkg, "test") || strings.HasPrefix(s.path, "e2e/")
}

func (s source) isGenerated() bool { return strings.HasSuffix(s.path, "_templ.go") }
func (s source) line(n ast.Node) string {
	return s.path + ":" + strconv.Itoa(s.set.Position(n.Pos()).Line)
}

// sources parses every Go file of the repository, once.
var sources = sync.OnceValues(func() ([]source, error) {
	var all []source
	err := eachFile(func(name string) error {
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, filepath.Join("..", filepath.FromSlash(name)), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		all = append(all, source{name, path.Dir(name), file, set})
		return nil
	})
	return all, err
})

// eachFile calls visit with every file that is ours, by its path in the
// repository.
func eachFile(visit func(name string) error) error {
	return filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != ".." && (strings.HasPrefix(d.Name(), ".") || slices.Contains([]string{"testdata", "bin", "data", "vendor"}, d.Name())) {
			return filepath.SkipDir
		}
		if d.IsDir() {
			return nil
		}
		rel, err := filepath.Rel("..", name)
		if err != nil {
			return err
		}
		return visit(filepath.ToSlash(rel))
	})
}

func ours(t *testing.T) []source {
	t.Helper()
	all, err := sources()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d files were found", len(all))
	}
	return all
}

// patternsOf are the names under which lists may have a package.
func patternsOf(pkg string) []string {
	parent := path.Dir(pkg)
	return []string{pkg, parent + "/*", path.Dir(parent) + "/*/*"}
}

// rulesOf returns the row of the table for a package.
func rulesOf(pkg string) ([]string, bool) {
	for _, pattern := range patternsOf(pkg) {
		if row, ok := mayImport[pattern]; ok {
			return row, true
		}
	}
	return nil, false
}

func allowed(list []string, pkg string) bool {
	return slices.Contains(list, "*") || slices.ContainsFunc(patternsOf(pkg), func(p string) bool { return slices.Contains(list, p) })
}

// importsOf calls visit with every import of a file.
func importsOf(s source, visit func(name string, at ast.Node)) {
	for _, spec := range s.file.Imports {
		if name, err := strconv.Unquote(spec.Path.Value); err == nil {
			visit(name, spec)
		}
	}
}

func TestArchitectureWhoImportsWhom(t *testing.T) {
	t.Parallel()
	for _, s := range ours(t) {
		row, listed := rulesOf(s.pkg)
		if !listed {
			t.Errorf("%s: package %s is not in the table of docs/ARCHITECTURE.md", s.path, s.pkg)
			continue
		}
		if strings.HasSuffix(s.path, "_test.go") {
			row = slices.Concat(row, testsMayImport, []string{s.pkg})
		}
		importsOf(s, func(name string, at ast.Node) {
			if other, ok := strings.CutPrefix(name, "vivarium/"); ok && !allowed(row, other) {
				t.Errorf("%s: %s may not import %s", s.line(at), s.pkg, other)
			}
		})
	}
}

func TestArchitectureHomes(t *testing.T) {
	t.Parallel()
	for _, s := range ours(t) {
		if s.isTest() {
			continue
		}
		importsOf(s, func(name string, at ast.Node) {
			home, known := homeOf(name)
			outside := strings.Contains(strings.Split(name, "/")[0], ".")
			if outside && !known {
				t.Errorf("%s: nothing says who may import %s", s.line(at), name)
			}
			if known && !allowed(home, s.pkg) {
				t.Errorf("%s: only %v may import %s", s.line(at), home, name)
			}
		})
	}
}

// homeOf returns who may import the package name, by the longest match.
func homeOf(name string) ([]string, bool) {
	for prefix := name; prefix != "."; prefix = path.Dir(prefix) {
		if home, ok := onlyHomes[prefix]; ok {
			return home, true
		}
	}
	return nil, false
}

func TestArchitectureModelIsPure(t *testing.T) {
	t.Parallel()
	for _, s := range ours(t) {
		if s.pkg != "app/model" || s.isTest() {
			continue
		}
		importsOf(s, func(name string, at ast.Node) {
			if slices.Contains([]string{"net/http", "database/sql", "os", "log/slog"}, name) || strings.Contains(name, ".") {
				t.Errorf("%s: model may not import %s", s.line(at), name)
			}
		})
	}
}

func TestArchitecturePackagesAreNamedOnce(t *testing.T) {
	t.Parallel()
	homes := map[string]string{}
	for _, s := range ours(t) {
		name := strings.TrimSuffix(s.file.Name.Name, "_test")
		if slices.Contains([]string{"util", "utils", "common", "helpers", "types", "base", "misc"}, name) {
			t.Errorf("%s: %q says nothing", s.path, name)
		}
		if before, ok := homes[name]; ok && before != s.pkg && name != "main" {
			t.Errorf("package %s is in %s and in %s", name, before, s.pkg)
		}
		homes[name] = s.pkg
	}
}

// TestArchitectureSegments compares what answers first path segments with the
// names that no account may have.
func TestArchitectureSegments(t *testing.T) {
	t.Parallel()
	first := httpd.Prefixes()
	for _, row := range registry.Routes() {
		_, pattern, _ := strings.Cut(row.Pattern, " ")
		parts := strings.Split(strings.TrimPrefix(pattern, "/"), "/")
		if !strings.HasPrefix(parts[0], "{") {
			first = append(first, parts[0])
		} else if row.Surface == model.PageSurface && len(parts) > 1 && !slices.Contains(model.ChannelSegments, parts[1]) {
			t.Errorf("%s: /{channel}/%s… is not in model.ChannelSegments, so a package of that name would hide it", row.Pattern, parts[1])
		}
	}
	for _, segment := range first {
		if !slices.Contains(model.Segments, segment) || !model.ReservedLogin(segment) {
			t.Errorf("/%s is answered, but %q is not in model.Segments", segment, segment)
		}
	}
}

func TestArchitectureRoutesAreServed(t *testing.T) {
	t.Parallel()
	c := config.Default()
	c.DataDir = t.TempDir()
	p, err := openParts(t.Context(), c, newLogger(c.Log, t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	if _, err := p.handler(registry.Routes()); err != nil {
		t.Error(err)
	}
}
