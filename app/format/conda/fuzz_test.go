package conda_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vivarium/app/format/conda"
	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

// FuzzReadInfo reads whole archives under their right names. With shape 1 or 2 the
// bytes are index.json or paths.json in an archive that is sound otherwise, which
// mutation could not build by itself.
func FuzzReadInfo(f *testing.F) {
	for _, file := range fixtures(f) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, filepath.Base(file), byte(0))
	}
	for _, tarBz2 := range []bool{false, true} {
		name, data := condatest.Build(f, condatest.Spec{TarBz2: tarBz2})
		f.Add(data, name, byte(0))
	}
	for i, member := range condatest.InfoMembers(f, condatest.Spec{}) {
		f.Add(member.Body, "demo-1.0-0.conda", byte(i))
	}
	f.Fuzz(func(t *testing.T, data []byte, fileName string, shape byte) {
		if file := map[byte]string{1: "index.json", 2: "paths.json", 3: "about.json", 4: "link.json", 5: "run_exports.json"}[shape]; file != "" {
			fileName, data = condatest.Build(t, condatest.Spec{Info: map[string]string{file: string(data)}})
		}
		info, err := read(data, fileName)
		if err != nil {
			if info != nil || model.CodeOf(err) != model.Invalid {
				t.Fatalf("got %v, %v (%v)", info, err, model.CodeOf(err))
			}
			return
		}
		checkSound(t, info, fileName)
	})
}

// checkSound checks what must hold of everything that ReadInfo accepts.
func checkSound(t *testing.T, info *conda.Info, fileName string) {
	t.Helper()
	name, version, build, archiveType, err := conda.CheckFileName(fileName)
	if err != nil || name != info.Name || version != info.Version || build != info.Build || archiveType != info.Type {
		t.Errorf("%q was accepted as %+v, %v", fileName, info, err)
	}
	if !model.WellFormedSubdir(info.Subdir) || info.BuildNumber < 0 || info.Timestamp < 0 {
		t.Errorf("accepted %+v", info)
	}
	record, err := info.Record(strings.Repeat("0", 32), strings.Repeat("0", 64), 1)
	if err != nil {
		t.Fatalf("record of %s: %v", info.Index, err)
	}
	for _, canonical := range [][]byte{record, info.RunExports} {
		if canonical == nil {
			continue
		}
		if again, err := conda.CanonicalJSON(canonical); err != nil || !bytes.Equal(again, canonical) {
			t.Errorf("%s is not canonical: %s, %v", canonical, again, err)
		}
	}
}

// FuzzCompareVersions checks that the order is one: whatever is compared, the
// answers fit each other.
func FuzzCompareVersions(f *testing.F) {
	versions, _ := ordered(f)
	for i := range versions {
		f.Add(versions[i], versions[(i*7+1)%len(versions)], versions[(i*5+2)%len(versions)])
	}
	f.Add("", "1..0", "1-0_")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		conda.Stable(a)
		ab, ba, bc, ac := conda.CompareVersions(a, b), conda.CompareVersions(b, a), conda.CompareVersions(b, c), conda.CompareVersions(a, c)
		if conda.CompareVersions(a, a) != 0 || ab != -ba || ab < -1 || ab > 1 {
			t.Errorf("%q to %q: %d, and back %d", a, b, ab, ba)
		}
		if ab <= 0 && bc <= 0 && (ac > 0 || ac == 0 && ab+bc != 0) {
			t.Errorf("%q, %q, %q: %d, %d, but %d", a, b, c, ab, bc, ac)
		}
	})
}
