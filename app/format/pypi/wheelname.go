package pypi

import (
	"regexp"
	"strings"
)

var (
	buildPattern = regexp.MustCompile(`^[0-9][A-Za-z0-9._+!]*$`)
	tagPattern   = regexp.MustCompile(`^[a-z0-9_]+$`)
)

// parseWheelName takes name-version[-build]-python-abi-platform apart (PEP 427).
func parseWheelName(stem, fileName string) (FileName, error) {
	refuse := func(why string) (FileName, error) {
		return FileName{}, invalid("Invalid wheel filename (%s): %s. Name it NAME-VERSION-PYTHON-ABI-PLATFORM.whl.", why, quote(fileName))
	}
	parts := strings.Split(stem, "-")
	if len(parts) != 5 && len(parts) != 6 {
		return refuse("wrong number of parts")
	}
	name := FileName{Type: Wheel, Name: parts[0], Version: parts[1]}
	if strings.Contains(name.Name, "__") {
		return refuse("two underscores in its project name")
	}
	if len(parts) == 6 {
		if name.Build = parts[2]; !buildPattern.MatchString(name.Build) {
			return refuse("its build tag must begin with a digit")
		}
	}
	tags := parts[len(parts)-3:]
	for i, into := range []*[]string{&name.PythonTags, &name.ABITags, &name.PlatformTags} {
		for tag := range strings.SplitSeq(lowerASCII(tags[i]), ".") {
			if !tagPattern.MatchString(tag) {
				return refuse("invalid tag component")
			}
			*into = append(*into, tag)
		}
	}
	return name.checked("wheel", fileName)
}
