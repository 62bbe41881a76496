package conda

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"vivarium/app/model"
)

// What a patch may hold at most.
const (
	maxPatch     = 256 << 10 // bytes
	maxPatchList = 2000      // items of one list
)

// patchLists and patchTexts are the members of a record that a patch may say. All
// others name the file, hold its digests, or belong to the server.
var (
	patchLists = []string{"constrains", "depends", "purls"}
	patchTexts = []string{"features", "license", "license_family", "namespace", "python_site_packages_path", "track_features"}
)

// CheckPatch returns a repodata patch in canonical form: an object of members of a
// record with their new values, null for those to leave out. It fails with Invalid
// when a member may not be patched or is of the wrong type.
func CheckPatch(raw []byte) (json.RawMessage, error) {
	if len(raw) > maxPatch {
		return nil, model.Errorf(model.Invalid, "A patch may have at most %d bytes.", maxPatch)
	}
	o, err := parseObject(raw, "The patch")
	if err != nil {
		return nil, err
	}
	if len(o.fields) == 0 {
		return nil, model.Errorf(model.Invalid, "The patch says nothing. Clear the patch instead.")
	}
	for key := range o.fields {
		switch {
		case slices.Contains(patchLists, key):
			o.checkPatchList(key)
		case slices.Contains(patchTexts, key):
			o.text(key)
		default:
			return nil, model.Errorf(model.Invalid, "A patch cannot change %q. It may change %s.", key, strings.Join(append(patchLists, patchTexts...), ", "))
		}
	}
	return o.canonical(), o.err
}

// checkPatchList wants a list of texts that say something, or null. Clients need
// depends, so that is never left out.
func (o *object) checkPatchList(key string) {
	if !o.has(key) {
		if key == "depends" {
			o.refuse(key, "a list of texts")
		}
		return
	}
	for _, item := range o.texts(key, maxPatchList) {
		if strings.TrimSpace(item) == "" || strings.ContainsAny(item, "\r\n\x00") {
			o.refuse(key, "a list of texts, none of them empty")
		}
	}
}

// Patched returns the canonical record with a patch that CheckPatch returned.
func Patched(record, patch json.RawMessage) (json.RawMessage, error) {
	o, err := parseObject(record, "The record")
	if err != nil {
		return nil, err
	}
	p, err := parseObject(patch, "The patch")
	if err != nil {
		return nil, err
	}
	for key, value := range p.fields {
		if string(value) == "null" {
			delete(o.fields, key)
		} else {
			o.fields[key] = value
		}
	}
	return o.canonical(), nil
}

// Indexed returns the canonical record with the moment at which a server first
// had it in an index (CEP 47).
func Indexed(record json.RawMessage, at time.Time) (json.RawMessage, error) {
	o, err := parseObject(record, "The record")
	if err != nil {
		return nil, err
	}
	o.fields["indexed_timestamp"] = strconv.AppendInt(nil, at.UnixMilli(), 10)
	return o.canonical(), nil
}
