package conda

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"vivarium/app/model"
)

// What info/index.json may hold. It becomes a part of the index that every client
// of the channel reads.
const (
	maxIndex     = 1 << 20
	maxSpecs     = 4096
	maxSpec      = 1024
	maxTimestamp = 253402300799999 // the last millisecond of the year 9999, beyond which clients fail
)

const indexName = "info/index.json"

// parseIndex reads info/index.json with the types that clients insist on: one
// record of a wrong type can make a whole index unreadable to them.
func parseIndex(raw []byte, t ArchiveType) (*Info, error) {
	o, err := parseObject(raw, indexName)
	if err != nil {
		return nil, err
	}
	info := &Info{
		Type: t, Name: o.needText("name"), Version: o.needText("version"), Build: o.needText("build"),
		BuildNumber: o.number("build_number", math.MaxInt64), Timestamp: o.number("timestamp", maxTimestamp),
		Depends: o.texts("depends", maxSpecs), Constrains: o.texts("constrains", maxSpecs),
		License: plainText([]byte(o.text("license"))), LicenseFamily: plainText([]byte(o.text("license_family"))), Index: raw,
	}
	if !o.has("build_number") {
		o.refuse("build_number", "a whole number")
	}
	checkOthers(o)
	if o.err != nil {
		return nil, o.err
	}
	if err := checkNumbers(raw, indexName); err != nil {
		return nil, err
	}
	if info.Subdir, err = subdirOf(o); err != nil {
		return nil, err
	}
	if err := checkSpecs(slices.Concat(info.Depends, info.Constrains)); err != nil {
		return nil, err
	}
	info.Timestamp = inMilliseconds(info.Timestamp)
	return info, checkCoordinates(info.Name, info.Version, info.Build)
}

// checkOthers checks the types of the members that only clients use.
func checkOthers(o *object) {
	for _, key := range []string{"arch", "platform", "subdir", "features"} {
		o.text(key)
	}
	if o.kind("track_features") == '[' {
		o.texts("track_features", maxSpecs)
	} else {
		o.text("track_features")
	}
	switch o.kind("noarch") {
	case 0, '"', 't', 'f':
	default:
		o.refuse("noarch", "a text or a boolean")
	}
}

func checkSpecs(specs []string) error {
	for _, spec := range specs {
		if strings.TrimSpace(spec) == "" || len(spec) > maxSpec || strings.ContainsFunc(spec, unicode.IsControl) {
			return model.Errorf(model.Invalid, "%s has an empty, overlong or unprintable requirement in depends or constrains.", indexName)
		}
	}
	return nil
}

// inMilliseconds turns the seconds of old packages into milliseconds, as clients do.
func inMilliseconds(timestamp int64) int64 {
	if timestamp <= maxTimestamp/1000 {
		return timestamp * 1000
	}
	return timestamp
}

// subdirOf returns the subdir that index.json names, or for old packages the one
// that follows from its platform.
func subdirOf(o *object) (string, error) {
	subdir := o.text("subdir")
	if subdir == "" {
		subdir = derivedSubdir(o)
	}
	if subdir == "" {
		return "", model.Errorf(model.Invalid, "%s must give a subdir, such as noarch or linux-64.", indexName)
	}
	if !model.WellFormedSubdir(subdir) {
		return "", model.FieldErrorf("subdir", "%s names a subdir that cannot be one. Use one such as noarch or linux-64.", indexName)
	}
	return subdir, nil
}

func derivedSubdir(o *object) string {
	if kind := o.kind("noarch"); kind == 't' || kind == '"' {
		return "noarch"
	}
	platform, arch := o.text("platform"), o.text("arch")
	switch {
	case platform == "" || arch == "":
		return ""
	case arch == "x86_64":
		arch = "64"
	case arch == "x86":
		arch = "32"
	}
	return platform + "-" + arch
}
