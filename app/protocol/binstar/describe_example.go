package binstar

import (
	"encoding/json"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
)

// What is known of texts and objects that Go's types do not tell.
var (
	accessWords     = openapi.Words(model.Public, model.Authenticated, model.Private)
	noticeStatuses  = openapi.Words(model.NoticeDraft, model.NoticePublished, model.NoticeArchived)
	projectStatuses = openapi.Words(model.Active, model.Archived, model.Deprecated, model.Quarantined)
	defaultAccess   = openapi.Words("", model.Public, model.Authenticated, model.Private)

	// Recipes may have a list where one text is wanted; the first counts.
	text              = openapi.Schema{Type: []string{"string", "null", "array"}, Items: &openapi.Schema{Type: []string{"string", "null"}}}
	link              = openapi.Schema{Type: []string{"string", "null"}, Pattern: `^(https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9_~-]*)*)?$`}
	packageAttributes = openapi.Schema{
		Type: "object", Description: "What is said of the package. Other keys are left alone.",
		Properties: map[string]*openapi.Schema{
			"summary": &text, "description": &text, "home": &link, "dev_url": &link, "doc_url": &link, "source_url": &link, "source_git_url": &link,
			"license_url": &link, "license_family": &text,
			"license": {AnyOf: []*openapi.Schema{{Type: "string"}, {Type: "null"}, {Type: "object", Properties: map[string]*openapi.Schema{
				"name": &text, "url": &link, "family": &text,
			}}}},
			"thumbnail":     {Type: []string{"string", "null"}, Description: "A PNG picture in base64, as a data URI or without its head."},
			"package_types": {Type: []string{"array", "null"}, Items: &openapi.Schema{Type: "string", Enum: openapi.Words(model.PackageTypes...).Enum}},
		},
	}
)

const exampleSHA256 = "2e4f4b76c1e0c052dc938318f919d25d6b2fb4a1f1f649e499379a1f8dd4e607"

func textPointer(s string) *string { return &s }

// What answers look like.
var (
	exampleMoment  = textPointer("2026-11-18 14:02:00.000000+00:00")
	exampleAccount = accountAnswer{
		Login: "reef-lab", Kind: "org", Name: "Reef Laboratory", Description: "Models of tides and reefs.", Location: "Bergen", CreatedAt: exampleMoment,
	}
	exampleToken = tokenAnswer{
		ID: "7", Application: "ci-nightly", Hostname: "builder-3", RemoteAddr: "192.0.2.9", CreatedAt: exampleMoment,
		Expires: textPointer("2027-11-18 14:02:00.000000+00:00"), Scopes: []string{"repos"},
	}
	exampleFile = fileAnswer{
		ID: "41", Basename: "linux-64/tidemodel-2.1.0-py313_0.conda", FullName: "reef-lab/tidemodel/2.1.0/linux-64/tidemodel-2.1.0-py313_0.conda",
		Owner: "reef-lab", Version: "2.1.0", Type: model.Conda, Distribution: model.Conda, Size: 420318, MD5: "161b04ed43b6310536d00d0f95d369f1",
		SHA256: exampleSHA256, Labels: []string{"main"}, Attrs: json.RawMessage(`{"subdir":"linux-64","build":"py313_0"}`), Dependencies: json.RawMessage(`null`),
		UploadTime: exampleMoment, DownloadURL: "https://pkgs.example.com/api/download/reef-lab/tidemodel/2.1.0/linux-64/tidemodel-2.1.0-py313_0.conda",
	}
	exampleSummary = summaryAnswer{
		Name: "tidemodel", FullName: "reef-lab/tidemodel", LatestVersion: "2.1.0", Public: true, Access: model.Public, Types: []model.PackageType{model.Conda},
		Platforms: []string{"linux-64"}, Builds: []string{}, Summary: "Tides by finite elements", Revision: 1795010520,
	}
	exampleRelease = releaseAnswer{
		releaseSummary: releaseSummary{
			Version: "2.1.0", FullName: "reef-lab/tidemodel/2.1.0", PublicAttrs: attributes{"description": json.RawMessage(`"Faster"`)},
			Requirements: json.RawMessage(`[]`), CreatedAt: exampleMoment,
		},
		Files: []fileAnswer{exampleFile},
	}
	examplePackage = packageAnswer{
		summaryAnswer: exampleSummary, ID: "12", Owner: exampleAccount, Versions: []string{"2.1.0"}, Releases: []releaseSummary{exampleRelease.releaseSummary},
		Files: []fileAnswer{exampleFile}, Newest: map[string]string{"linux-64": "2.1.0"}, License: "MIT", Status: "active",
		URL: "https://pkgs.example.com/api/package/reef-lab/tidemodel", HTMLURL: "https://pkgs.example.com/reef-lab/tidemodel",
		CreatedAt: exampleMoment, ModifiedAt: exampleMoment,
	}
	exampleNotice = noticeAnswer{
		ID: "5f0c3a9e", Status: model.NoticePublished, Level: model.Warning, Message: "Python 3.9 goes in March.", Author: "mlind",
		ExpiresAt: "2027-03-01T00:00:00Z", CreatedAt: "2026-11-18T14:02:00Z", UpdatedAt: "2026-11-18T14:02:00Z",
	}
)
