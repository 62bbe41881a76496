package openapi_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
)

var update = flag.Bool("update", false, "rewrite the golden file")

type inner struct {
	Size int64 `json:"size"`
}

type shelfAnswer struct {
	inner
	Name   string          `json:"name"`
	Note   *string         `json:"note"`
	Books  []bookAnswer    `json:"books"`
	First  *bookAnswer     `json:"first"`
	Extra  json.RawMessage `json:"extra,omitempty"`
	Access model.Access    `json:"access"`
	Secret string          `json:"-"`
}

type bookAnswer struct {
	Title string             `json:"title"`
	Rates map[string]float64 `json:"rates"`
	Lent  bool               `json:"lent"`
}

type shelfRequest struct {
	Access *model.Access `json:"access"`
	Level  string        `json:"level"`
	Like   *struct {
		Name string `json:"name"`
	} `json:"like"`
	Books []string `json:"books"`
}

type list[T any] struct {
	Items []T `json:"items"`
}

type odd struct {
	C func() `json:"c"`
}

type refusal struct {
	Error string `json:"error"`
}

// library is a small API with every kind of row.
func library() openapi.Options {
	read, write := []model.Scope{model.ScopeAPIRead}, []model.Scope{model.ScopeConda, model.ScopeAPIWrite}
	return openapi.Options{
		Info: openapi.Info{Title: "Library", Version: "1"}, Tags: []openapi.Tag{{Name: "Shelves"}},
		Routes: []model.Route{
			{Surface: model.APISurface, Pattern: "GET /api/{$}", Open: true},
			{Surface: model.APISurface, Pattern: "GET /api/shelf/{owner}/{name...}", Needs: model.Read, On: model.OnPackage, Scopes: read},
			{Surface: model.APISurface, Pattern: "PUT /api/shelf/{owner}/{name...}", Needs: model.Write, On: model.OnAccount, Scopes: write},
			{Surface: model.APISurface, Pattern: "POST /api/login", Open: true},
			{Surface: model.APISurface, Pattern: "DELETE /api/login", Needs: model.Read, On: model.OnSelf},
		},
		Calls: openapi.Calls{
			"GET /api/{$}": {{Tag: "Shelves", Summary: "All shelves", Answer: list[shelfAnswer]{[]shelfAnswer{}}, Query: []openapi.Param{{Name: "page", Schema: openapi.Schema{Type: "integer"}}, {Name: "q"}}}},
			"GET /api/shelf/{owner}/{name...}": {
				{Tag: "Shelves", Summary: "A shelf", Answer: shelfAnswer{Name: "tall", Books: []bookAnswer{}}, Also: map[int]any{http.StatusNotModified: nil}},
				{Tag: "Shelves", Tail: "/picture", Summary: "Its picture", Answer: openapi.Text(), AnswerMedia: "image/png"},
			},
			"PUT /api/shelf/{owner}/{name...}": {{Tag: "Shelves", Summary: "Set up a shelf", Body: shelfRequest{}, Needs: []string{"level"}, Example: `{"level": "low"}`, Status: http.StatusCreated, Fails: []model.Code{model.Conflict}}},
			"POST /api/login":                  {{Tag: "Shelves", Summary: "Log in", Password: true, Body: openapi.Text(), Media: "text/plain", Status: http.StatusNoContent}},
			"DELETE /api/login":                {{Tag: "Shelves", Summary: "Log out", Body: shelfRequest{}, Status: http.StatusNoContent}},
		},
		Words:    map[string]string{"title": "What it is called."},
		Parts:    map[string]openapi.Param{"owner": {Text: "Whose it is.", Example: "ada", Schema: openapi.Schema{Pattern: "^[a-z]+$"}}},
		Types:    map[reflect.Type]openapi.Schema{reflect.TypeFor[model.Access](): openapi.Words(model.Public, model.Private)},
		Fields:   map[string]openapi.Schema{"ShelfRequest.level": openapi.Words("", "low", "high")},
		Failures: map[model.Surface]openapi.Failure{model.APISurface: {Answer: refusal{}}},
	}
}

func TestBuild(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Build(library())
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/library.json"
	if *update {
		if err := os.WriteFile(golden, append(doc.JSON, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(doc.JSON, bytes.TrimSpace(want)) {
		t.Errorf("the document is not as in %s; rewrite it with -update and read the diff:\n%s", golden, doc.JSON)
	}
	put := doc.Operations[3]
	if got := doc.Response(put, "409").Description + " " + doc.Response(put, "201").Description; got != "It exists already, or is locked. Created" {
		t.Errorf("Response = %q", got)
	}
	var order []string
	for _, o := range doc.Operations {
		order = append(order, o.ID)
	}
	if got, want := strings.Join(order, " "), "get-slash get-shelf-owner-name get-shelf-owner-name-picture put-shelf-owner-name post-login delete-login"; got != want {
		t.Errorf("operations = %s, want them as the table has them: %s", got, want)
	}
}

func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	type shelf struct{}
	call := func(change func(*openapi.Call)) func(*openapi.Options) {
		return func(o *openapi.Options) { change(&o.Calls["POST /api/login"][0]) }
	}
	tests := []struct {
		name   string
		change func(*openapi.Options)
		want   string
	}{
		{"a call without a row", func(o *openapi.Options) { o.Routes = o.Routes[1:] }, "no route is called [GET /api/{$}]"},
		{"a group that is not there", call(func(c *openapi.Call) { c.Tag = "Cellar" }), `describe POST /api/login: there is no tag "Cellar"`},
		{"two calls of one address", func(o *openapi.Options) {
			o.Calls["POST /api/login"] = append(o.Calls["POST /api/login"], o.Calls["POST /api/login"]...)
		}, "describe POST /api/login: there are two of post-login"},
		{"a type without a schema", call(func(c *openapi.Call) { c.Answer = make(chan int) }), "describe POST /api/login: a chan int has no schema"},
		{"a field of such a type", call(func(c *openapi.Call) { c.Body = odd{} }), "Odd.c: a func() has no schema"},
		{"a needed field that is not there", func(o *openapi.Options) { o.Calls["PUT /api/shelf/{owner}/{name...}"][0].Needs = []string{"width"} }, `there is no field "width" to need`},
		{"two types of one name", call(func(c *openapi.Call) { c.Answer = shelf{} }), "are called Shelf"},
		{"a field that no type has", func(o *openapi.Options) { o.Fields["Shelf.width"] = openapi.Text() }, "no type has the fields [Shelf.width]"},
	}
	for _, test := range tests {
		o := library()
		test.change(&o)
		if _, err := openapi.Build(o); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error = %v, want %q", test.name, err, test.want)
		}
	}
}
