package conda_test

import (
	"fmt"
	"testing"

	"vivarium/app/format/conda/condatest"
)

func BenchmarkReadInfo(b *testing.B) {
	const count, size = 200, 20_000
	files, text := map[string]string{}, string(noise(count*size, "def return import self. \n"))
	for i := range count {
		files[fmt.Sprintf("lib/python3.13/site-packages/demo/module_%d.py", i)] = text[i*size : (i+1)*size]
	}
	for _, tarBz2 := range []bool{false, true} {
		name, data := condatest.Build(b, condatest.Spec{TarBz2: tarBz2, Files: files})
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(count * size)
			for b.Loop() {
				if _, err := read(data, name); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRecord(b *testing.B) {
	name, data := condatest.Build(b, condatest.Spec{Depends: []string{"python >=3.9", "numpy >=1.26,<3", "libgcc-ng >=12"}, License: "MIT"})
	info, err := read(data, name)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := info.Record("00000000000000000000000000000000", "0000000000000000000000000000000000000000000000000000000000000000", 1); err != nil {
			b.Fatal(err)
		}
	}
}
