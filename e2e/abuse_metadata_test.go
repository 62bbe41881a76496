package e2e

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"vivarium/app/scaletest"
)

// TestU10OddMetadata sends metadata of the wrong type, depth, number and size.
func TestU10OddMetadata(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	deep := strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)
	var list []attack
	for _, text := range []string{
		"", "null", "[]", `"text"`, "7", "{", "{}", `{"name": NaN}`, `{"name": Infinity}`, "\xef\xbb\xbf{}", "{\"name\": \"\xff\"}", deep, strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000),
		indexWith("name", "null"), indexWith("name", "7"), indexWith("name", `""`), indexWith("version", "null"), indexWith("version", "[]"), indexWith("version", `"1 0"`), indexWith("build", "0"), indexWith("build", "null"),
		indexWith("build_number", `"0"`), indexWith("build_number", "1.5"), indexWith("build_number", "1e30"), indexWith("build_number", "99999999999999999999"), indexWith("depends", `"python"`), indexWith("depends", "[1]"), indexWith("depends", "{}"), indexWith("depends", "[null]"),
		indexWith("depends", "["+strings.Repeat(`"a",`, 1_000_000)+`"a"]`), indexWith("subdir", "7"), indexWith("noarch", "7"), indexWith("timestamp", `"x"`), indexWith("extra", deep),
	} {
		a := condaSpec{info: append(condaSpec{}.infoMembers(t)[1:], member{name: "info/index.json", body: []byte(text)})}.build(t)
		list = append(list, attack{fmt.Sprintf("index.json %.60q", text), a, ""})
	}
	const head = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n"
	for _, text := range []string{
		"", "\n", "\x00", "{}", "Name: demo\n", "Metadata-Version: 9.0\nName: demo\nVersion: 1.0\n", "Metadata-Version: 2.1\nName: demo\n", "Metadata-Version: 2.1\nName: demo\nVersion: one\n", head + "Name: demo\n",
		head + "Version: 1.0\n", head + "Requires-Python: >=>3\n", head + "Requires-Dist: a b c ;;\n", head + "Requires-Dist: " + strings.Repeat("(", 100_000) + "\n",
	} {
		list = append(list, attack{fmt.Sprintf("METADATA %.60q", text), wheelSpec{metadata: cmpOr(text)}.build(t), ""})
	}
	v.refuses(list...)
}

// cmpOr keeps an empty METADATA from being taken for none given.
func cmpOr(text string) string {
	if text == "" {
		return "\r\n"
	}
	return text
}

// indexWith is a sound index.json but for one key.
func indexWith(key, value string) string {
	keys := map[string]string{"name": `"demo"`, "version": `"1.0"`, "build": `"0"`, "build_number": "0", "subdir": `"noarch"`, "depends": "[]"}
	keys[key] = value
	var all []string
	for k, v := range keys {
		all = append(all, `"`+k+`": `+v)
	}
	slices.Sort(all)
	return "{" + strings.Join(all, ", ") + "}"
}

// TestU10Mutated changes metadata at random: each file is published or refused
// with 400, and nothing else.
func TestU10Mutated(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	source := rand.New(rand.NewPCG(3, 4))
	index := indexWith("depends", `["a >=1", "b"]`)
	taken := 0
	for n := range scaletest.Count(t, 500, 25) {
		info := append(condaSpec{}.infoMembers(t)[1:], member{name: "info/index.json", body: mutated(source, index)})
		wheel := wheelSpec{name: fmt.Sprintf("demo%d", n)}
		wheel.metadata = string(mutated(source, wheel.coreMetadata()+"Requires-Dist: a>=1; python_version<'4'\nRequires-Python: >=3.8\nProject-URL: Home, https://demo.test\n\ntext\n"))
		for _, a := range []artifact{condaSpec{info: info}.build(t), wheel.build(t)} {
			got, err := v.alice.publish(t.Context(), a)
			if err != nil || !got.made() && got.status != http.StatusBadRequest {
				t.Errorf("%s: %v, %v, want success or 400", a.fileName, got, err)
			}
			if got.made() {
				taken++
				v.ask(http.MethodDelete, "/api/package/alice/"+a.name, "Authorization", "token "+v.token).is(t, http.StatusCreated)
			}
		}
	}
	if taken == 0 {
		t.Error("none was published: the changes are too wild to try much")
	}
	v.collect() // the bytes of what was published and deleted
	v.hasNothing()
}

// mutated is text with some bytes changed.
func mutated(source *rand.Rand, text string) []byte {
	out := []byte(text)
	for range 1 + source.IntN(4) {
		const bytes = "{}[]\",:0a\\u -.\n\x00\xff"
		out[source.IntN(len(out))] = bytes[source.IntN(len(bytes))]
	}
	return out
}
