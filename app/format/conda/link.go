package conda

import (
	"strings"
	"unicode"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

const linkName = "info/link.json"

// checkLink checks the entry points of a noarch Python package: for each of them
// a client writes a script of that name into the environment's bin folder.
func checkLink(raw []byte) error {
	o, err := parseObject(raw, linkName)
	if err != nil || !o.has("noarch") {
		return err
	}
	noarch, err := parseObject(o.fields["noarch"], linkName)
	if err != nil || !noarch.has("entry_points") {
		return err
	}
	for _, entry := range noarch.texts("entry_points", maxSpecs) {
		if !soundEntryPoint(entry) {
			return model.Errorf(model.Invalid, "%s has the entry point %s. An entry point has the form command = module:function, without any path.", linkName, archive.Quote(entry))
		}
	}
	return noarch.err
}

func soundEntryPoint(entry string) bool {
	command, target, ok := strings.Cut(entry, "=")
	command, target = strings.TrimSpace(command), strings.TrimSpace(target)
	unsafe := strings.ContainsAny(entry, `/\`) || strings.ContainsFunc(entry, unicode.IsControl)
	return ok && !unsafe && command != "" && strings.Trim(command, ".") != "" && !strings.Contains(command, ":") && target != ""
}
