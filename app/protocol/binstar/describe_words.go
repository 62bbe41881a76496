package binstar

import (
	"vivarium/app/format/openapi"
	"vivarium/app/model"
)

// words say what the fields of bodies are, by their name.
var words = map[string]string{
	"account":           "Login of a user or an organization.",
	"access":            "Who may see it: anyone, any signed-in user or valid token, or only those with a right on it.",
	"action":            "What was done, such as `package.delete`.",
	"actor":             "Login of who did it.",
	"add":               "Labels to put on the files.",
	"all_packages":      "Whether the group's permission is on everything the organization owns.",
	"announce":          "What was said at the release.",
	"attrs":             "What the uploader read in the file.",
	"basename":          "The file's name; for conda with its subdir. It may hold a slash.",
	"builds":            "Build strings of all conda files.",
	"changed":           "How many files are not as they were.",
	"channels":          "Labels to put on the file, `main` when there are none.",
	"client":            "What the program called itself.",
	"closed":            "Whether nothing is shown to anonymous requests.",
	"conda_platforms":   "Subdirs for which there are conda files.",
	"default_access":    "Access of new packages; empty for the site's own choice.",
	"dependencies":      "What the uploader read in the file of its dependencies.",
	"dist_id":           "The upload, in its three steps.",
	"distribution_type": "The package type.",
	"expires":           "When the token ends.",
	"expires_at":        "When the notice is no longer shown.",
	"fail-if-exists":    "`false` replaces a token of that name.",
	"file":              "The file's name, which says its package and version.",
	"files":             "Files, each by package, version and basename; null selects nothing away.",
	"force":             "`true` replaces a file of that name with other bytes.",
	"form_data":         "Fields that go before the file in the form.",
	"from_channel":      "Label of the files to copy, `main` when it is not given.",
	"full_name":         "With its owner, separated by slashes.",
	"hostname":          "The machine on which the token was made.",
	"immutable":         "Whether files may be neither deleted nor replaced.",
	"is_locked":         "Whether it takes no change.",
	"label":             "A label; it may hold slashes.",
	"labels":            "Labels that the file carries.",
	"level":             "How much it matters.",
	"login":             "Login of a user or an organization.",
	"max-age":           "Lifetime in seconds, the site's usual one when it is not given.",
	"md5":               "MD5 of the bytes, in hexadecimal.",
	"members_count":     "How many users are in it.",
	"message":           "What people are told.",
	"name":              "The name.",
	"ndownloads":        "How often it was downloaded.",
	"note":              "Name of the token.",
	"note_url":          "Address of the program that made the token.",
	"organization":      "Login of the organization.",
	"owner":             "Login of the user or organization that owns it.",
	"package":           "Name of a package.",
	"package_types":     "Types of its files.",
	"permission":        "What its holder may do: `read` < `write` < `admin`.",
	"perms":             "What members may do with the group's packages.",
	"platforms":         "The newest version of each subdir.",
	"post_url":          "Where to send the bytes.",
	"public":            "The old word for access: whether anyone may see it.",
	"reason":            "Why, for people.",
	"remote_addr":       "From where.",
	"remove":            "Labels to take off the files.",
	"repodata_patch":    "What of its record is served otherwise than the archive has it.",
	"repos_count":       "How many packages are attached to it.",
	"scopes":            "What the token may do at most; none stand for `all`.",
	"sha256":            "SHA-256 of the bytes, in hexadecimal.",
	"size":              "In bytes.",
	"status":            "The state it is in.",
	"strength":          "`weak` makes a shorter token.",
	"subject":           "To what.",
	"to_channel":        "Label that the copies get, `main` when it is not given.",
	"to_owner":          "Login of the account that gets the copies, yourself when it is not given.",
	"token":             "The secret, or the name of the token that was used.",
	"upload_time":       "When it became visible.",
	"user":              "Login of a user; of the organization that a new token is for.",
	"user_type":         "`user` or `org`.",
	"version":           "The version, as uploaded.",
	"yanked":            "Whether resolvers are not to choose it.",
	"yanked_reason":     "Why it was yanked.",
}

// What parts of paths are made of.
var (
	login       = openapi.Schema{Pattern: `^[A-Za-z0-9_][A-Za-z0-9_-]{1,63}$`}
	label       = openapi.Schema{Pattern: `^[A-Za-z0-9_][A-Za-z0-9_-]*([./][A-Za-z0-9_-]+)*$`, MaxLength: 128}
	groupName   = openapi.Schema{Pattern: `^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$`}
	packageName = openapi.Schema{Pattern: `^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$`}
	version     = openapi.Schema{Pattern: `^[A-Za-z0-9._+!*-]{1,128}$`}
)

// parts are the parts of paths.
var parts = map[string]openapi.Param{
	"basename": {Text: "The file's name; for conda with its subdir. It may hold a slash.", Example: "linux-64/tidemodel-2.1.0-py313_0.conda"},
	"channel":  {Text: "Login of the account whose channel it is.", Example: "reef-lab", Schema: login},
	"file":     {Text: "The file's name, which says its package and version.", Example: "tidemodel-2.1.0-py313_0.conda"},
	"group":    {Text: "Name of a group.", Example: "developers", Schema: groupName},
	"label":    {Text: "A label; it may hold slashes.", Example: "dev", Schema: label},
	"login":    {Text: "Login of a user or an organization.", Example: "mlind", Schema: login},
	"name":     {Text: "Name of a token; it may hold slashes.", Example: "ci-nightly"},
	"notice":   {Text: "Id of a notice.", Example: "5f0c3a9e-0f0e-4c57-9d0b-6d2f6d1f7a10"},
	"org":      {Text: "Login of an organization.", Example: "reef-lab", Schema: login},
	"owner":    {Text: "Login of the user or organization that owns it.", Example: "reef-lab", Schema: login},
	"package":  {Text: "Name of a package.", Example: "tidemodel", Schema: packageName},
	"to":       {Text: "Name of the other label.", Example: "main", Schema: label},
	"user":     {Text: "Login of a user.", Example: "hmoreau", Schema: login},
	"version":  {Text: "The version, as uploaded.", Example: "2.1.0", Schema: version},
}

// narrowFields are fields of bodies of which Go's type says too little.
var narrowFields = map[string]openapi.Schema{
	"Account.user_type":              openapi.Words("user", "org"),
	"AttachRequest.permission":       openapi.Words("", "none", "read", "write", "admin"),
	"Attached.permission":            openapi.Words("none", "read", "write", "admin"),
	"CollaboratorRequest.permission": openapi.Words("", "read", "write"),
	"Collaborator.permission":        openapi.Words("read", "write"),
	"Group.permission":               openapi.Words("read", "write", "admin"),
	"GroupRequest.perms":             openapi.Words("read", "write", "admin"),
	"Membership.permission":          openapi.Words("read", "write", "admin"),
	"NoticeRequest.expires_at":       {Type: "string", Format: "date-time"},
	"NoticeRequest.level":            openapi.Words(model.NoticeLevels...),
	"NoticeRequest.message":          {Type: "string", MinLength: 1, MaxLength: 600},
	"NoticeRequest.status":           noticeStatuses,
	"LabelsRequest.labels":           {Type: "array", Items: &labelText},
	"BulkRequest.add":                {Type: "array", Items: &labelText},
	"BulkRequest.remove":             {Type: "array", Items: &labelText},
	"StageRequest.channels":          {Type: "array", Items: &labelText},
	"PackageRequest.public_attrs":    packageAttributes,
	"Package.status":                 projectStatuses,
	"Settings.default_access":        defaultAccess,
	"SettingsRequest.default_access": defaultAccess,
	"StageRequest.attrs":             {Type: "object"},
	"StageRequest.dependencies":      {Type: "object"},
	"StatusRequest.status":           projectStatuses,
	"TokenRequest.strength":          openapi.Words("", "strong", "weak"),
}
