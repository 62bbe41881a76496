package pypi

import (
	"strings"
)

// soundSpecifiers reports whether s is a list of version specifiers, which may be
// empty and have gaps.
func soundSpecifiers(s string) bool {
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.Trim(part, blanks); part != "" && !soundSpecifier(part) {
			return false
		}
	}
	return true
}

const blanks = " \t"

// operators are in the order in which they have to be tried.
var operators = []string{"===", "==", "~=", "!=", "<=", ">=", "<", ">"}

func soundSpecifier(s string) bool {
	for _, operator := range operators {
		if version, ok := strings.CutPrefix(s, operator); ok {
			return soundOperand(operator, strings.TrimLeft(version, blanks))
		}
	}
	return false
}

// soundOperand checks the version behind an operator: only == and != may have a
// local part, or a star in place of one, and ~= needs two numbers.
func soundOperand(operator, version string) bool {
	if operator == "===" {
		return !strings.ContainsAny(version, " \t;)")
	}
	equality := operator == "==" || operator == "!="
	prefix, star := strings.CutSuffix(version, ".*")
	v, ok := parseVersion(prefix)
	switch {
	case !ok, v.isLocal() && !equality:
		return false
	case star:
		return equality && v == Version{epoch: v.epoch, release: v.release}
	case operator == "~=":
		return strings.Contains(v.release, ".")
	}
	return true
}
