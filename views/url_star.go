package views

// StarURL takes the POST that stars a package, or takes the star back.
func StarURL(owner, name string) string { return packagePath(owner, name, "star") }

// StargazersURL lists who starred a package.
func StargazersURL(owner, name string) string { return packagePath(owner, name, "stars") }
