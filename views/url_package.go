package views

import "net/url"

// PackageLabelsURL lists the labels that files of a package carry.
func PackageLabelsURL(owner, name string) string { return packagePath(owner, name, "labels") }

// PackageDependenciesURL says what a package needs.
func PackageDependenciesURL(owner, name string) string {
	return packagePath(owner, name, "dependencies")
}

// PackageDependentsURL says what needs a package, on the same page.
func PackageDependentsURL(owner, name string) string {
	return PackageDependenciesURL(owner, name) + "#dependents"
}

// FilesOnURL lists the files of a package that carry a label.
func FilesOnURL(owner, name, label string) string {
	return withQuery(PackageFilesURL(owner, name), url.Values{"label": {label}})
}

// SetUpURL says how programs are made to use a channel.
func SetUpURL(login string) string { return withQuery(AccountURL(login), url.Values{"setup": {""}}) }

// FeedURL is the RSS feed of what is new in a channel.
func FeedURL(login string) string { return CondaURL("", login) + "/rss.xml" }
