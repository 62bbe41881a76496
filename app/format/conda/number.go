package conda

import (
	"bytes"
	"strconv"
	"strings"

	"vivarium/app/model"
)

// checkNumbers wants numbers that MessagePack holds as they are written or as the
// nearest float, so that shards say what repodata.json says: whole ones of 64 bits, and
// none so large that a float of 64 bits is infinite.
func checkNumbers(raw []byte, what string) error {
	return scanJSON(bytes.NewReader(raw), len(raw), func(kind token, text []byte) error {
		if kind == literal && !fits64(string(text)) {
			return model.Errorf(model.Invalid, "%s has the number %s, which is beyond 64 bits.", what, text)
		}
		return nil
	})
}

// fits64 reports whether a literal is a word or such a number.
func fits64(text string) bool {
	if strings.ContainsAny(text, "tfn") { // true, false, null
		return true
	}
	if strings.ContainsAny(text, ".eE") {
		_, err := strconv.ParseFloat(text, 64)
		return err == nil
	}
	_, signed := strconv.ParseInt(text, 10, 64)
	_, unsigned := strconv.ParseUint(text, 10, 64)
	return signed == nil || unsigned == nil
}
