package model

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Subdirs is conda's list of known subdirs. A site may add more
// (extra_subdirs).
var Subdirs = []string{
	"noarch", "emscripten-wasm32", "freebsd-64", "linux-32", "linux-64", "linux-aarch64", "linux-armv6l", "linux-armv7l",
	"linux-ppc64", "linux-ppc64le", "linux-riscv32", "linux-riscv64", "linux-s390x", "osx-64", "osx-arm64", "wasi-wasm32",
	"win-32", "win-64", "win-arm64", "zos-z",
}

// Segments are the first path segments that the site itself answers. No account
// may have such a login; a test compares them with the muxes.
var Segments = []string{
	"signup", "signin", "signout", "forgot-username", "forgot-password", "reset-password", "terms", "account", "landscape", "search",
	"favorites", "organizations", "groups", "admin", "docs", "api", "conda", "pypi", "cran", "t", "quetz", "prefix", "artifactory", "avatar", "health",
	"metrics", "static", "upload", "app", ".well-known",
}

// ChannelSegments are the second path segments of pages that win over a package
// of that name; such a package lives at /{channel}/packages/{name}.
var ChannelSegments = []string{"packages", "notebooks", "environments", "labels", "label", "collections", "groups", "members", "settings", "notices", "simple"}

// ChannelDocuments are the conda channel's own second path segments, besides
// label and subdirs. They win over a package of that name too.
var ChannelDocuments = []string{"channeldata.json", "channeldata.json.zst", "notices.json", "rss.xml"}

// NeedsLongAddress reports whether a package's page is at
// /{channel}/packages/{name} alone, because /{channel}/{name} is something else.
func NeedsLongAddress(name string) bool {
	name = FoldName(name)
	return slices.Contains(ChannelSegments, name) || slices.Contains(ChannelDocuments, name) || KnownSubdir(name, nil)
}

// apiNouns are the Binstar API's first segments, and other words that would be
// ambiguous as an account: anaconda-client drops every argument equal to org.
var apiNouns = []string{
	"apps", "auth", "authentication", "authentication-type", "authentications", "channel", "channels", "collections", "commit", "copy",
	"dist", "download", "get", "group", "label", "labels", "license", "login", "logout", "me", "notices", "notebooks", "environments",
	"org", "orgs", "package", "package_listing", "packages", "publish", "release", "root", "scopes", "settings", "simple", "stage",
	"support", "user", "users", "openapi.json", "robots.txt", "favicon.ico", ".well-known", "legacy", "token", "tokens", "anonymous",
	"operator", "profile", "stars", "public", "private", "invitations", "repo", "channeldata.json", "notices.json", "rss.xml",
}

var (
	loginPattern   = regexp.MustCompile(`^[a-z0-9_][a-z0-9_-]{1,63}$`)
	subdirPattern  = regexp.MustCompile(`^(noarch|[a-z0-9]+-[a-z0-9]+)$`)
	labelPattern   = regexp.MustCompile(`^[a-z0-9_][a-z0-9._/-]*$`)
	packagePattern = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$`)
	versionPattern = regexp.MustCompile(`^[A-Za-z0-9._+!*-]{1,128}$`)
	filePattern    = regexp.MustCompile(`^[A-Za-z0-9._+!-]{1,255}$`)
	runsOfDashes   = regexp.MustCompile(`[-_.]+`)
)

// ParseLogin folds s to lower case and returns it as a login for a new account.
// It fails with Invalid on a wrong form and on reserved names (contract 6).
func ParseLogin(s string) (string, error) {
	login := FoldLogin(strings.TrimSpace(s))
	if !loginPattern.MatchString(login) {
		return "", FieldErrorf("username", "A name has 2 to 64 small letters, digits, - and _, and does not begin with -.")
	}
	if ReservedLogin(login) {
		return "", FieldErrorf("username", "%q is reserved. Choose another name.", login)
	}
	return login, nil
}

// ReservedLogin reports whether login may not name an account: it is a path
// segment of the site, an API noun, or begins with a conda subdir, at which
// conda would cut the URL.
func ReservedLogin(login string) bool {
	if slices.Contains(Segments, login) || slices.Contains(apiNouns, login) {
		return true
	}
	return beginsWithSubdir(login)
}

func beginsWithSubdir(s string) bool {
	return slices.ContainsFunc(Subdirs, func(d string) bool { return strings.HasPrefix(s, d) })
}

// FoldLogin returns the form in which logins are compared.
func FoldLogin(s string) string { return fold(s) }

// ParseEmail returns the address in s, trimmed, or an Invalid error. Whether it
// can be reached only a mail tells.
func ParseEmail(s string) (string, error) {
	s = strings.TrimSpace(s)
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || domain == "" || len(s) > 254 || strings.ContainsAny(s, " \t\r\n<>,;:\"()[]\\") || strings.Contains(domain, "@") {
		return "", FieldErrorf("email", "Give an address like name@example.org.")
	}
	return s, nil
}

// WellFormedSubdir reports whether s could name a subdir (CEP 26).
func WellFormedSubdir(s string) bool { return len(s) <= 32 && subdirPattern.MatchString(s) }

// KnownSubdir reports whether s is one of conda's subdirs or of extra.
func KnownSubdir(s string, extra []string) bool {
	return slices.Contains(Subdirs, s) || slices.Contains(extra, s)
}

// ParseLabel folds s to lower case and returns it as a label name. It fails with
// Invalid on a name that the contract refuses (contract 7).
func ParseLabel(s string) (string, error) {
	label := fold(s)
	refuse := func(why string) (string, error) {
		return "", FieldErrorf("label", "%q cannot be a label: %s.", s, why)
	}
	if len(label) > 128 || !labelPattern.MatchString(label) {
		return refuse("use up to 128 letters, digits, . _ - and /, the first a letter or digit")
	}
	if label == "nolabel" {
		return refuse("the name is reserved")
	}
	parts := strings.Split(label, "/")
	for _, part := range parts {
		switch {
		case part == "" || part == "." || part == "..":
			return refuse("no part between slashes may be empty, . or ..")
		case part == "copy":
			return refuse("no part may be copy")
		case beginsWithSubdir(part):
			return refuse("no part may begin with the name of a conda subdir")
		}
	}
	if parts[len(parts)-1] == "lock" {
		return refuse("the last part may not be lock")
	}
	return label, nil
}

// CheckPackageName fails with Invalid unless s can name a package of any type.
func CheckPackageName(s string) error {
	if !packagePattern.MatchString(s) {
		return FieldErrorf("name", "%s cannot be a package name: use up to 128 letters, digits, . _ and -, the first a letter, digit or _.", quoteShort(s))
	}
	return nil
}

// CheckVersion fails with Invalid unless s can be a version string of any type.
func CheckVersion(s string) error {
	if !versionPattern.MatchString(s) {
		return FieldErrorf("version", "%s cannot be a version: use up to 128 letters, digits and . _ + ! -", quoteShort(s))
	}
	return nil
}

// CheckFileName fails with Invalid unless s, without a subdir, can name a file:
// letters, digits and . _ + ! - only, at most 255 bytes, so that no path, control
// character or escape gets through.
func CheckFileName(s string) error {
	if !filePattern.MatchString(s) || s == "." || s == ".." {
		return Errorf(Invalid, "%s cannot be a file name: use up to 255 letters, digits and . _ + ! -", quoteShort(s))
	}
	return nil
}

// CheckAnyFileName fails with Invalid unless s can name a file of a type that has no
// rule of its own: printable characters, no slash or backslash, at most 255 bytes.
func CheckAnyFileName(s string) error {
	odd := func(r rune) bool { return r == '/' || r == '\\' || r == utf8.RuneError || !unicode.IsPrint(r) }
	if s == "" || len(s) > 255 || s == "." || s == ".." || strings.TrimSpace(s) != s || strings.ContainsFunc(s, odd) {
		return Errorf(Invalid, "%s cannot be a file name: use up to 255 printable characters without / and \\.", quoteShort(s))
	}
	return nil
}

// NormalizePyPI returns the PEP 503 form of a project name.
func NormalizePyPI(s string) string {
	return strings.ToLower(runsOfDashes.ReplaceAllString(s, "-"))
}

// quoteShort quotes s for a sentence, shortened, without control characters.
func quoteShort(s string) string {
	if utf8.RuneCountInString(s) > 60 {
		s = string([]rune(s)[:60]) + "…"
	}
	return `"` + strings.Map(func(r rune) rune {
		if misleads(r) || r == utf8.RuneError {
			return '?'
		}
		return r
	}, s) + `"`
}

// FoldName returns the form in which package names are compared and looked up.
func FoldName(s string) string { return fold(s) }

// fold makes the capitals of ASCII small. Unicode has others, such as the sign of the
// kelvin, that become small ASCII letters; a name that holds one is no name.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

var groupPattern = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$`)

// CheckGroupName fails with Invalid unless s can name a group.
func CheckGroupName(s string) error {
	if !groupPattern.MatchString(s) {
		return FieldErrorf("name", "%s cannot be a group's name: use up to 64 letters, digits, - and _.", quoteShort(s))
	}
	return nil
}
