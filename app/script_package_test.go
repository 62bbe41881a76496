package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
)

// packageCommands write packages in scripts:
//
//	conda FOLDER NAME VERSION [SUBDIR [SUMMARY]]
//	wheel FOLDER NAME VERSION [SUMMARY]
func packageCommands(t *testing.T) map[string]func(*testscript.TestScript, bool, []string) {
	keep := func(ts *testscript.TestScript, folder, name string, data []byte) {
		ts.Check(os.MkdirAll(ts.MkAbs(folder), 0o700))
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(folder), name), data, 0o600))
	}
	return map[string]func(*testscript.TestScript, bool, []string){
		"conda": func(ts *testscript.TestScript, _ bool, args []string) {
			args = append(args, "", "")
			name, data := condatest.Build(t, condatest.Spec{Name: args[1], Version: args[2], Subdir: args[3], Summary: args[4]})
			keep(ts, args[0], name, data)
		},
		"wheel": func(ts *testscript.TestScript, _ bool, args []string) {
			args = append(args, "")
			name, data := pypitest.Wheel(t, pypitest.Spec{Name: args[1], Version: args[2], Summary: args[3]})
			keep(ts, args[0], name, data)
		},
	}
}
