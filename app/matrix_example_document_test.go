package main

import (
	"maps"
	"testing"
)

func init() { maps.Copy(examples, documentExamples) }

// documentExamples are of the pages of notebooks and environments, and of what a
// browser fetches of a package.
var documentExamples = map[string][]example{
	"POST /{channel}/notebooks":                   {{upload: documentForm("fresh.ipynb", `{"nbformat": 4, "cells": []}`)}},
	"POST /{channel}/environments":                {{upload: documentForm("fresh.yml", "name: fresh\ndependencies: []\n")}},
	"GET /{channel}/packages/{package}/download":  {{names: []string{"download", "download?version=1.0&file=noarch/NAME-1.0-0.conda"}}},
	"GET /{channel}/packages/{package}/picture":   {{names: []string{"{package}", "nNAME", "picture", "picture?version=1.0&file=nNAME.ipynb&cell=0&output=0"}}},
	"GET /{channel}/packages/{package}/thumbnail": {{names: []string{"{package}", "nNAME"}}},
}

func documentForm(fileName, text string) func(*testing.T, *world, target) (string, []byte) {
	return func(t *testing.T, _ *world, _ target) (string, []byte) {
		return multipartForm(t, "file", fileName, []byte(text))
	}
}
