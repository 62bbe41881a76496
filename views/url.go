package views

import (
	"net/url"
	"strconv"
	"strings"

	"vivarium/app/model"
)

// path joins escaped segments to an absolute path.
func path(segments ...string) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(s))
	}
	return b.String()
}

func withQuery(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// HomeURL is the front page.
func HomeURL() string { return "/" }

// SignUpURL is where an account is made.
func SignUpURL() string { return "/signup" }

// SignInURL is where one signs in, to go on to the path next when it is not
// empty.
func SignInURL(next string) string {
	if next == "" {
		return "/signin"
	}
	return withQuery("/signin", url.Values{"next": {next}})
}

// SignOutURL takes the POST that ends the session.
func SignOutURL() string { return "/signout" }

// TermsURL is the Terms and Conditions.
func TermsURL() string { return "/terms" }

// ForgotUsernameURL helps who forgot the username.
func ForgotUsernameURL() string { return "/forgot-username" }

// ForgotPasswordURL helps who forgot the password.
func ForgotPasswordURL() string { return "/forgot-password" }

// ThemeURL takes the POST of the colour theme.
func ThemeURL() string { return "/account/theme" }

// ActingURL takes the POST that switches the active account.
func ActingURL() string { return "/account/acting" }

// ProfileURL is the active account's profile form.
func ProfileURL() string { return "/account/profile" }

// SecurityURL is the person's password form.
func SecurityURL() string { return "/account/security" }

// LandscapeURL is the dashboard of the active account.
func LandscapeURL() string { return "/landscape" }

// SearchURL is the search page for query; an empty one is the bare form.
func SearchURL(query string) string {
	if query == "" {
		return "/search"
	}
	return withQuery("/search", url.Values{"q": {query}})
}

// FavoritesURL lists what the person starred.
func FavoritesURL() string { return "/favorites" }

// GroupsURL lists the groups the person is in.
func GroupsURL() string { return "/groups" }

// OrganizationsURL lists the person's organizations.
func OrganizationsURL() string { return "/organizations" }

// NewOrganizationURL is the form for a new organization.
func NewOrganizationURL() string { return "/organizations/new" }

// AvatarURL is the picture of an account. With the digest of its photo the address
// is of that photo alone.
func AvatarURL(login, digest string) string {
	if digest == "" {
		return path("avatar", login)
	}
	return withQuery(path("avatar", login), url.Values{"v": {digest[:min(len(digest), 16)]}})
}

// PhotoURL takes the POST that gives an account a photo, or takes it away.
func PhotoURL(login string) string { return path(login, "settings", "photo") }

// AccountURL is the page of a channel, View All.
func AccountURL(login string) string { return path(login) }

// PackagesURL lists a channel's packages.
func PackagesURL(login string) string { return path(login, "packages") }

// NotebooksURL lists a channel's notebooks.
func NotebooksURL(login string) string { return path(login, "notebooks") }

// EnvironmentsURL lists a channel's environments.
func EnvironmentsURL(login string) string { return path(login, "environments") }

// LabelsURL lists a channel's labels.
func LabelsURL(login string) string { return path(login, "labels") }

// CollectionsURL lists a channel's collections.
func CollectionsURL(login string) string { return path(login, "collections") }

// CollectionURL is the page of one collection.
func CollectionURL(login, name string) string { return path(login, "collections", name) }

// TokensURL is the page of a channel's access tokens.
func TokensURL(login string) string { return path(login, "settings", "access") }

// RevokeTokenURL asks before, and takes the POST that, revokes a token.
func RevokeTokenURL(login string, id int64) string {
	return path(login, "settings", "access", strconv.FormatInt(id, 10), "revoke")
}

// PackageURL is a package's page: /{owner}/{name}, or the long form for a name
// that has a meaning of its own there.
func PackageURL(owner, name string) string { return packagePath(owner, name) }

// PackageFilesURL lists a package's files.
func PackageFilesURL(owner, name string) string { return packagePath(owner, name, "files") }

// PackageVersionsURL lists a package's releases.
func PackageVersionsURL(owner, name string) string { return packagePath(owner, name, "versions") }

// PackageSettingsURL is a package's settings form.
func PackageSettingsURL(owner, name string) string { return packagePath(owner, name, "settings") }

func packagePath(owner, name string, rest ...string) string {
	head := []string{owner, name}
	if model.NeedsLongAddress(name) {
		head = []string{owner, "packages", name}
	}
	return path(append(head, rest...)...)
}

// CondaURL is the address of a channel that a conda client is given; base is the
// site's own address.
func CondaURL(base, login string) string { return base + path("conda", login) }

// CondaTokenURL is CondaURL with a token in the path.
func CondaTokenURL(base, token, login string) string { return base + path("t", token, "conda", login) }

// APIURL is the address that anaconda-client is given.
func APIURL(base string) string { return base + "/api" }
