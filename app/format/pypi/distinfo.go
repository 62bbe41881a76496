package pypi

import (
	"strings"

	"vivarium/app/model"
)

// checkDistInfo checks that there is one dist-info folder, that it is named as the
// file, and that it has the members which every wheel has.
func (w *wheel) checkDistInfo(name FileName) error {
	if w.distInfo == "" {
		return model.Errorf(model.Invalid, "It has no .dist-info folder.")
	}
	stem, ok := strings.CutSuffix(w.distInfo, ".dist-info/")
	project, version, _ := strings.Cut(stem, "-")
	if !ok || strings.Contains(version, "-") || name.agrees("its folder", project, version) != nil {
		return model.Errorf(model.Invalid, "Its folder %s is not named after the file, which has %s-%s.", quote(w.distInfo), name.Name, name.Version)
	}
	for _, member := range []string{"METADATA", "WHEEL", "RECORD"} {
		if _, ok := w.members[w.distInfo+member]; !ok {
			return model.Errorf(model.Invalid, "It has no %s%s.", w.distInfo, member)
		}
	}
	return w.checkFolding()
}

// checkFolding refuses names in the dist-info folder that are one on systems which
// do not tell small letters from capitals.
func (w *wheel) checkFolding() error {
	seen := map[string]bool{}
	for name := range w.members {
		if folded := strings.ToLower(name); strings.HasPrefix(name, w.distInfo) {
			if seen[folded] {
				return model.Errorf(model.Invalid, "The member %s is there twice but for capital letters.", quote(name))
			}
			seen[folded] = true
		}
	}
	return nil
}

// checkWheelFile checks the version of the wheel format, and the scripts that
// installers would make.
func (w *wheel) checkWheelFile() error {
	raw, err := w.read("WHEEL")
	if err != nil {
		return err
	}
	headers, _, err := parseHeaders(strings.ToValidUTF8(string(raw), "\uFFFD"))
	if err != nil {
		return err
	}
	version := ""
	for _, h := range headers {
		if strings.EqualFold(h.name, "Wheel-Version") {
			version = h.value
		}
	}
	if major, _, _ := strings.Cut(version, "."); major != "1" {
		return model.Errorf(model.Invalid, "WHEEL gives Wheel-Version %s. Installers read version 1.", quote(version))
	}
	return w.checkScripts()
}

// checkScripts refuses entry points that would be written outside of the folder
// for scripts.
func (w *wheel) checkScripts() error {
	const member = "entry_points.txt"
	if _, ok := w.members[w.distInfo+member]; !ok {
		return nil
	}
	raw, err := w.read(member)
	if err != nil {
		return err
	}
	scripts := false
	for line := range strings.Lines(strings.ReplaceAll(string(raw), "\r", "\n")) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			scripts = strings.HasPrefix(line, "[console_scripts") || strings.HasPrefix(line, "[gui_scripts")
			continue
		}
		script, _, ok := strings.Cut(line, "=")
		if script = strings.TrimSpace(script); scripts && ok && (strings.ContainsAny(script, "/\\\x00") || script == "..") {
			return model.Errorf(model.Invalid, "entry_points.txt names a script %s. Scripts have no path.", quote(script))
		}
	}
	return nil
}
