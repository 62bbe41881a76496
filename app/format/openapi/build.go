package openapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"vivarium/app/model"
)

// Options is what a document is made from.
type Options struct {
	Info   Info
	Tags   []Tag
	Routes []model.Route
	Calls  Calls
	// Parts are the parts of paths, Words say what the fields of bodies are; both by
	// their name.
	Parts map[string]Param
	Words map[string]string
	// Types and Fields are the schemas of types, and of fields as "Type.field", that
	// are narrower than Go's types say.
	Types  map[reflect.Type]Schema
	Fields map[string]Schema
	// Failures are how surfaces answer errors.
	Failures map[model.Surface]Failure
}

// builder makes the parts of a document.
type builder struct {
	Options
	shapes *shapes
	doc    *Document
}

// Build makes the document of all routes that have a description. It fails when
// that cannot be told as OpenAPI, or says something of what is not there.
func Build(o Options) (*Document, error) {
	b := &builder{
		Options: o,
		shapes:  &shapes{words: o.Words, types: o.Types, fields: o.Fields, made: map[string]*Schema{}, homes: map[string]reflect.Type{}, touched: map[string]bool{}},
		doc:     &Document{OpenAPI: "3.1.0", Info: o.Info, Servers: []Server{{URL: "/"}}, Tags: o.Tags, Paths: map[string]map[string]*Operation{}},
	}
	b.doc.Components = Components{Schemas: b.shapes.made, Responses: map[string]Response{}, Security: schemes}
	if err := b.addRoutes(); err != nil {
		return nil, err
	}
	if dead := b.shapes.untouched(); len(dead) > 0 {
		return nil, fmt.Errorf("no type has the fields %v", dead)
	}
	var err error
	b.doc.JSON, err = json.MarshalIndent(b.doc, "", " ")
	return b.doc, err
}

func (b *builder) addRoutes() error {
	left := maps.Clone(b.Calls)
	for _, row := range b.Routes {
		for _, call := range left[row.Pattern] {
			if err := b.add(row, call); err != nil {
				return fmt.Errorf("describe %s%s: %w", row.Pattern, call.Tail, err)
			}
		}
		delete(left, row.Pattern)
	}
	if len(left) > 0 {
		return fmt.Errorf("no route is called %v", slices.Sorted(maps.Keys(left)))
	}
	return nil
}

func (b *builder) add(row model.Route, call Call) error {
	method, pattern, _ := strings.Cut(row.Pattern, " ")
	o := &Operation{
		Method: method, Path: templateOf(pattern) + call.Tail, Scopes: scopesOf(row), Tags: []string{call.Tag}, Summary: call.Summary,
		Description: call.Text, Responses: map[string]Response{}, Security: securityOf(row, call),
	}
	o.ID = idOf(method, o.Path)
	o.Parameters = append(b.pathParameters(o.Path), queryParameters(call.Query)...)
	if !slices.ContainsFunc(b.Tags, func(t Tag) bool { return t.Name == call.Tag }) {
		return fmt.Errorf("there is no tag %q", call.Tag)
	}
	if err := b.setBody(o, call); err != nil {
		return err
	}
	if err := b.setAnswers(o, call); err != nil {
		return err
	}
	if err := b.setFailures(o, row, call); err != nil {
		return err
	}
	return b.put(o)
}

func (b *builder) put(o *Operation) error {
	at := b.doc.Paths[o.Path]
	if at == nil {
		at = map[string]*Operation{}
		b.doc.Paths[o.Path] = at
	}
	key := strings.ToLower(o.Method)
	if at[key] != nil || slices.ContainsFunc(b.doc.Operations, func(other *Operation) bool { return other.ID == o.ID }) {
		return fmt.Errorf("there are two of %s", o.ID)
	}
	at[key] = o
	b.doc.Operations = append(b.doc.Operations, o)
	return nil
}

// templateOf writes a pattern of net/http as OpenAPI does.
func templateOf(pattern string) string {
	return strings.ReplaceAll(strings.TrimSuffix(pattern, "{$}"), "...}", "}")
}

// idOf names an operation by its method and the words of its path.
func idOf(method, path string) string {
	words := strings.FieldsFunc(strings.TrimPrefix(path, "/api"), func(r rune) bool { return strings.ContainsRune("/{}.", r) })
	if strings.HasSuffix(path, "/") {
		words = append(words, "slash")
	}
	return strings.Join(append([]string{strings.ToLower(method)}, words...), "-")
}

func (b *builder) pathParameters(path string) []Parameter {
	var all []Parameter
	for part := range strings.SplitSeq(path, "/") {
		name, ok := strings.CutPrefix(part, "{")
		if !ok {
			continue
		}
		name = strings.TrimSuffix(name, "}")
		part := b.Parts[name]
		schema := part.Schema
		schema.Type, schema.MinLength = "string", 1
		all = append(all, Parameter{Name: name, In: "path", Required: true, Description: part.Text, Example: part.Example, Schema: schema})
	}
	return all
}

func queryParameters(params []Param) []Parameter {
	var all []Parameter
	for _, p := range params {
		if p.Schema.Type == nil && p.Schema.AnyOf == nil {
			p.Schema.Type = "string"
		}
		all = append(all, Parameter{Name: p.Name, In: "query", Description: p.Text, Example: p.Example, Schema: p.Schema})
	}
	return all
}
