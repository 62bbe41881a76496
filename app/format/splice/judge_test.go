package splice

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"vivarium/app/scaletest"
)

// TestLibrariesOfClients has libzstd and zlib decode what is spliced, through the
// calls that read one frame or member. TEST_SCALE times 50,000 inputs are tried
// beside those of the other tests, and never less than 200.
func TestLibrariesOfClients(t *testing.T) {
	t.Parallel()
	python, err := filepath.Abs("../../../.tools/venv/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("the clients' virtual environment is missing: run make test, which installs it")
		}
		t.Skip("skipped: the clients' virtual environment is missing (make test installs it)")
	}
	var in bytes.Buffer
	n := 0
	ask := func(parts [][]byte, glue string) {
		whole, plain := frame(t, parts, glue)
		addCase(&in, 'z', whole, plain)
		whole, plain = member(t, parts, glue)
		addCase(&in, 'g', whole, plain)
		n += 3 // two libraries read zstd
	}
	for _, parts := range partsToTry() {
		ask(parts, ",")
	}
	random := rand.New(rand.NewPCG(5, 5))
	for range scaletest.Count(t, 50_000, 200) {
		ask(randomParts(random), [...]string{"", ",", "},{"}[random.IntN(3)])
	}
	judge := exec.Command(python, "testdata/judge.py")
	judge.Stdin = &in
	out, err := judge.CombinedOutput()
	if want := fmt.Sprintf("%d decoded, 0 wrong\n", n); err != nil || string(out) != want {
		t.Errorf("got %s (%v), want %s", out, err, want)
	}
}

func addCase(in *bytes.Buffer, kind byte, whole, plain []byte) {
	sum := sha256.Sum256(plain)
	in.WriteByte(kind)
	in.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(whole))))
	in.Write(sum[:])
	in.Write(whole)
}

// randomParts makes parts of few letters, so that they are full of repetitions of
// every length and distance.
func randomParts(r *rand.Rand) [][]byte {
	parts := make([][]byte, r.IntN(6))
	for i := range parts {
		letters, units := 1+r.IntN(20), r.IntN(40)
		for range units {
			unit := make([]byte, 1+r.IntN(30))
			for j := range unit {
				unit[j] = byte('a' + r.IntN(letters))
			}
			parts[i] = append(parts[i], bytes.Repeat(unit, 1+r.IntN(1+r.IntN(20)))...)
		}
	}
	return parts
}
