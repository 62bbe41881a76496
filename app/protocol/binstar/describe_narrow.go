package binstar

import (
	"reflect"
	"strings"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
)

// What is known of texts and objects that Go's types do not tell.
var (
	accessWords     = openapi.Words(model.Public, model.Authenticated, model.Private)
	typeWords       = openapi.Words(append([]model.PackageType{""}, model.PackageTypes...)...) // empty says nothing
	noticeStatuses  = openapi.Words(model.NoticeDraft, model.NoticePublished, model.NoticeArchived)
	projectStatuses = openapi.Words(model.Active, model.Archived, model.Deprecated, model.Quarantined)
	defaultAccess   = openapi.Words("", model.Public, model.Authenticated, model.Private)

	// Recipes may have a list where one text is wanted; the first counts.
	textOrList        = openapi.Schema{Type: []string{"string", "null", "array"}, Items: &openapi.Schema{Type: []string{"string", "null"}}}
	webLink           = openapi.Schema{Type: []string{"string", "null"}, Pattern: `^(https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9_~-]*)*)?$`}
	packageAttributes = openapi.Schema{
		Type: "object", Description: "What is said of the package. Other keys are left alone.",
		Properties: map[string]*openapi.Schema{
			"summary": &textOrList, "description": &textOrList, "home": &webLink, "dev_url": &webLink, "doc_url": &webLink, "source_url": &webLink, "source_git_url": &webLink,
			"license_url": &webLink, "license_family": &textOrList,
			"license": {AnyOf: []*openapi.Schema{{Type: "string"}, {Type: "null"}, {Type: "object", Properties: map[string]*openapi.Schema{
				"name": &textOrList, "url": &webLink, "family": &textOrList,
			}}}},
			"thumbnail":     {Type: []string{"string", "null"}, Description: "A PNG picture in base64, as a data URI or without its head."},
			"package_types": {Type: []string{"array", "null"}, Items: &openapi.Schema{Type: "string", Enum: openapi.Words(model.PackageTypes...).Enum}},
		},
	}
)

// narrowTypes are texts of which there are only some.
var narrowTypes = map[reflect.Type]openapi.Schema{
	reflect.TypeFor[model.Access]():       accessWords,
	reflect.TypeFor[model.PackageType]():  openapi.Words(model.PackageTypes...),
	reflect.TypeFor[model.NoticeLevel]():  openapi.Words(model.NoticeLevels...),
	reflect.TypeFor[model.NoticeStatus](): noticeStatuses,
}

// narrowFields are fields of bodies of which Go's type says too little.
var narrowFields = map[string]openapi.Schema{
	"Account.user_type":              openapi.Words("user", "org"),
	"AttachRequest.permission":       openapi.Words("", "none", "read", "write", "admin"),
	"Attached.permission":            openapi.Words("none", "read", "write", "admin"),
	"CollaboratorRequest.permission": openapi.Words("", "read", "write"),
	"Collaborator.permission":        openapi.Words("read", "write"),
	"CollectionRequest.access":       accessWords,
	"PackageRequest.access":          accessWords,
	"ProjectRequest.access":          accessWords,
	"ProjectRequest.name":            {Type: "string", Pattern: packagePart.Pattern},
	"Group.permission":               openapi.Words("read", "write", "admin"),
	"CopyRequest.from_channel":       anyLabel,
	"CopyRequest.to_channel":         anyLabel,
	"BulkRequest.label":              anyLabel,
	"GroupRequest.perms":             openapi.Words("read", "write", "admin"),
	"Membership.permission":          openapi.Words("read", "write", "admin"),
	"NoticeRequest.expires_at":       {Type: "string", Format: "date-time"},
	"NoticeRequest.level":            openapi.Words(model.NoticeLevels...),
	"TransferRequest.owner":          nameText,
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

// someLabels are labels to add or to take off: at least one. They are set to none by
// an empty list.
var someLabels = openapi.Schema{
	Type: "object", Required: []string{"labels"}, Properties: map[string]*openapi.Schema{"labels": {Type: "array", MinItems: 1, Items: &labelText}},
}

// anyLabel is a label, or empty for none.
var anyLabel = openapi.Schema{Type: "string", Pattern: "^(" + strings.Trim(labelPart.Pattern, "^$") + ")?$", MaxLength: labelPart.MaxLength}

var labelText = openapi.Schema{Type: "string", Pattern: labelPart.Pattern, MinLength: 1, MaxLength: labelPart.MaxLength}
