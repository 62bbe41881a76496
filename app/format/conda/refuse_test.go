package conda_test

import (
	"archive/tar"
	"fmt"
	"strings"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

// hostile is an archive that must be refused, and a part of the sentence.
type hostile struct {
	name, fileName string
	data           []byte
	sentence       string
}

// patience is how long refusing one archive may take before it counts as hanging. It
// takes under two seconds on a machine at rest, and twenty on a busy one under the
// race detector.
const patience = 2 * time.Minute

// refused reads each archive, which must be refused as Invalid, and soon.
func refused(t *testing.T, list []hostile) {
	t.Helper()
	for _, h := range list {
		t.Run(h.name, func(t *testing.T) {
			start := time.Now()
			info, err := read(h.data, h.fileName)
			if took := time.Since(start); took > patience {
				t.Errorf("took %v", took)
			}
			if err == nil || info != nil || model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), h.sentence) {
				t.Errorf("got %v, %v (%v), want Invalid with %q", info, err, model.CodeOf(err), h.sentence)
			}
		})
	}
}

// both returns the archive of s in both types, under the names that s gives them.
func both(t *testing.T, name string, s condatest.Spec, sentence string) []hostile {
	t.Helper()
	var list []hostile
	for _, s.TarBz2 = range []bool{false, true} {
		fileName, data := condatest.Build(t, s)
		list = append(list, hostile{name + " in " + fileName, fileName, data, sentence})
	}
	return list
}

// withMembers returns three archives that hold the members besides the usual ones:
// in the info archive, in the package archive, and as .tar.bz2.
func withMembers(t *testing.T, name, sentence string, more ...condatest.Member) []hostile {
	t.Helper()
	return []hostile{
		{name + " in info", "demo-1.0-0.conda", condaWith(t, append(condatest.InfoMembers(t, condatest.Spec{}), more...), nil), sentence},
		{name + " in pkg", "demo-1.0-0.conda", condaWith(t, nil, more), sentence},
		{name + " in tar.bz2", "demo-1.0-0.tar.bz2", condatest.Bzip2(condatest.Tar(t, append(condatest.InfoMembers(t, condatest.Spec{}), more...)...)), sentence},
	}
}

// condaWith returns a .conda file with other members in its two archives; nil
// leaves them as they are.
func condaWith(t testing.TB, info, pkg []condatest.Member) []byte {
	t.Helper()
	entries := condatest.CondaEntries(t, condatest.Spec{})
	if pkg != nil {
		entries[1].Body = condatest.Zstd(t, condatest.Tar(t, pkg...))
	}
	if info != nil {
		entries[2].Body = condatest.Zstd(t, condatest.Tar(t, info...))
	}
	return condatest.Zip(t, entries...)
}

// infoWithout returns the usual info members but for one.
func infoWithout(t testing.TB, name string) []condatest.Member {
	t.Helper()
	var kept []condatest.Member
	for _, m := range condatest.InfoMembers(t, condatest.Spec{}) {
		if m.Name != name {
			kept = append(kept, m)
		}
	}
	return kept
}

func TestU2Subdir(t *testing.T) {
	t.Parallel()
	var list []hostile
	for _, subdir := range []string{"../../x", "/abs", "<img src=x>", "linux-64/", "Linux-64", "noarch\x00", "a", strings.Repeat("a", 31) + "-64", "linux-64-"} {
		list = append(list, both(t, "subdir "+fmt.Sprintf("%q", subdir), condatest.Spec{Index: map[string]any{"subdir": subdir}}, "subdir")...)
	}
	list = append(list, both(t, "none", condatest.Spec{Index: map[string]any{"subdir": nil, "noarch": nil}}, "must give a subdir")...)
	refused(t, list)
}

func TestU4PathsThatLeadOut(t *testing.T) {
	t.Parallel()
	var list []hostile
	for _, path := range []string{"../../x", "a/../../x", "/etc/passwd", `\windows\x`, `a\..\x`, "C:/x", `c:\x`, "..", "info/../../index.json"} {
		list = append(list, withMembers(t, fmt.Sprintf("member %q", path), "must stay inside", condatest.Member{Name: path, Body: []byte("x")})...)
	}
	list = append(list, withMembers(t, "hard link to outside", "must stay inside", condatest.Member{Name: "x", Type: tar.TypeLink, Link: "../../x"})...)
	refused(t, list)
}

func TestU5LinksForMetadata(t *testing.T) {
	t.Parallel()
	tests := map[string]condatest.Member{
		"symlink":   {Name: "info/index.json", Type: tar.TypeSymlink, Link: "about.json"},
		"hard link": {Name: "info/index.json", Type: tar.TypeLink, Link: "info/about.json"},
		"folder":    {Name: "info/index.json", Type: tar.TypeDir},
		"device":    {Name: "info/index.json", Type: tar.TypeChar},
		"fifo":      {Name: "info/index.json", Type: tar.TypeFifo},
	}
	var list []hostile
	for name, member := range tests {
		members := append(infoWithout(t, "info/index.json"), member)
		list = append(list,
			hostile{name + " in conda", "demo-1.0-0.conda", condaWith(t, members, nil), "info/index.json"},
			hostile{name + " in tar.bz2", "demo-1.0-0.tar.bz2", condatest.Bzip2(condatest.Tar(t, members...)), "info/index.json"})
	}
	list = append(list, withMembers(t, "link for info", "info", condatest.Member{Name: "info", Type: tar.TypeSymlink, Link: "bin"})...)
	list = append(list, withMembers(t, "device elsewhere", "neither a file", condatest.Member{Name: "dev/null", Type: tar.TypeChar})...)
	refused(t, list)
}

func TestU12Duplicates(t *testing.T) {
	t.Parallel()
	again := condatest.Member{Name: "./info//index.json", Body: []byte("{}")}
	list := withMembers(t, "metadata member", "info/index.json", again)
	entries := condatest.CondaEntries(t, condatest.Spec{})
	list = append(list, hostile{"zip member", "demo-1.0-0.conda", condatest.Zip(t, append(entries, entries[0])...), "is there twice"})
	for _, key := range []string{`"name": "other"`, `"\u006eame": "demo"`} {
		index := strings.Replace(string(condatest.InfoMembers(t, condatest.Spec{})[1].Body), "{", "{"+key+",", 1)
		list = append(list, both(t, "key "+key, condatest.Spec{Info: map[string]string{"index.json": index}}, `the key "name" comes twice`)...)
	}
	refused(t, list)
}

func TestU27PathsOfClients(t *testing.T) {
	t.Parallel()
	var list []hostile
	info := func(name, file, body, sentence string) {
		list = append(list, both(t, name, condatest.Spec{Info: map[string]string{file: body}}, sentence)...)
	}
	for _, path := range []string{"../x", "/etc/x", `..\\x`, `C:\\x`, "a/../../x", "\\u002e\\u002e/x", "", "a\\u0000b"} {
		info("path "+path, "paths.json", `{"paths": [{"path_type": "hardlink", "_path": "`+path+`"}], "paths_version": 1}`, "The archive names a file")
	}
	info("path as a number", "paths.json", `{"paths": [{"_path": 1}]}`, "no text")
	info("paths as an object", "paths.json", `{"paths": {}}`, "no list of paths")
	info("paths as a list", "paths.json", `[]`, "no list of paths")
	info("path in files", "files", "bin/x\n../x\n", "must stay inside")
	for _, entry := range []string{"../../x = a:b", "a/b = a:b", `a\\b = a:b`, ".. = a:b", "= a:b", "x", "x =", "C:x = a:b", "x = ../a:b", "a\\nb = c:d"} {
		info("entry point "+entry, "link.json", `{"noarch": {"type": "python", "entry_points": ["`+entry+`"]}}`, "entry point")
	}
	info("entry points as a text", "link.json", `{"noarch": {"entry_points": "a = b:c"}}`, "a list of texts")
	info("link as a list", "link.json", `[]`, "must hold a JSON object")
	info("noarch as a text", "link.json", `{"noarch": "python"}`, "must hold a JSON object")
	refused(t, list)
}

func TestMissingMetadata(t *testing.T) {
	t.Parallel()
	var list []hostile
	for name, sentence := range map[string]string{"info/index.json": "no info/index.json", "info/paths.json": "neither info/paths.json nor info/files"} {
		list = append(list, hostile{name, "demo-1.0-0.conda", condaWith(t, infoWithout(t, name), nil), sentence})
	}
	for _, name := range []string{"info/index.json", "info/paths.json", "info/link.json"} {
		pkg := []condatest.Member{{Name: name, Body: []byte("{}")}}
		list = append(list, hostile{name + " in the package archive", "demo-1.0-0.conda", condaWith(t, nil, pkg), "belongs into the info archive"})
	}
	refused(t, list)
}
