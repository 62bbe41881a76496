package store

import (
	"reflect"
	"slices"

	"vivarium/app/model"
)

// noun tells the kinds of cached rows apart.
type noun int

const (
	accountOfLogin noun = iota
	accountOfID
	tokenOfHash
	packageOfName
	condaFile
	pythonFile
	pythonProject
	ownership
	grantedOnAll
	grantedOn
	grantedOnAny
	grantSet
	notices
	signInOfID
	nounCount
)

// tablesOf says which tables the rows of each noun are read from.
var tablesOf = [nounCount][]string{
	accountOfLogin: {"accounts"},
	accountOfID:    {"accounts"},
	tokenOfHash:    {"tokens"},
	packageOfName:  {"accounts", "files", "packages", "stars", "thumbnails"},
	condaFile:      {"accounts", "file_labels", "files", "labels", "packages", "releases"},
	pythonFile:     {"accounts", "file_labels", "files", "labels", "packages", "releases"},
	pythonProject:  {"accounts", "files", "packages", "stars", "thumbnails"},
	ownership:      {"group_members", "groups"},
	grantedOnAll:   {"group_members", "groups"},
	grantedOn:      {"collaborators", "group_members", "group_packages", "groups"},
	grantedOnAny:   {"collaborators", "group_members", "group_packages", "groups", "packages"},
	grantSet:       {"accounts", "collaborators", "group_members", "group_packages", "groups", "packages"},
	notices:        {"notices"},
	signInOfID:     {"sign_ins"},
}

// nouns is a set of them.
type nouns uint32

const allNouns nouns = 1<<nounCount - 1

func (set nouns) has(n noun) bool { return set&(1<<n) != 0 }

// nounsOf has the nouns that are read from a table. What is not in it is read by none.
var nounsOf = func() map[string]nouns {
	of := map[string]nouns{}
	for n, tables := range tablesOf {
		for _, table := range tables {
			of[table] |= 1 << n
		}
	}
	return of
}()

// detach gives the row at p slices of its own, so that whoever changes them does
// not change the cache.
func detach(p any) {
	switch row := p.(type) {
	case *model.Token:
		row.Hash = slices.Clone(row.Hash)
	case *model.Package:
		row.Types = slices.Clone(row.Types)
		row.Edited = slices.Clone(row.Edited)
		row.Platforms = slices.Clone(row.Platforms)
		row.Labels = slices.Clone(row.Labels)
		row.Versions = slices.Clone(row.Versions)
		row.Builds = slices.Clone(row.Builds)
		row.YankedVersions = slices.Clone(row.YankedVersions)
	case *GrantSet:
		row.Packages = slices.Clone(row.Packages)
	case *model.File:
		row.Attrs = slices.Clone(row.Attrs)
		row.Dependencies = slices.Clone(row.Dependencies)
		row.Record = slices.Clone(row.Record)
		row.RunExports = slices.Clone(row.RunExports)
		row.Patch = slices.Clone(row.Patch)
		row.OriginalRecord = slices.Clone(row.OriginalRecord)
		row.Labels = slices.Clone(row.Labels)
	case *[]model.Notice:
		*row = slices.Clone(*row)
	}
}

// weigh returns about how many bytes a row takes, what it points to included.
func weigh(v reflect.Value) int {
	n := int(v.Type().Size())
	switch v.Kind() {
	case reflect.String:
		n += v.Len()
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return n + v.Len()
		}
		for i := range v.Len() {
			n += weigh(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			n += weigh(v.Field(i)) - int(v.Field(i).Type().Size())
		}
	}
	return n
}
