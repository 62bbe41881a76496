package pypi

import (
	_ "embed" // for the licence lists
	"regexp"
	"strings"
	"sync"
)

// The identifiers of the SPDX License List 3.27.
var (
	//go:embed spdx-licenses.txt
	spdxLicenses string
	//go:embed spdx-exceptions.txt
	spdxExceptions string

	licenses   = sync.OnceValue(func() map[string]string { return byLower(spdxLicenses) })
	exceptions = sync.OnceValue(func() map[string]string { return byLower(spdxExceptions) })
)

func byLower(list string) map[string]string {
	ids := map[string]string{}
	for id := range strings.FieldsSeq(list) {
		ids[strings.ToLower(id)] = id
	}
	return ids
}

const licenseRef = "LicenseRef-"

var licenseRefPattern = regexp.MustCompile(`^[A-Za-z0-9.-]+$`)

// normalizeLicense returns an SPDX licence expression with its identifiers as SPDX
// writes them and its operators in capitals (PEP 639).
func normalizeLicense(expression string) (string, error) {
	r := licenseReader{wanted: true}
	for token := range strings.FieldsSeq(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(expression)) {
		if !r.take(token) {
			return "", badField("License-Expression", token, "Write SPDX identifiers, or ones that begin with LicenseRef-, with AND, OR, WITH between them.")
		}
	}
	if r.wanted || r.exception || r.depth > 0 {
		return "", badField("License-Expression", expression, "Something is missing at its end.")
	}
	return strings.NewReplacer("( ", "(", " )", ")").Replace(strings.Join(r.out, " ")), nil
}

// licenseReader takes a licence expression token by token.
type licenseReader struct {
	out    []string
	depth  int  // of open parentheses
	wanted bool // whether a licence has to follow
	// single says that a licence was before, which may have an exception, and
	// exception that one has to follow.
	single, exception bool
}

// take reports whether token may follow what was taken before.
func (r *licenseReader) take(token string) bool {
	operator := strings.ToUpper(token)
	single, ok := r.single, false
	r.single = false
	switch {
	case r.exception:
		r.exception = false
		operator, ok = exceptions()[strings.ToLower(token)]
	case operator == "(":
		r.depth++
		ok = r.wanted
	case operator == ")":
		r.depth--
		ok = !r.wanted && r.depth >= 0
	case operator == "AND" || operator == "OR":
		ok, r.wanted = !r.wanted, true
	case operator == "WITH":
		ok, r.exception = single, true
	case r.wanted:
		r.wanted, r.single = false, true
		operator, ok = licenseID(token)
	}
	r.out = append(r.out, operator)
	return ok
}

// licenseID returns a licence's identifier as SPDX writes it.
func licenseID(s string) (string, bool) {
	if len(s) > len(licenseRef) && strings.EqualFold(s[:len(licenseRef)], licenseRef) {
		name := s[len(licenseRef):]
		return licenseRef + name, licenseRefPattern.MatchString(name)
	}
	id, later := strings.CutSuffix(s, "+")
	id, ok := licenses()[strings.ToLower(id)]
	if later {
		id += "+"
	}
	return id, ok
}
