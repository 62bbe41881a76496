package main

import (
	"maps"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

func init() { maps.Copy(examples, uploadExamples) }

// uploadExamples are the rows that take a file in one request: to a package that
// is new, and to one that may be there.
var uploadExamples = map[string][]example{
	"PUT /{channel}/{subdir}/{file}":                   uploads(condaBody),
	"POST /quetz/api/channels/{channel}/upload/{file}": uploads(condaBody),
	"POST /prefix/api/v1/upload/{channel}":             uploads(condaForm),
	"PUT /api/upload/{channel}/{file}":                 uploads(condaBody),
}

// uploads are examples whose body holds the package of that name.
func uploads(body func(t *testing.T, name string) (string, []byte)) []example {
	of := func(name string) func(*testing.T, *world, target) (string, []byte) {
		return func(t *testing.T, _ *world, tg target) (string, []byte) {
			return body(t, strings.ReplaceAll(name, "NAME", tg.pkg))
		}
	}
	return []example{
		{note: "a new package", names: []string{"{file}", "fresh-2.0-0.conda"}, upload: of("fresh")},
		{note: "a new release", names: []string{"{file}", "NAME-2.0-0.conda"}, upload: of("NAME"), on: model.OnPackage, makes: true},
	}
}

func condaBody(t *testing.T, name string) (contentType string, body []byte) {
	_, data := condatest.Build(t, condatest.Spec{Name: name, Version: "2.0"})
	return "application/octet-stream", data
}

func condaForm(t *testing.T, name string) (contentType string, body []byte) {
	_, data := condaBody(t, name)
	return multipartForm(t, "file", name+"-2.0-0.conda", data)
}
