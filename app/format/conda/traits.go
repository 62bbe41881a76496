package conda

import (
	"slices"
	"strings"
)

// The traits of a package: what it does to an environment beside putting files
// into it. They are called as channeldata.json has them (CEP 38).
const (
	ActivateD    = "activate.d"
	DeactivateD  = "deactivate.d"
	PreLink      = "pre_link"
	PostLink     = "post_link"
	PreUnlink    = "pre_unlink"
	BinaryPrefix = "binary_prefix"
	TextPrefix   = "text_prefix"
)

// addTrait adds one to a sorted list, once.
func addTrait(list []string, trait string) []string {
	at, found := slices.BinarySearch(list, trait)
	if found {
		return list
	}
	return slices.Insert(list, at, trait)
}

// traitOfPath is the trait of a package that has a file there, or "" (CEP 34).
func traitOfPath(path string) string {
	switch {
	case strings.HasPrefix(path, "etc/conda/activate.d/"):
		return ActivateD
	case strings.HasPrefix(path, "etc/conda/deactivate.d/"):
		return DeactivateD
	}
	switch script := linkScript(path); {
	case strings.HasSuffix(script, "-pre-link"):
		return PreLink
	case strings.HasSuffix(script, "-post-link"):
		return PostLink
	case strings.HasSuffix(script, "-pre-unlink"):
		return PreUnlink
	}
	return ""
}

// linkScript returns the name of a link script without its extension, or "".
func linkScript(path string) string {
	for _, place := range [][2]string{{"bin/.", ".sh"}, {"Scripts/.", ".bat"}} {
		name, inside := strings.CutPrefix(path, place[0])
		if name, script := strings.CutSuffix(name, place[1]); inside && script {
			return name
		}
	}
	return ""
}
