package binstar

import "vivarium/app/format/openapi"

// What parts of paths are made of.
var (
	loginPart   = openapi.Schema{Pattern: `^[A-Za-z0-9_][A-Za-z0-9_-]{1,63}$`}
	labelPart   = openapi.Schema{Pattern: `^[A-Za-z0-9_][A-Za-z0-9_-]*([./][A-Za-z0-9_-]+)*$`, MaxLength: 128}
	groupPart   = openapi.Schema{Pattern: `^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$`}
	packagePart = openapi.Schema{Pattern: `^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$`}
	dayPattern  = `[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])`
	versionPart = openapi.Schema{Pattern: `^[A-Za-z0-9._+!*-]{1,128}$`}
)

// pathParts are the parts of paths, by their name.
var pathParts = map[string]openapi.Param{
	"basename":   {Text: "The file's name; for conda with its subdir. It may hold a slash.", Example: "linux-64/tidemodel-2.1.0-py313_0.conda"},
	"account":    {Text: "Login of a user or an organization.", Example: "reef-lab", Schema: loginPart},
	"channel":    {Text: "Login of the account whose channel it is.", Example: "reef-lab", Schema: loginPart},
	"collection": {Text: "Name of a collection.", Example: "ocean", Schema: packagePart},
	"days":       {Text: "Two days, both included.", Example: "2026-11-01--2026-11-30", Schema: openapi.Schema{Pattern: "^" + dayPattern + "--" + dayPattern + "$"}},
	"dist_id":    {Text: "The staged upload.", Example: "9f2c"},
	"file":       {Text: "The file's name, which says its package and version.", Example: "tidemodel-2.1.0-py313_0.conda"},
	"group":      {Text: "Name of a group.", Example: "developers", Schema: groupPart},
	"label":      {Text: "A label; it may hold slashes.", Example: "dev", Schema: labelPart},
	"login":      {Text: "Login of a user or an organization.", Example: "mlind", Schema: loginPart},
	"name":       {Text: "Name of a token; it may hold slashes.", Example: "ci-nightly"},
	"notice":     {Text: "Id of a notice.", Example: "5f0c3a9e-0f0e-4c57-9d0b-6d2f6d1f7a10"},
	"org":        {Text: "Login of an organization.", Example: "reef-lab", Schema: loginPart},
	"owner":      {Text: "Login of the user or organization that owns it.", Example: "reef-lab", Schema: loginPart},
	"package":    {Text: "Name of a package.", Example: "tidemodel", Schema: packagePart},
	"to":         {Text: "Name of the other label.", Example: "main", Schema: labelPart},
	"user":       {Text: "Login of a user.", Example: "hmoreau", Schema: loginPart},
	"version":    {Text: "The version, as uploaded.", Example: "2.1.0", Schema: versionPart},
}
