package main

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// eachSelector calls visit with every use of something of a package, such as
// time.Now.
func eachSelector(s source, visit func(name string, at ast.Node)) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok {
				visit(x.Name+"."+sel.Sel.Name, sel)
			}
		}
		return true
	})
}

func TestBanOfOtherClocks(t *testing.T) {
	t.Parallel()
	for _, s := range ours(t) {
		if s.isTest() || s.path == "app/model/clock.go" {
			continue
		}
		eachSelector(s, func(name string, at ast.Node) {
			if slices.Contains([]string{"time.Now", "time.Since", "time.Until"}, name) {
				t.Errorf("%s: %s: ask a model.Clock", s.line(at), name)
			}
		})
	}
}

func TestBanOfPrinting(t *testing.T) {
	t.Parallel()
	for _, s := range ours(t) {
		if s.isTest() || s.pkg == "app" {
			continue
		}
		eachSelector(s, func(name string, at ast.Node) {
			if strings.HasPrefix(name, "fmt.Print") || name == "os.Exit" || name == "os.Stdout" || name == "os.Stderr" {
				t.Errorf("%s: %s: return an error, or log with the logger passed in", s.line(at), name)
			}
		})
	}
}

func TestBanOfSleeping(t *testing.T) {
	t.Parallel()
	for _, s := range ours(t) {
		eachSelector(s, func(name string, at ast.Node) {
			if s.isTest() && name == "time.Sleep" || strings.HasSuffix(name, ".SkipNow") {
				t.Errorf("%s: %s: poll with a deadline, use testing/synctest, or say why a test is skipped", s.line(at), name)
			}
		})
	}
}

func TestBanOfOtherServersAndClients(t *testing.T) {
	t.Parallel()
	for _, s := range ours(t) {
		if s.isTest() {
			continue
		}
		eachSelector(s, func(name string, at ast.Node) {
			switch {
			case name == "http.Server" && s.pkg != "app/httpd",
				name == "http.Client" && s.pkg != "app/outbound",
				slices.Contains([]string{"http.DefaultClient", "http.Get", "http.Post", "http.Head", "http.PostForm", "http.ListenAndServe", "http.DefaultServeMux", "http.TimeoutHandler"}, name):
				t.Errorf("%s: %s", s.line(at), name)
			}
		})
	}
}

func TestBanOfRawHTML(t *testing.T) {
	t.Parallel()
	for _, s := range ours(t) {
		if s.isTest() {
			continue
		}
		eachSelector(s, func(name string, at ast.Node) {
			if name == "templ.Raw" || name == "templ.JSUnsafeFuncCall" || strings.HasPrefix(name, "template.") {
				t.Errorf("%s: %s", s.line(at), name)
			}
		})
	}
}

// inTemplates are what the content security policy would not run, or what escapes
// nothing.
var inTemplates = map[string]*regexp.Regexp{
	"an inline style":  regexp.MustCompile(`(?i)\sstyle\s*=|<style`),
	"an inline script": regexp.MustCompile(`(?i)<script(>|\s+[^>]*>)`),
	"hx-on":            regexp.MustCompile(`(?i)hx-on|js:|hx-vals\s*=\s*"?javascript`),
	"an on… attribute": regexp.MustCompile(`(?i)\son[a-z]+\s*=`),
	"templ.Raw":        regexp.MustCompile(`@?templ\.Raw`),
}

var externalScript = regexp.MustCompile(`(?i)<script[^>]*\ssrc\s*=`)

func TestBanInTemplates(t *testing.T) {
	t.Parallel()
	seen := 0
	err := eachFile(func(name string) error {
		if !strings.HasSuffix(name, ".templ") {
			return nil
		}
		seen++
		text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
		for n, line := range strings.Split(string(text), "\n") {
			for what, pattern := range inTemplates {
				if pattern.MatchString(line) && !(what == "an inline script" && externalScript.MatchString(line)) {
					t.Errorf("%s:%d: %s: %s", name, n+1, what, strings.TrimSpace(line))
				}
			}
		}
		return err
	})
	if err != nil || seen == 0 {
		t.Errorf("%d templates were looked at, %v", seen, err)
	}
}

// The limits of docs/ARCHITECTURE.md and CONTRIBUTING.md, in lines.
const (
	longestFile     = 500
	longestFunction = 80
)

func TestBanOfLongFilesAndFunctions(t *testing.T) {
	t.Parallel()
	for _, s := range ours(t) {
		if s.isGenerated() {
			continue
		}
		if lines := s.set.File(s.file.Pos()).LineCount(); lines > longestFile {
			t.Errorf("%s has %d lines, want at most %d", s.path, lines, longestFile)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || s.isTest() {
				continue
			}
			if lines := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1; lines > longestFunction {
				t.Errorf("%s: %s has %d lines, want at most %d", s.line(f), f.Name.Name, lines, longestFunction)
			}
		}
	}
}

func TestBanOfUndocumentedNames(t *testing.T) {
	t.Parallel()
	commented := map[string]bool{}
	for _, s := range ours(t) {
		if s.isTest() {
			continue
		}
		commented[s.pkg] = commented[s.pkg] || s.file.Doc.Text() != ""
		if s.isGenerated() {
			continue
		}
		for _, d := range s.file.Decls {
			for name, doc := range exportedIn(d) {
				if !strings.HasPrefix(doc, name+" ") && !strings.HasPrefix(doc, "Deprecated:") {
					t.Errorf("%s: the comment of %s does not begin with its name: %.40q", s.line(d), name, doc)
				}
			}
		}
	}
	for pkg, has := range commented {
		if !has {
			t.Errorf("package %s has no comment", pkg)
		}
	}
}

// exportedIn returns the exported functions and types that d declares, with their
// comments. Constants and variables stand in groups and are left out.
func exportedIn(d ast.Decl) map[string]string {
	all := map[string]string{}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && (d.Recv == nil || receiverIsExported(d.Recv)) {
			all[d.Name.Name] = d.Doc.Text()
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if ts, ok := spec.(*ast.TypeSpec); ok && ts.Name.IsExported() {
				all[ts.Name.Name] = ts.Doc.Text() + d.Doc.Text()
			}
		}
	}
	return all
}

func receiverIsExported(list *ast.FieldList) bool {
	typ := list.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if generic, ok := typ.(*ast.IndexExpr); ok {
		typ = generic.X
	}
	name, ok := typ.(*ast.Ident)
	return ok && name.IsExported()
}

func TestBanOfUnfinishedWork(t *testing.T) {
	t.Parallel()
	marks := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`)
	for _, s := range ours(t) {
		for _, group := range s.file.Comments {
			if marks.MatchString(group.Text()) {
				t.Errorf("%s: unfinished: %s", s.line(group), strings.TrimSpace(group.Text()))
			}
		}
	}
}
