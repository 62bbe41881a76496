package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mutant is one change to the program, switched on by its number.
type mutant struct {
	Number int
	What   string
}

// mutation is the program with every change built in.
type mutation struct {
	*testing.T
	checks  map[string]int // names of functions that refuse, with how many results
	mutants []mutant
}

// insertion is a text to be put into a file at an offset. At one offset what ends
// comes before what begins, and what is around before what is within: around the
// same, what was made later.
type insertion struct {
	offset int
	rank   int
	made   int
	text   string
}

// edit is a file under mutation.
type edit struct {
	*mutation
	source
	text       []byte
	insertions []insertion
}

func (e *edit) offset(p token.Pos) int { return e.set.Position(p).Offset }

// model qualifies a name of package model, which the file then imports.
func (e *edit) model(name string) string {
	const imported = `"vivarium/app/model"`
	if e.pkg == "app/model" {
		return name
	}
	if at := e.offset(e.file.Name.End()); !slices.ContainsFunc(e.file.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == imported }) {
		e.insertions = slices.DeleteFunc(e.insertions, func(i insertion) bool { return i.offset == at })
		e.insertions = append(e.insertions, insertion{offset: at, text: "; import " + imported})
	}
	return "model." + name
}

// wrap puts a mutation around a node: before and after, in which # is its number.
func (e *edit) wrap(n ast.Node, what, before, after string) {
	from, to := e.offset(n.Pos()), e.offset(n.End())
	number := len(e.mutants) + 1
	e.mutants = append(e.mutants, mutant{number, fmt.Sprintf("%s: %s%s: %s", e.line(n), e.function(n), oneLine(string(e.text[from:to])), what)})
	fill := func(s string) string { return strings.ReplaceAll(s, "#", fmt.Sprint(number)) }
	made := len(e.insertions)
	e.insertions = append(e.insertions, insertion{from, from - to, made, fill(before)}, insertion{to, from - to - 1<<30, made, fill(after)})
}

// function says in which function a node is.
func (e *edit) function(n ast.Node) string {
	for _, d := range e.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Pos() <= n.Pos() && n.Pos() < f.End() {
			return f.Name.Name + ": "
		}
	}
	return ""
}

// result is the file with the insertions in it.
func (e *edit) result() []byte {
	slices.SortFunc(e.insertions, func(a, b insertion) int {
		if a.offset != b.offset || a.rank < -1<<29 == (b.rank >= -1<<29) {
			return cmp.Or(cmp.Compare(a.offset, b.offset), cmp.Compare(a.rank, b.rank))
		}
		if a.rank < -1<<29 {
			return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.made, b.made)) // of two that end here the inner ends first
		}
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.made, a.made))
	})
	var out bytes.Buffer
	at := 0
	for _, i := range e.insertions {
		out.Write(e.text[at:i.offset])
		out.WriteString(i.text)
		at = i.offset
	}
	out.Write(e.text[at:])
	return out.Bytes()
}

// flipConditions turns every condition in the functions that decide around, one by
// one.
func (e *edit) flipConditions() {
	names, ok := decisions[e.path]
	if !ok {
		return
	}
	found := 0
	for _, d := range e.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && (names == nil || slices.Contains(names, f.Name.Name)) {
			found++
			e.flipIn(f)
		}
	}
	if found < len(names) {
		e.Errorf("%s has not all of %v: bring decisions up to date", e.path, names)
	}
}

func (e *edit) flipIn(f ast.Node) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			e.flip(n.Cond)
		case *ast.SwitchStmt:
			for _, c := range n.Body.List {
				if n.Tag == nil {
					for _, cond := range c.(*ast.CaseClause).List {
						e.flip(cond)
					}
				}
			}
		case *ast.ReturnStmt:
			for _, r := range n.Results {
				e.flipComparison(r)
			}
		case *ast.AssignStmt:
			for _, r := range n.Rhs {
				e.flipComparison(r)
			}
		}
		return true
	})
}

// flipComparison flips an expression if it can only be true or false.
func (e *edit) flipComparison(x ast.Expr) {
	switch x := x.(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			e.flip(x)
		}
	case *ast.BinaryExpr:
		if slices.Contains([]token.Token{token.LAND, token.LOR, token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ}, x.Op) {
			e.flip(x)
		}
	}
}

// flip turns each part of a condition around. Whether there was an error is left
// alone.
func (e *edit) flip(x ast.Expr) {
	switch x := x.(type) {
	case *ast.ParenExpr:
		e.flip(x.X)
		return
	case *ast.BinaryExpr:
		if x.Op == token.LAND || x.Op == token.LOR {
			e.flip(x.X)
			e.flip(x.Y)
			return
		}
		if id, ok := x.Y.(*ast.Ident); ok && id.Name == "nil" {
			return
		}
	}
	e.wrap(x, "the other way round", e.model("Flip(#, "), ")")
}

// skipChecks lets every call of a function that refuses go through, one by one.
func (e *edit) skipChecks() {
	ast.Inspect(e.file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch e.checks[nameOf(call.Fun)] {
		case 1:
			e.wrap(call, "left out", e.model("Pass(#, "), ")")
		case 2:
			e.wrap(call, "left out", e.model("PassWith("), ")(#)")
		}
		return true
	})
}

// nameOf is the last name of what is called.
func nameOf(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// lowerPermissions asks for one step less wherever a permission is given to a
// call, or chosen.
func (e *edit) lowerPermissions() {
	lower := func(x ast.Expr) {
		if s, ok := x.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok && id.Name == "model" {
				if less := map[string]string{"Admin": "Write", "Write": "Read"}[s.Sel.Name]; less != "" {
					e.wrap(x, less+" is enough", e.model("Pick(#, "), ", "+e.model(less)+")")
				}
			}
		}
	}
	ast.Inspect(e.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			for _, arg := range n.Args {
				lower(arg)
			}
		case *ast.AssignStmt:
			for _, r := range n.Rhs {
				lower(r)
			}
		}
		return true
	})
}

// showEverything makes every use of the visibility predicate let all through.
func (e *edit) showEverything() {
	ast.Inspect(e.file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && nameOf(call.Fun) == "condition" {
			e.wrap(call, "everything is in sight", "model.Pick(#, ", ", everything())")
		}
		return true
	})
}

// share lets shared caches keep what a token in the address got, and the other way
// round.
func (e *edit) share() {
	ast.Inspect(e.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if s, ok := left.(*ast.SelectorExpr); ok && s.Sel.Name == "TokenInPath" {
					e.flip(n.Rhs[i])
				}
			}
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok && id.Name == "TokenInPath" {
				e.flip(n.Value)
			}
		}
		return true
	})
}

// changeTexts makes the changes of the list, in a literal, or wherever the constant
// is used that it stands in.
func (e *edit) changeTexts() {
	for _, c := range textMutations {
		if c.file != e.path {
			continue
		}
		places := e.places(c.was)
		if len(places) == 0 {
			e.Errorf("%s has %q in no literal, or in several: bring textMutations up to date", c.file, c.was)
			continue
		}
		number := len(e.mutants) + 1
		for _, at := range places {
			e.wrap(at, fmt.Sprintf("%q for %q", c.is, c.was), e.model(fmt.Sprintf("Swap(%d, ", number)), fmt.Sprintf(", %q, %q)", c.was, c.is))
		}
		e.mutants = e.mutants[:number] // one, at all places
	}
}

func isConst(d ast.Decl) bool {
	g, ok := d.(*ast.GenDecl)
	return ok && g.Tok == token.CONST
}

// places are the expressions that have the text of the one literal with was in it.
func (e *edit) places(was string) (all []ast.Node) {
	constant := ""
	for _, d := range e.file.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && isConst(d) {
				for i, value := range spec.Values {
					if strings.Contains(string(e.text[e.offset(value.Pos()):e.offset(value.End())]), was) {
						constant = spec.Names[i].Name
					}
				}
				return false
			}
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && strings.Contains(lit.Value, was) {
				all = append(all, lit)
			}
			return true
		})
	}
	if constant == "" {
		return all[:min(len(all), 1)]
	}
	for _, d := range e.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			ast.Inspect(f, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && id.Name == constant {
					all = append(all, id)
				}
				return true
			})
		}
	}
	return all
}

var checkName = regexp.MustCompile(`^(require|Require).*|^(enter|manage|manageOrganization|decide)$`)

// findChecks finds the functions of registry that refuse.
func (m *mutation) findChecks(all []source) {
	m.checks = map[string]int{}
	for _, s := range all {
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if ok && s.pkg == "app/registry" && checkName.MatchString(f.Name.Name) {
				m.checks[f.Name.Name] = f.Type.Results.NumFields()
			}
		}
	}
}

// build writes the mutated files into dir and returns what stands for what.
func (m *mutation) build(dir string) map[string]string {
	all := slices.DeleteFunc(slices.Clone(ours(m.T)), source.isTest)
	m.findChecks(all)
	replace := map[string]string{}
	for i, s := range all {
		text, err := os.ReadFile(filepath.Join("..", s.path))
		check(m.T, err)
		e := &edit{mutation: m, source: s, text: text}
		e.mutate()
		if len(e.insertions) > 0 {
			to := filepath.Join(dir, fmt.Sprintf("%d.go", i))
			check(m.T, os.WriteFile(to, e.result(), 0o600))
			replace[s.path] = to
		}
	}
	return replace
}

func (e *edit) mutate() {
	e.flipConditions()
	switch e.pkg {
	case "app/registry":
		e.skipChecks()
		if !strings.HasPrefix(path.Base(e.path), "routes") { // TestMatrix turns the table itself around
			e.lowerPermissions()
		}
		e.share()
	case "app/store":
		e.showEverything()
	}
	if strings.HasPrefix(e.pkg, "app/protocol") {
		e.share()
	}
	e.changeTexts()
}
